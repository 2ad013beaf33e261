"""In which currency an order is, and so its invoices and what is paid of them: SyteLine keeps it with the order."""

from collections.abc import Iterable, Mapping

from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME, key_in
from streak_infor_orchestration.infor.syteline.filters import one_of
from streak_infor_orchestration.infor.syteline.ido import Ido

_MOST = 50_000
"""Orders remembered at once; then they are asked for anew."""


class Currencies:
    """An order's never changes (contract C.5)."""

    def __init__(self, ido: Ido) -> None:
        self._ido = ido
        self._known: dict[str, str] = {}

    def of(self, orders: Iterable[str]) -> Mapping[str, str]:
        """The currencies that exist of these; one call for all that are not known yet."""
        wanted = list(dict.fromkeys(filter(None, orders)))
        known = {order: self._known[order] for order in wanted if order in self._known}
        asked = [order for order in wanted if order not in known]
        for start in range(0, len(asked), AT_A_TIME):
            padded = [self._ido.key("CoNum", order) for order in asked[start : start + AT_A_TIME]]
            for row in self._ido.all("SLCos", ("CoNum", "CurrCode"), one_of("CoNum", padded)):
                known[key_in(row, "CoNum")] = key_in(row, "CurrCode")
        if len(self._known) > _MOST:
            self._known.clear()
        self._known.update(known)
        return known
