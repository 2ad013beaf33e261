"""Looking for what webhooks lost of customers: organizations and contacts that were saved and nobody told us of.

Only those matter that are linked, or that a linked customer is read with. A webhook about one does not say which
version it announces, so what it told of is found here once more, and looked at once more: that changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

from streak_infor_orchestration.domain.deal import PartyKind
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.watch.sweep import OVERLAP

WATERMARK = "streak:contacts"


def sweep_customers(ports: Ports, *, full: bool = False) -> tuple[str, ...]:
    """Contacts back to the last sweep; `full`: all of them, and all organizations, which Streak does not list by time.
    The link keys that were put into the inbox. The first one without a watermark begins with itself.

    Raises what Streak's reads raise; the watermark moves only when the sweep was complete.
    """
    began = ports.clock.now()
    last = ports.store.watermarks.get(WATERMARK) or began
    contacts = ports.streak.contact_pages(ports.team_key, since=None if full else last - OVERLAP)
    found = [*_behind(PartyKind.CONTACT, contacts, ports)]
    if full:
        found += _behind(PartyKind.ORGANIZATION, ports.streak.organization_pages(ports.team_key), ports)
    ports.store.watermarks.set(WATERMARK, began)
    return tuple(sorted(found))


def _behind(
    kind: PartyKind, pages: Iterable[tuple[Contact, ...]] | Iterable[tuple[Organization, ...]], ports: Ports
) -> Iterator[str]:
    """A page at a time in memory, and into the inbox."""
    for page in pages:
        versions = {f"{kind}:{entry.key}": entry.version for entry in page}
        ours = _ours(kind, list(versions), ports) | _newcomers(page, ports)
        if ports.config.customer.without_deal and kind.value == ports.config.customer.source:
            ours = set(versions)
        behind = ports.store.inbox.behind(Kind.CUSTOMER, {key: versions[key] for key in sorted(ours)})
        ports.store.inbox.record(
            [
                Event("sweep", "MISSED", Kind.CUSTOMER, key, min_version=versions[key], lane="bulk")
                for key in sorted(behind)
            ]
        )
        yield from behind


def _newcomers(page: Sequence[Contact] | Sequence[Organization], ports: Ports) -> set[str]:
    """The contacts at organizations that are customers: they may be new there."""
    if not ports.mapping.people:
        return set()
    at = {
        entry.key: [f"{PartyKind.ORGANIZATION}:{key}" for key in entry.organizations]
        for entry in page
        if isinstance(entry, Contact)
    }
    linked = set(ports.store.links.erp_keys("customer", {key for keys in at.values() for key in keys}))
    return {f"{PartyKind.CONTACT}:{key}" for key, keys in at.items() if linked & set(keys)}


def _ours(kind: PartyKind, link_keys: list[str], ports: Ports) -> set[str]:
    linked = set(ports.store.links.erp_keys("customer", link_keys))
    if kind is PartyKind.ORGANIZATION:
        return linked
    read_with = ports.store.shadows.contacts_among([key.partition(":")[2] for key in link_keys])
    return linked | {f"{kind}:{key}" for key in read_with}
