"""Records of the ERP that only a message has named: most of them are not ours, and any may be invented.

The ledger tells ours apart without a call: an order by its link, an invoice by its order. An order that nobody links is
none of ours and is forgotten. An invoice that nobody knows may be a new one of an order of ours, so a few of them are
asked for, as those of a poll all are.
"""

from collections.abc import Callable, Collection
from datetime import timedelta

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.store import Store

PORTION = 500
AGAIN = timedelta(seconds=20)
"""Between two looks at a record that is not known to be ours."""
TIME_TO_BE_LINKED = timedelta(minutes=1)
"""The ERP tells of an order while we are still being answered that it was made."""
FEW, FEW_EVERY_SECONDS = 5, 10.0
"""So many invoices are asked for, in so much time."""

_NAME = "invoices told of"


def sort_out_told(store: Store) -> None:
    """Moves records that are ours out of the unknown lane into the live one, and forgets orders that are not ours."""
    _recognize(store, Kind.ERP_ORDER, lambda keys: store.links.seen("order", keys))
    had_its_time = store.clock.now() - TIME_TO_BE_LINKED
    # asked first, because a read does not wait for whoever writes
    if store.inbox.strangers(Kind.ERP_ORDER, had_its_time).count:
        store.inbox.disown(Kind.ERP_ORDER, had_its_time)
    unknown = _recognize(store, Kind.ERP_INVOICE, store.invoices.seen)
    if unknown and store.nudges.acquire(_NAME, FEW_EVERY_SECONDS):
        store.inbox.put_off(Kind.ERP_INVOICE, unknown[:FEW], store.clock.now())
        store.inbox.recognize(Kind.ERP_INVOICE, unknown[:FEW])


def _recognize(store: Store, kind: Kind, ours: Callable[[list[str]], Collection[str]]) -> list[str]:
    """Those that are not, the first that was told of first."""
    others: list[str] = []
    while told := store.inbox.strangers_due(kind, PORTION):
        known = set(ours(told))
        store.inbox.recognize(kind, known)
        unknown = [key for key in told if key not in known]
        store.inbox.put_off(kind, unknown, store.clock.now() + AGAIN)
        others += unknown
    return others
