"""Records that were left out because they could not be read are read again, one by one, until they can be.

The lists have gone on meanwhile: their watermarks are past the record, and nobody else would look at it any more.
"""

from collections.abc import Callable
from typing import Any

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES, row
from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import IntegrationError, Rejected, Unreadable
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.streak.models import Box, Contact, Organization
from streak_infor_orchestration.sync.ports.ports import Ports

_AT_ONCE = 20
Read = Callable[[str], Any]
"""One record by its key, None where it is gone."""


def look_again(store: Store, system: str, reads: dict[str, Read], take_up: Callable[[Any], None]) -> int:
    """Those of the entities in `reads`, the longest unseen first and a few at a time. What can be read is given to
    `take_up`, and its letter is closed. Returns how many were."""
    asked = [one for one in store.left_out.open() if one.system == system and one.entity in reads]
    closed = 0
    for left in asked[:_AT_ONCE]:
        try:
            record = reads[left.entity](left.key)
        except Unreadable as error:
            store.left_out.looked_at(error.record)
            continue
        except Rejected:  # no table could hold it
            store.left_out.looked_at(left)
            continue
        except IntegrationError:
            # the system does not answer, or only this record is not answered: the others come first the next time
            store.left_out.looked_at(left)
            break
        if record is not None:
            take_up(record)
        store.left_out.close(left, "gone" if record is None else "readable again")
        closed += 1
    return closed


def look_again_everywhere(ports: Ports) -> int:
    """All but the ERP's customers, whom the directory takes up. Deals and customers go into the inbox; the tables take
    theirs up at their next reading."""
    streak = ports.streak
    ours: dict[str, Read] = {
        "boxes": streak.box,
        "contacts": streak.contact,
        "organizations": streak.organization,
        "tasks": streak.task,
        "meetings": streak.meeting,
        "comments": streak.comment,
        "users": streak.user,
        "files": streak.file,
    }
    theirs: dict[str, Read] = {
        entity: _reading(entity, ports) for entity in INFOR_TABLES if entity != "customers"
    }
    inbox = ports.store.inbox

    def take_up(record: Any) -> None:
        event = _event(record, ports)
        inbox.record([event] if event else [])

    return look_again(ports.store, "streak", ours, take_up) + look_again(
        ports.store, "infor", theirs, take_up
    )


def _reading(entity: Entity, ports: Ports) -> Read:
    def read(key: str) -> Record | None:
        record = ports.erp.record(entity, key)
        if record is not None:
            INFOR_TABLES[entity].check(row(entity, record))
        return record

    return read


def _event(record: Any, ports: Ports) -> Event | None:
    match record:
        case Box() if record.pipeline_key == ports.pipeline_key:
            return Event("sweep", "READABLE", Kind.DEAL, record.key, min_version=record.version)
        case Contact():
            return Event("sweep", "READABLE", Kind.CUSTOMER, f"contact:{record.key}", lane="bulk")
        case Organization():
            return Event("sweep", "READABLE", Kind.CUSTOMER, f"organization:{record.key}", lane="bulk")
        case SalesOrder():
            return Event("erp", "READABLE", Kind.ERP_ORDER, record.id)
        case Invoice():
            return Event("erp", "READABLE", Kind.ERP_INVOICE, record.id)
        case Payment() | CreditNote():
            return Event("erp", "READABLE", Kind.ERP_INVOICE, record.invoice_id)
        case _:
            return None
