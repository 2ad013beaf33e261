"""A person known at a customer of the ERP: made once of a contact in Streak, and changed."""

from collections.abc import Mapping
from datetime import datetime

from streak_infor_orchestration.domain.party import ContactChanges, ContactDraft, CustomerContact
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link, at_customer
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains, only, result_alone
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_MADE = Key("erp_contact:{}@{}")
_FIELDS = Key("erp_contact:{}:fields")
_COMPARED = frozenset({"id", "reference", "customer_id"})


def make_erp_contact(
    writes: Writes, claim: Claimed, contact_key: str, draft: ContactDraft
) -> Done[CustomerContact]:
    """`draft` has the reference of the contact at its customer."""
    return writes.once.do(claim, _once(writes.ports, claim.key, contact_key, draft))


def set_erp_contact(
    writes: Writes,
    claim: Claimed,
    contact: CustomerContact,
    changes: ContactChanges,
    wanted: Mapping[str, str],
) -> CustomerContact:
    """Answers the contact as the ERP has it then. Raises `Stale` if it changed since it was read by its id."""
    erp = writes.ports.erp
    return writes.latest.write(
        claim,
        Wanted(
            key=_FIELDS.of(contact.id),
            body={"fields": dict(wanted)},
            call=lambda: erp.update_contact(contact, changes),
            version=lambda answered: answered.version,
            settle_seconds=erp.traits.settle_seconds,
        ),
    )


def erp_contact_stands(writes: Writes, contact: CustomerContact) -> None:
    """The ERP shows what an unanswered write wanted."""
    writes.latest.stands(_FIELDS.of(contact.id), contact.version)


def _once(ports: Ports, subject: str, contact_key: str, draft: ContactDraft) -> Once[CustomerContact]:
    def probe(body: Body, _since: datetime | None) -> Seen[CustomerContact]:
        """Among the people of the customer, whose list sees every committed record at once (façade contract)."""
        pages = ports.erp.records("contacts", where={"customer_id": body["customer_id"]})
        people = (one for page in pages for one in page if isinstance(one, CustomerContact))
        return Seen(tuple(one for one in people if one.reference == body["reference"]))

    return Once(
        key=_MADE.of(contact_key, draft.customer_id),
        shape="create",
        subject=subject,
        body=draft.model_dump(mode="json"),
        model=CustomerContact,
        call=lambda body, _steps: ports.erp.create_contact(ContactDraft.model_validate(body)),
        probe=probe,
        identify=lambda contact: contact.id,
        link=lambda contact: Link("contact", at_customer(contact_key, draft.customer_id), contact.id),
        settle_seconds=ports.erp.traits.settle_seconds,
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[CustomerContact]:
    contact_key, _customer_id = parts
    return _once(ports, effect.subject, contact_key, ContactDraft.model_validate(effect.body))


def _remains(effect: Effect) -> Remains:
    return only(effect.body, _COMPARED), only(effect.result, _COMPARED)


MADE = KindOfWrite(_MADE, _begun, remains=_remains)
FIELDS = KindOfWrite(_FIELDS, remains=result_alone)
