"""How wide keys are: as the section says, else as the first record shows (Infor API contract C.3)."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.infor.syteline.settings import KeyWidths

_OWNERS = {
    "CoNum": ("order", "SLCos"),
    "CustNum": ("customer", "SLCustomers"),
    "InvNum": ("invoice", "SLInvHdrs"),
    "VendNum": ("vendor", "SLVendors"),
    "EmpNum": ("employee", "SLEmployees"),
}
"""Property: its setting, and the IDO it is the key of."""


PADDED = frozenset(_OWNERS)


class Widths:
    """Thread-safe: whatever thread learns, learns the same."""

    def __init__(self, said: KeyWidths) -> None:
        given = {name: getattr(said, setting) for name, (setting, _) in _OWNERS.items()}
        self._known: dict[str, int] = {name: width for name, width in given.items() if width is not None}

    def of(self, name: str) -> int | None:
        return self._known.get(name)

    def owner(self, name: str) -> str:
        return _OWNERS[name][1]

    def learn(self, row: Mapping[str, Any]) -> None:
        for name in _OWNERS.keys() - self._known.keys():
            value = row.get(name)
            if isinstance(value, str) and value.strip():
                self._known[name] = len(value)
