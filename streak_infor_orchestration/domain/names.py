"""Names that people can change in Streak, and what is wrong with one that the configuration relies on."""

from enum import StrEnum

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.model import Model


class Stops(StrEnum):
    """What waits until a name is right again."""

    ORDERS = "orders"  # every deal that asks for an order or has one
    STAGE = "stage"  # deals in a stage that may be the one that is meant
    VALUE = "value"  # deals that hold one of the values that may be meant
    PARTY = "party"  # whoever is read with the contact or organization
    TELLING = "telling"  # one field that shows what the ERP knows


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
