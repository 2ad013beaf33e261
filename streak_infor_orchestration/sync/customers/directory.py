"""Keeps the ledger's directory of customers as the ERP has them, and says which linked ones changed there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from streak_infor_orchestration.domain.errors import IntegrationError, Unauthorized, Unavailable
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.model import UNSTAMPED, Record
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.span import before
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.customers.people_feed import people_changed
from streak_infor_orchestration.sync.effects.listed import listed
from streak_infor_orchestration.sync.row.health import is_down
from streak_infor_orchestration.sync.row.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.watch.feedback import OVERLAP
from streak_infor_orchestration.sync.watch.left_out import look_again

WATERMARK = "erp:customers"
READ = "erp:customers:read"
"""When a reading began that came to the end."""

POLL_SECONDS = 20.0
FRESH = timedelta(seconds=60)
"""An order is sent only with a directory read this recently. The sensor reads it more often; where the sensor is off,
the deal's run does."""

_CATCH_UP_SECONDS = 2.0
_NEW_SETTLES = timedelta(minutes=1)
"""Who enters a customer in both systems is left the time to do so."""


def poll(
    erp: Erp, store: Store, overlap: timedelta = OVERLAP, *, people: bool = False, tell_new: bool = False
) -> int:
    """`refresh` within a sensor's look, for at most `POLL_SECONDS`, and `people_changed` where people are kept the
    same; an ERP that is down is paused."""
    began = store.clock.now()

    def in_time(_position: object) -> bool:
        return (store.clock.now() - began).total_seconds() < POLL_SECONDS

    try:
        changed = refresh(erp, store, in_time, overlap, tell_new=tell_new)
        return changed + (people_changed(erp, store, in_time, overlap) if people else 0)
    except (Unavailable, Unauthorized) as error:
        if is_down(erp):
            store.pauses.pause(error.system, error.message, PAUSE_SECONDS)
        raise


def refresh(
    erp: Erp,
    store: Store,
    go_on: Callable[[int], bool] = lambda _: True,
    overlap: timedelta = OVERLAP,
    *,
    tell_new: bool = False,
) -> int:
    """Read what changed since the last time, and `overlap` before it, a page at a time: into the directory, and the
    linked ones into the inbox. `go_on`, told how many were read, ends it early; the next one goes on from there.
    Returns how many linked ones changed. Raises what the port raises.
    Those that could not be read before are read again. `tell_new`: those that are new and linked to nobody go into the
    inbox as such.
    """
    since, read, changed, began = store.watermarks.get(WATERMARK), 0, 0, store.clock.now()
    for page in _pages(erp, since, overlap):
        customers = [record for record in page if isinstance(record, Customer)]
        store.customers.put([listed(customer) for customer in customers])
        # the first reading finds everything as it is: that is no change
        events = _events(customers, store) if since is not None else []
        if tell_new and since is not None:
            events += _new_ones(customers, since, store, erp.traits.settle_seconds)
        new = store.inbox.unseen(events)
        store.advance(new, WATERMARK, _newest(customers))
        read, changed = read + len(customers), changed + len(new)
        if not go_on(read):
            break
    else:
        store.watermarks.set(READ, began)

    def take_up(customer: Customer) -> None:
        store.customers.put([listed(customer)])
        store.inbox.record(store.inbox.unseen(_events([customer], store)))

    look_again(store, "infor", {"customers": erp.customer}, take_up)
    return changed


def keep_fresh(erp: Erp, store: Store, *, now: bool = False, tell_new: bool = False) -> None:
    """Read what changed, unless somebody has done so within `FRESH`: one call for all deals of all processes. `now`:
    whatever was read before. An ERP that does not show its customers stops nobody: what is known stands."""
    began, last = store.clock.now(), store.watermarks.get(READ)
    if not now and last is not None and began - last < FRESH:
        return
    with suppress(IntegrationError):
        in_time = lambda _: (store.clock.now() - began).total_seconds() < _CATCH_UP_SECONDS  # noqa: E731
        refresh(erp, store, in_time, tell_new=tell_new)


def _pages(erp: Erp, since: datetime | None, overlap: timedelta) -> Iterator[Sequence[Record]]:
    """What changed, and once more what did within the overlap. More than a page of that waits for what is new."""
    if since is None:
        yield from erp.records("customers")
        return
    again = iter(erp.records("customers", since=before(since, overlap)))
    new_ones_first = True
    for page in again:
        yield page
        if _newest(page) >= since:
            break
        if new_ones_first:
            yield from erp.records("customers", since=since)
            new_ones_first = False
    if new_ones_first:
        yield from again


def _newest(page: Sequence[Record]) -> datetime:
    return max((record.modified for record in page), default=UNSTAMPED)


def _events(customers: Sequence[Customer], store: Store) -> list[Event]:
    """Of those that are linked and have another version than was looked at last, and of the deals that waited for
    one of them to be opened again."""
    numbers = [customer.id for customer in customers]
    links, seen = store.links.streak_keys("customer", numbers), store.links.seen("customer", numbers)
    linked = [(links[c.id], c) for c in customers if c.id in links]
    opened = {key: c.stamp for key, c in linked if not c.is_closed}
    letters = store.dead_letters.of_code(CustomerCode.CUSTOMER_CLOSED) if opened else []
    return [
        *(
            Event("erp", "CUSTOMER", Kind.CUSTOMER, key, body_hash=c.stamp)
            for key, c in linked
            if c.stamp != seen.get(c.id)
        ),
        *(
            Event("erp", "OPENED", letter.kind, letter.key, body_hash=opened[party])
            for letter in letters
            if (party := letter.diagnosis.get("party")) in opened
        ),
        *_off_hold({c.id: c.stamp for c in customers if not c.credit_hold}, store),
    ]


def _new_ones(
    customers: Sequence[Customer], since: datetime, store: Store, settle_seconds: float
) -> list[Event]:
    """Each once, and when one that we may be making is linked by then. Some ERPs tell no more than the day they were
    created."""
    linked = store.links.streak_keys("customer", [customer.id for customer in customers])
    later = store.clock.now() + max(_NEW_SETTLES, timedelta(seconds=settle_seconds))
    oldest = before(since, timedelta(days=1))
    return [
        Event("erp", "NEW", Kind.NEW_CUSTOMER, customer.id, body_hash="new", lane="bulk", due_at=later)
        for customer in customers
        if customer.id not in linked and customer.created is not None and customer.created >= oldest
    ]


def _off_hold(stamps: dict[str, str], store: Store) -> Iterator[Event]:
    """The deals that wait for a customer's credit hold to be lifted, once it is: what was refused is tried again."""
    for letter in store.dead_letters.of_code(CustomerCode.CREDIT_HOLD) if stamps else ():
        refused = [
            e.body
            for e in store.effects.of(letter.key)
            if (e.error or {}).get("code") == CustomerCode.CREDIT_HOLD
        ]
        asked = {body.get("customer_id") or body.get("after", {}).get("customer_id") for body in refused}
        for customer_id in asked & stamps.keys():
            stamp = f"off hold: {stamps[customer_id]}"
            yield Event("erp", "HOLD_LIFTED", letter.kind, letter.key, body_hash=stamp, lane="manual")
