"""An organization in Streak, made once of a customer whom only the ERP knew (Streak API contract §3.9)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.reference import mark_of, marked
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.streak.models import Organization
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains, only
from streak_infor_orchestration.sync.effects.writes import STREAK_SETTLE_SECONDS, Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("streak_organization:{}")


def make_streak_organization(
    writes: Writes, claim: Claimed, customer_id: str, properties: Mapping[str, Any]
) -> Done[Organization]:
    """Of the ERP's customer. Its notes end in a mark by which it is found again."""
    reference = writes.ports.reference(f"erp_customer:{customer_id}")
    notes = marked(f"From the ERP: customer {customer_id}", reference, "organization")
    body = {**properties, "notes": notes}
    return writes.once.do(claim, _once(writes.ports, claim.key, customer_id, body))


def is_organization_under_way(customer_id: str, ports: Ports) -> bool:
    """Whether it was asked for, and nobody knows yet what became of it."""
    return ports.store.effects.is_in_doubt(_KEY.of(customer_id))


def _once(ports: Ports, subject: str, customer_id: str, wanted: Body) -> Once[Organization]:
    def probe(body: Body, since: datetime | None) -> Seen[Organization]:
        """Among all there are: the list has no filter, and the search would show it later. Where an older Streak has no
        list, one that is on no box is not among them: what cannot be found is not made again. Raises `Conflict`."""
        pages = ports.streak.organization_pages(ports.team_key)
        found = {one.key: one for page in pages for one in page if mark_of(body["notes"]) in one.notes}
        if not found and since is not None and not ports.streak.lists_organizations(ports.team_key):
            raise Conflict(
                f"Streak did not say whether it has made an organization of customer {customer_id}",
                code=CustomerCode.ORGANIZATION_UNCERTAIN,
                system="streak",
                value=customer_id,
            )
        return Seen(tuple(found.values()))

    return Once(
        key=_KEY.of(customer_id),
        shape="create",
        subject=subject,
        body=wanted,
        model=Organization,
        call=lambda body, _steps: ports.streak.create_organization(ports.team_key, **body),
        probe=probe,
        identify=lambda organization: organization.key,
        link=lambda organization: Link("customer", f"organization:{organization.key}", customer_id),
        settle_seconds=STREAK_SETTLE_SECONDS,
        probe_first=False,  # all organizations have just been looked through
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Organization]:
    (customer_id,) = parts
    return _once(ports, effect.subject, customer_id, effect.body)


def _remains(effect: Effect) -> Remains:
    return {"notes": mark_of(effect.body["notes"])}, only(effect.result, frozenset({"key"}))


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
