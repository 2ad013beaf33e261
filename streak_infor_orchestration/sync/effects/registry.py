"""Every kind of write there is, and what becomes of one that an earlier run left in doubt."""

from datetime import datetime

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.sync.effects import (
    box_fields,
    cancellation,
    comment,
    customer,
    customer_fields,
    erp_contact,
    invoice,
    new_box,
    order_edit,
    order_ready,
    party_fields,
    sales_order,
    streak_contact,
    streak_organization,
    task,
)
from streak_infor_orchestration.sync.effects.kind import KindOfWrite
from streak_infor_orchestration.sync.effects.writes import Writes

KINDS: tuple[KindOfWrite, ...] = (
    customer.KIND,
    sales_order.KIND,
    order_edit.KIND,
    order_ready.KIND,
    cancellation.KIND,
    invoice.KIND,
    new_box.KIND,
    comment.KIND,
    task.KIND,
    task.COMPLETION,
    box_fields.KIND,
    customer_fields.KIND,
    party_fields.CONTACT,
    party_fields.ORGANIZATION,
    erp_contact.MADE,
    erp_contact.FIELDS,
    streak_contact.KIND,
    streak_organization.KIND,
)


def kind_of(key: str) -> tuple[KindOfWrite, tuple[str, ...]]:
    """And the parts of the key. Raises LookupError for a key of none: what wrote it is not known here any more, and
    nobody may take it for settled."""
    for kind in KINDS:
        parts = kind.key.parts(key)
        if parts is not None:
            return kind, parts
    raise LookupError(f"no kind of write has a key such as {key}")


def recover(writes: Writes, effect: Effect, *, asked: bool = False) -> datetime | None:
    """Find out what became of a write that an earlier run left in doubt; `asked`: by a person. Sends nothing. When it
    is to be looked at again, for one whose doubt ends with its settle time. Raises `Later`, `Held`, `Conflict`, and
    LookupError for a kind that is not known."""
    kind, parts = kind_of(effect.key)
    if kind.once is not None:
        writes.once.recover(kind.once(writes.ports, effect, parts), asked=asked)
    return writes.latest.lapse(effect.key) if kind.lapses else None


def box_is_gone(writes: Writes, effect: Effect) -> None:
    """Settles a write without an answer, as `recover` does, of a deal whose box is gone and cannot be looked at."""
    kind, _parts = kind_of(effect.key)
    if kind.on_box:
        writes.sender.give_up(effect.key, "the box is gone")
    else:
        recover(writes, effect)
