"""Keeps the ledger's directory of customers as the ERP has them, and says which linked ones changed there."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from streak_infor_orchestration.domain.candidate import candidate
from streak_infor_orchestration.domain.company_name import bare
from streak_infor_orchestration.domain.errors import Unauthorized, Unavailable
from streak_infor_orchestration.domain.identity import company_domain, email_key, tax_key
from streak_infor_orchestration.domain.model import UNSTAMPED, Record
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.customers import Listed
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.feedback import OVERLAP
from streak_infor_orchestration.sync.health import is_down
from streak_infor_orchestration.sync.left_out import look_again
from streak_infor_orchestration.sync.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.span import before

WATERMARK = "erp:customers"
POLL_SECONDS = 20.0


def poll(erp: Erp, store: Store, overlap: timedelta = OVERLAP) -> int:
    """`refresh` within a sensor's look, for at most `POLL_SECONDS`; an ERP that is down is paused."""
    began = store.clock.now()
    try:
        in_time = lambda _: (store.clock.now() - began).total_seconds() < POLL_SECONDS  # noqa: E731
        return refresh(erp, store, in_time, overlap)
    except (Unavailable, Unauthorized) as error:
        if is_down(erp):
            store.pauses.pause(error.system, error.message, PAUSE_SECONDS)
        raise


def refresh(
    erp: Erp,
    store: Store,
    go_on: Callable[[int], bool] = lambda _: True,
    overlap: timedelta = OVERLAP,
) -> int:
    """Read what changed since the last time, and `overlap` before it, a page at a time: into the directory, and the
    linked ones into the inbox. `go_on`, told how many were read, ends it early; the next one goes on from there.
    Returns how many linked ones changed. Raises what the port raises.
    Those that could not be read before are read again.
    """
    since, read, changed = store.watermarks.get(WATERMARK), 0, 0
    for page in _pages(erp, since, overlap):
        customers = [record for record in page if isinstance(record, Customer)]
        store.customers.put([_listed(customer) for customer in customers])
        # the first reading finds everything as it is: that is no change
        events = _events(customers, store) if since is not None else []
        new = store.inbox.unseen(events)
        store.advance(new, WATERMARK, _newest(customers))
        read, changed = read + len(customers), changed + len(new)
        if not go_on(read):
            break

    def take_up(customer: Customer) -> None:
        store.customers.put([_listed(customer)])
        store.inbox.record(store.inbox.unseen(_events([customer], store)))

    look_again(store, "infor", {"customers": erp.customer}, take_up)
    return changed


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
    """Of those that are linked and have another version than was looked at last."""
    numbers = [customer.id for customer in customers]
    linked, seen = store.links.streak_keys("customer", numbers), store.links.seen("customer", numbers)
    return [
        Event("erp", "CUSTOMER", "customer", linked[c.id], body_hash=c.stamp)
        for c in customers
        if c.id in linked and c.stamp != seen.get(c.id)
    ]


def _listed(customer: Customer) -> Listed:
    return Listed(
        erp_key=customer.id,
        name=customer.name,
        bare_name=bare(customer.name),
        email=email_key(customer.email),
        domain=company_domain(customer.email),
        tax_id=tax_key(customer.tax_id),
        city=candidate(customer, "").city,
        modified_at=customer.modified,
    )
