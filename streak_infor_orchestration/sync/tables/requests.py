"""What the deals asked for, as it was written to the ERP: the CRM's side of an order's amounts."""

from collections.abc import Iterator

from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.ledger.effect_row import Effect
from streak_infor_orchestration.ledger.snapshot import Row
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.order_edit import order_edit_key

_THE_ERPS = dict.fromkeys(("number", "total", "delivered", "invoiced"))
"""Of a line what is not asked for."""


def requests(store: Store) -> Iterator[list[Row]]:
    """As they were sent; as they were edited, where the edit was carried over."""
    for portion in store.snapshot.confirmed("create", ":sales_order:"):
        made = {order_edit_key(effect["external_id"]): effect for effect in portion if effect["external_id"]}
        edits = store.effects.several(list(made))
        yield [_request(effect, edits.get(key)) for key, effect in made.items()]


def _request(made: Row, edit: Effect | None) -> Row:
    carried = edit if edit is not None and edit.state == "confirmed" else None
    draft = OrderDraft.model_validate(carried.body["after"] if carried else made["body"])
    return {
        "order_id": made["external_id"],
        "box_key": made["subject"],
        "currency": draft.currency,
        "lines": [{**_THE_ERPS, **line.model_dump(mode="json")} for line in draft.lines],
        "freight": plain(draft.freight),
        "rates": [rate.model_dump(mode="json") for rate in draft.rates],
        "asked": made["created_at"],
        "at": carried.updated_at.isoformat() if carried else made["updated_at"],
    }
