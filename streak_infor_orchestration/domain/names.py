"""Names that people can change in Streak, and what is wrong with one that the configuration relies on."""

from enum import Enum, auto

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.model import Model


class Stops(Enum):
    """What waits until a name is right again."""

    ORDERS = auto()  # every deal that asks for an order or has one
    STAGE = auto()  # deals in a stage that may be the one that is meant
    VALUE = auto()  # deals that hold one of the values that may be meant
    PARTY = auto()  # whoever is read with the contact or organization
    TELLING = auto()  # one field that shows what the ERP knows


class NameFault(Model):
    """A name of the configuration that Streak does not have, has twice, or has given to something else.

    `name` says what it is and is unique: it keys the incident. `problem.rule` is the place in the file. `field` is
    the one that is wrong, or whose option `value` is. `held_by` are the stages or values that a deal is held by.
    """

    name: str
    problem: Problem
    stops: Stops
    field: str = ""
    value: str = ""
    held_by: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """With its place in the file, for an administrator."""
        return f"{self.problem.rule}: {self.problem.message}"
