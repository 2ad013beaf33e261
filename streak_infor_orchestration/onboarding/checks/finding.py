"""One line of `streak-infor check`: what was looked at, how it is, and the cure."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    GOOD = "good"
    LOOK = "look"  # may be as it should be; a person knows
    WRONG = "wrong"

    @property
    def sign(self) -> str:
        return {"good": "✓", "look": "!", "wrong": "✗"}[self.value]


@dataclass(frozen=True)
class Checked:
    mark: Mark
    what: str
    cure: str = ""


class Broken(Exception):
    """The area has told what is wrong; nothing that needs it can be looked at."""


def good(what: str) -> Checked:
    return Checked(Mark.GOOD, what)


def look(what: str, cure: str) -> Checked:
    return Checked(Mark.LOOK, what, cure)


def wrong(what: str, cure: str) -> Checked:
    return Checked(Mark.WRONG, what, cure)
