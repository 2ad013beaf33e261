"""The story of one deal as the ledger tells it: for support, and for whoever watches the demo."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.responses import Response

from streak_infor_orchestration.ledger import Store

Json = dict[str, Any]

# bodies and results stay in the ledger: they hold the customer's data
_OUTCOME = ("run_id", "correlation_id", "status", "started_at", "finished_at")
_EFFECT = (
    "key",
    "shape",
    "state",
    "attempt",
    "external_id",
    "run_id",
    "sent_at",
    "settle_until",
    "updated_at",
)
_PENDING = ("lane", "due_at", "attempts", "min_version", "correlation_id", "leased", "lease_owner")
_EVENT = ("at", "source", "name", "version", "correlation_id", "echo")
_DEAD_LETTER = ("error_class", "code", "message", "diagnosis", "attempts", "occurrences", "opened_at")


def story(store: Store, box_key: str) -> Json | None:
    """None for a deal nobody ever mentioned. The shape:

    `outcomes` (newest first; `summary` as the run wrote it: reason, trail, order, invoices), `links` {order, invoices},
    `effects` (oldest first), `events` (newest first), `pending` (null: nothing waits), `dead_letter` (null: none).
    Instants are ISO 8601 in UTC.
    """
    outcomes = store.outcomes.of("deal", box_key)
    events = store.inbox.events("deal", box_key)
    effects = store.effects.of(box_key)
    if not (outcomes or events or effects):
        return None
    order = store.links.erp_key("order", box_key)
    pending = store.inbox.pending("deal", box_key)
    letter = store.dead_letters.of("deal", box_key)
    return {
        "box_key": box_key,
        "links": {
            "order": order,
            "invoices": [invoice.invoice_id for invoice in store.invoices.of(order)] if order else [],
        },
        "pending": _pick(pending, _PENDING) if pending and pending.due_at else None,
        "dead_letter": _pick(letter, _DEAD_LETTER) if letter else None,
        "outcomes": [{**_pick(outcome, _OUTCOME), "summary": outcome.summary} for outcome in outcomes],
        "effects": [
            {**_pick(effect, _EFFECT), "error": (effect.error or {}).get("code")} for effect in effects
        ],
        "events": [_pick(event, _EVENT) for event in events],
    }


def answer(found: Json | None) -> Response:
    if found is None:
        return Response(b'{"error": "no such deal"}', 404, media_type="application/json")
    return Response(json.dumps(found, default=datetime.isoformat), media_type="application/json")


def _pick(row: object, names: Sequence[str]) -> Json:
    return {name: getattr(row, name) for name in names}
