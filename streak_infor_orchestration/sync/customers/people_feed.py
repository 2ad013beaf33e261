"""The people at customers whom the ERP's list shows to have changed: their customers are due."""

from collections.abc import Callable
from datetime import timedelta

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.model import UNSTAMPED, stamp
from streak_infor_orchestration.domain.party import CustomerContact
from streak_infor_orchestration.domain.span import before
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store

WATERMARK = "erp:contacts"


def people_changed(erp: Erp, store: Store, go_on: Callable[[int], bool], overlap: timedelta) -> int:
    """A page at a time from the watermark on, and `overlap` before it; the first reading begins with what is there
    and makes nobody due. `go_on`, told how many were read, ends it early. Returns how many customers are due."""
    if erp.traits.contacts != "records":
        return 0
    since, read, due = store.watermarks.get(WATERMARK), 0, 0
    for page in erp.records("contacts", since=None if since is None else before(since, overlap)):
        people = [record for record in page if isinstance(record, CustomerContact)]
        events = store.inbox.unseen(_events(people, store)) if since is not None else []
        newest = max([*(one.modified for one in people), since or UNSTAMPED])
        store.advance(events, WATERMARK, newest)
        read, due = read + len(people), due + len(events)
        if not go_on(read):
            break
    return due


def _events(people: list[CustomerContact], store: Store) -> list[Event]:
    """Of the customer they are at, if it is linked. One who was moved concerns the customer they arrive at."""
    linked = store.links.streak_keys("customer", {one.customer_id for one in people})
    return [
        Event("erp", "CONTACT", Kind.CUSTOMER, linked[one.customer_id], body_hash=stamp(one.id, one.modified))
        for one in people
        if one.customer_id in linked
    ]
