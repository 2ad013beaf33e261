"""Cuts a filter's text into words. Contract, C.3: T-SQL-like, ``'`` inside a text is doubled."""

import re
from dataclasses import dataclass
from typing import Literal

from streak_infor_orchestration.twins.syteline.refusals import Refusal

KEYWORDS = frozenset({"AND", "OR", "NOT", "IN", "LIKE", "IS", "NULL", "BETWEEN"})
_WORD = re.compile(
    r"\s*(?:(?P<text>N?'(?:[^']|'')*')|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><>|!=|<=|>=|[=<>(),]))"
)


@dataclass(frozen=True)
class Word:
    """``kind`` of a keyword is ``keyword``, its text in upper case; a text literal has its quotes off."""

    kind: Literal["text", "number", "name", "sign", "keyword", "end"]
    text: str


def words(filter_text: str) -> list[Word]:
    """Raises Refusal at what is no word, such as an open quote."""
    found: list[Word] = []
    at, end = 0, len(filter_text.rstrip())
    while at < end:
        match = _WORD.match(filter_text, at)
        if match is None:
            raise malformed(f"near {filter_text[at : at + 20]!r}")
        found.append(_word(match))
        at = match.end()
    return [*found, Word("end", "")]


def malformed(where: str) -> Refusal:
    return Refusal(f"Incorrect syntax in the filter {where}", "filter_syntax")


def _word(match: re.Match[str]) -> Word:
    text = match[match.lastgroup or ""]
    match match.lastgroup:
        case "text":
            return Word("text", text.removeprefix("N")[1:-1].replace("''", "'"))
        case "number":
            return Word("number", text)
        case "sign":
            return Word("sign", text)
        case _:
            return Word("keyword", text.upper()) if text.upper() in KEYWORDS else Word("name", text)
