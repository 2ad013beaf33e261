"""The orders that the ERP has, and which of them may be a deal's."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from streak_infor_orchestration.domain.money import parse_decimal
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.links import Links


class KnownOrder(NamedTuple):
    """As much of an order as tells whose it is. `purchase` is the number it bears of whoever entered it: the
    customer's own, where it is none of ours."""

    id: str
    purchase: str
    customer_id: str
    currency: str
    total: Decimal
    cancelled: bool


class Purchase(NamedTuple):
    """What an order entered by hand is recognized by: all four together, and once on each side."""

    number: str
    customer_id: str
    currency: str
    total: Decimal


class KnownOrders:
    """In memory: some 300 bytes an order. `linked`: those of them that are a deal's already."""

    def __init__(self, orders: Iterable[SalesOrder], linked: Collection[str]) -> None:
        self._linked = frozenset(linked)
        self._by_id: dict[str, KnownOrder] = {}
        self._by_reference: defaultdict[str, list[KnownOrder]] = defaultdict(list)
        self._by_purchase: defaultdict[Purchase, list[KnownOrder]] = defaultdict(list)
        for order in orders:
            self._add(order)

    def _add(self, order: SalesOrder) -> None:
        reference = order.second_reference or order.reference
        cancelled = order.status == OrderStatus.CANCELLED
        known = KnownOrder(
            order.id,
            reference.strip().casefold(),
            order.customer_id,
            order.currency,
            order.total,
            cancelled,
        )
        self._by_id[order.id] = known
        if reference:
            self._by_reference[reference].append(known)
        if known.purchase and not cancelled and order.id not in self._linked:
            self._by_purchase[Purchase(known.purchase, *known[2:5])].append(known)

    def __len__(self) -> int:
        return len(self._by_id)

    def bearing(self, references: Iterable[str]) -> list[KnownOrder]:
        """Those that bear a reference of the deal's; of several the ones that live."""
        found = [order for reference in references for order in self._by_reference.get(reference, ())]
        return [order for order in found if not order.cancelled] or found

    def numbered(self, shown: object) -> KnownOrder | None:
        """The one of this number, as it stands in a text or number field of the box."""
        text = str(shown or "").strip()
        number = parse_decimal(text) if text not in self._by_id else None
        whole = number is not None and number == number.to_integral_value()
        return self._by_id.get(str(int(number)) if whole and number is not None else text)

    def bought(self, purchase: Purchase) -> list[KnownOrder]:
        """Those that nobody is linked to, of this number, customer, currency and total."""
        return self._by_purchase.get(purchase._replace(number=purchase.number.strip().casefold()), [])


def known_orders(erp: Erp, links: Links, go_on: Callable[[int], object]) -> KnownOrders:
    """All there are, read once through the ERP's list; `go_on` is told how many were read so far. Raises what its reads
    raise."""
    read = 0

    def orders() -> Iterable[SalesOrder]:
        nonlocal read
        for page in erp.records("sales_orders"):
            read += len(page)
            go_on(read)
            yield from (record for record in page if isinstance(record, SalesOrder))

    return KnownOrders(orders(), [link.erp_key for link in links.all("order")])
