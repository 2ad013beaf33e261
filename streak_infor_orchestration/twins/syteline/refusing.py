"""Failures that a test orders: a record locked by a user, a licence error, any text. Contract, C.3."""

from dataclasses import asdict, dataclass
from typing import Any

from streak_infor_orchestration.twins.erp.members import Field, Fields, read_members
from streak_infor_orchestration.twins.erp.values import any_text, choice, positive_integer
from streak_infor_orchestration.twins.syteline.refusals import Refusal

ACTIONS = ("load", "insert", "update", "delete", "invoke")
_ORDERED: Fields = {
    "ido": Field(any_text, default=""),
    "action": Field(choice(*ACTIONS)),
    "message": Field(any_text, default="Record locked by user JSMITH"),
    "times": Field(positive_integer, default=1),
}


@dataclass
class _Ordered:
    """The next ``times`` requests of this action (None: any) on this IDO ("": any) fail with ``message``."""

    ido: str
    action: str | None
    message: str
    times: int


class OrderedRefusals:
    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._ordered: list[_Ordered] = []

    def order(self, body: Any) -> dict[str, Any]:
        """Raises the control surface's 400."""
        ordered = _Ordered(**read_members(_ORDERED, body, complete=True))
        self._ordered.append(ordered)
        return asdict(ordered)

    def check(self, ido: str, action: str) -> None:
        """Raises Refusal when one was ordered for this."""
        for each in self._ordered:
            if each.times and each.ido in ("", ido) and each.action in (None, action):
                each.times -= 1
                raise Refusal(each.message)
