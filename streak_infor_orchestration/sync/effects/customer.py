"""A customer of the ERP: one per Streak organization or contact, for ever."""

from datetime import datetime

from streak_infor_orchestration.domain.deal import Party
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.listed import listed
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains, only
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("customer:{}")
_COMPARED = frozenset("id reference name status credit_hold".split())


def make_customer(writes: Writes, claim: Claimed, party: Party, draft: CustomerDraft) -> Done[Customer]:
    return writes.once.do(claim, _once(writes.ports, claim.key, party.link_key, draft))


def is_customer_under_way(party: Party, store: Store) -> bool:
    """Whether this customer has been asked for, and nobody knows yet what became of it, or it is half-made: who looked
    for it by its name would take it for a finished one."""
    effect = store.effects.get(_KEY.of(party.link_key))
    if effect is None or effect.state == "confirmed":
        return False
    return effect.state in ("sent", "unknown") or bool(effect.steps)


def _once(ports: Ports, subject: str, link_key: str, draft: CustomerDraft) -> Once[Customer]:
    def probe(body: Body, since: datetime | None) -> Seen[Customer]:
        found = ports.erp.find_customer(CustomerDraft.model_validate(body), since)
        return Seen(found.customers, found.steps)

    return Once(
        key=_KEY.of(link_key),
        shape="create",
        subject=subject,
        body=draft.model_dump(mode="json"),
        model=Customer,
        call=lambda body, steps: ports.erp.create_customer(CustomerDraft.model_validate(body), steps),
        probe=probe,
        identify=lambda customer: customer.id,
        link=lambda customer: Link(kind="customer", streak_key=link_key, erp_key=customer.id),
        listed=listed,
        settle_seconds=ports.erp.traits.settle_seconds,
        probe_first=False,  # resolving the customer has just looked for it by reference
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Customer]:
    (link_key,) = parts
    return _once(ports, effect.subject, link_key, CustomerDraft.model_validate(effect.body))


def _remains(effect: Effect) -> Remains:
    return only(effect.body, _COMPARED), only(effect.result, _COMPARED)


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
