"""The page that tells the story of one deal."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.responses import Response

from streak_infor_orchestration.sync.desk.story import Story

# bodies and results stay in the ledger: they hold the customer's data
_OUTCOME = ("run_id", "correlation_id", "status", "started_at", "finished_at")
_EFFECT = (
    "key",
    "shape",
    "state",
    "attempt",
    "external_id",
    "run_id",
    "correlation_id",
    "sent_at",
    "settle_until",
    "updated_at",
)
_PENDING = ("lane", "due_at", "attempts", "min_version", "correlation_id", "leased", "lease_owner")
_EVENT = ("at", "source", "name", "lane", "version", "correlation_id", "echo")
_DEAD_LETTER = (
    "error_class",
    "code",
    "message",
    "diagnosis",
    "attempts",
    "occurrences",
    "opened_at",
    "correlation_id",
)


def page(told: Story) -> Response:
    """404 for a deal nobody ever mentioned. The shape:

    `outcomes` (newest first; `summary` as the run wrote it: reason, trail, order, invoices), `links` {order, invoices},
    `effects` (oldest first), `events` (newest first), `pending` (null: nothing waits), `dead_letter` (null: none).
    Instants are ISO 8601 in UTC.
    """
    if not told.is_known:
        return Response(b'{"error": "no such deal"}', 404, media_type="application/json")
    document = {
        "box_key": told.box_key,
        "links": {"order": told.order, "invoices": told.invoices},
        "pending": _pick(told.pending, _PENDING) if told.pending else None,
        "dead_letter": _pick(told.letter, _DEAD_LETTER) if told.letter else None,
        "outcomes": [{**_pick(outcome, _OUTCOME), "summary": outcome.summary} for outcome in told.outcomes],
        "effects": [
            {**_pick(effect, _EFFECT), "error": (effect.error or {}).get("code")} for effect in told.effects
        ],
        "events": [_pick(event, _EVENT) for event in told.events],
    }
    return Response(json.dumps(document, default=datetime.isoformat), media_type="application/json")


def _pick(row: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
