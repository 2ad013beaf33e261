"""After a backup of the ledger was restored, or the ledger was lost: links are rebuilt before anything is written.

What was written since the backup is unknown to the ledger, but not to the ERP: every record we made carries a
reference computed from Streak's keys. From here on every write is probed for first (`Store.restored_at`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from streak_infor_orchestration.domain.deal import Party, PartyKind
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.origin import order_of_origin
from streak_infor_orchestration.domain.reference import GENERATIONS
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.ports.ports import Ports


@dataclass
class Recovered:
    """Counts of links that were there already and that were added, and what a person has to look at."""

    deals: int = 0
    known: int = 0
    added: int = 0
    conflicts: list[str] = field(default_factory=list)


def recover(*, actor: str, ports: Ports) -> Recovered:
    """Nothing is written to either system. The stack must not be running; every process has to start anew after.

    Raises what the reads raise; it may be run again, and goes on where links are missing.
    """
    ports.store.renew_epoch(actor)
    found = Recovered()
    pages = ports.streak.box_version_pages(ports.pipeline_key)
    notes = {box.key: box.notes for page in pages for box in page}
    boxes = list(notes)
    found.deals = len(boxes)
    orders = {
        ports.second_reference(key, n) or ports.reference(key, generation=n): (key, n)
        for key in boxes
        for n in GENERATIONS
    }
    _rebuild(ports, "order", orders, found, actor)
    _rebuild_made(ports, notes, found)
    parties = {ports.reference(key): (key, 1) for key in _parties(ports)}
    _rebuild(ports, "customer", parties, found, actor)
    ports.store.inbox.record([Event("sweep", "RECOVER", Kind.DEAL, key, lane="bulk") for key in boxes])
    return found


def _rebuild(
    ports: Ports,
    kind: Literal["order", "customer"],
    keys: dict[str, tuple[str, int]],
    found: Recovered,
    actor: str,
) -> None:
    """`keys`: which of Streak's records, and which generation of its order, a reference stands for. The newest
    generation is the deal's: those before it were cancelled when it was made."""
    ours: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for reference_, erp_key in ports.erp.references(kind):
        if reference_ in keys:
            streak_key, generation = keys[reference_]
            ours[streak_key][generation].append(erp_key)
    for streak_key, generations in ours.items():
        erp_key, *others = generations[max(generations)]
        if others:  # which of them is the deal's is decided when it is looked at: one may be cancelled
            both = " and ".join([erp_key, *others])
            found.conflicts.append(f"{kind}s {both} carry the same reference")
            continue
        known = ports.store.links.erp_key(kind, streak_key)
        if known == erp_key:
            found.known += 1
            continue
        try:
            link = Link(kind=kind, streak_key=streak_key, erp_key=erp_key)
            outdated = any(known in numbers for numbers in generations.values())
            ports.store.links.decide(link, actor, instead=True) if outdated else ports.store.links.add(link)
            found.added += 1
        except Conflict as conflict:
            found.conflicts.append(f"{kind} {erp_key}: {conflict.message} ({conflict.existing})")


def _rebuild_made(ports: Ports, notes: Mapping[str, str], found: Recovered) -> None:
    """Boxes that were made of orders: the mark in their `notes` says of which. Of a copy and its original a person says
    which is which."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    for box_key, text in notes.items():
        if order_id := order_of_origin(text, ports.team_key):
            made[order_id].append(box_key)
    for order_id, box_keys in made.items():
        if ports.store.links.streak_key("order", order_id) is not None:
            found.known += 1
        elif len(box_keys) > 1:
            found.conflicts.append(f"boxes {' and '.join(box_keys)} bear the mark of order {order_id}")
        else:
            _add(Link("order", box_keys[0], order_id, by_hand=True), found, ports)


def _add(link: Link, found: Recovered, ports: Ports) -> None:
    try:
        ports.store.links.add(link)
        found.added += 1
    except Conflict as conflict:
        found.conflicts.append(f"{link.kind} {link.erp_key}: {conflict.message} ({conflict.existing})")


def _parties(ports: Ports) -> Iterator[str]:
    """The link keys of every organization and contact of the team."""
    for organizations in ports.streak.organization_pages(ports.team_key):
        yield from (Party(kind=PartyKind.ORGANIZATION, key=one.key).link_key for one in organizations)
    for contacts in ports.streak.contact_pages(ports.team_key):
        yield from (Party(kind=PartyKind.CONTACT, key=one.key).link_key for one in contacts)
