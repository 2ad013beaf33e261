"""Who buys in a deal, and what Streak knows of them."""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind
from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.names import Stops
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.outcome import waits
from streak_infor_orchestration.sync.row.work import Work


def buyer(work: Work) -> Party | None:
    """Of a deal that wants an order and has none."""
    deal = work.deal
    wants = deal is not None and deal.milestone.wants_order and work.order is None
    return deal.party if deal is not None and wants else None


def of_survivor(deal: Deal, ports: Ports) -> Deal:
    """Whoever was merged into another record buys under that one's name."""
    if deal.party is None:
        return deal
    link_key = ports.store.aliases.survivor("customer", deal.party.link_key)
    return (
        deal if link_key == deal.party.link_key else deal.model_copy(update={"party": party_named(link_key)})
    )


def party_named(link_key: str) -> Party:
    kind, _, key = link_key.partition(":")
    return Party(kind=PartyKind(kind), key=key)


def read_parties(work: Work, deal: Deal, ports: Ports) -> Work:
    """The deal's organization and contact, as the mapping may read them. Stopped where a name of their fields is
    wrong."""
    assert deal.party is not None and work.box is not None
    faults = ports.names.look(work.claim).faults
    if wrong := tuple(fault for fault in faults if fault.stops is Stops.PARTY):
        return work.stop(waits(wrong, ports.clock))
    contact: Contact | None = None
    organization: Organization | None = None
    if deal.party.kind is PartyKind.ORGANIZATION:
        organization = ports.streak.organization(deal.party.key)
        contact_key = main_link(work.box.contacts)
    else:
        contact_key = deal.party.key
    if contact_key is not None:
        contact = ports.streak.contact(contact_key)
    return replace(work, contact=contact, organization=organization)


def party_of(key: str, ports: Ports) -> Party:
    """`key` of an organization or contact, with or without its kind before it. Raises Rejected."""
    kind, colon, bare = key.rpartition(":")
    kinds = [PartyKind(kind)] if colon and kind in set(PartyKind) else list(PartyKind)
    for source in kinds:
        there = ports.streak.organization if source is PartyKind.ORGANIZATION else ports.streak.contact
        if there(bare) is not None:
            return Party(kind=source, key=bare)
    raise Rejected(f"Streak has no organization or contact {key}", code=CustomerCode.UNKNOWN_PARTY, value=key)
