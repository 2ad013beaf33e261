"""What is kept of old writes: what later looks still compare, and no more of what people are called or write."""

import time
from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.watch.alerts import standing

_ORDER = frozenset(
    "id reference second_reference customer_id currency order_date lines total status description requested_date"
    " shipping_method salesperson freight custom rates version".split()
)
_LINE = frozenset("sku quantity price discount tax".split())
_CUSTOMER = frozenset("id reference name status credit_hold".split())
_COMMENT = frozenset(["key"])

Document = dict[str, Any]


def prune(store: Store, *, seconds: float) -> dict[str, int]:
    """Removes from the ledger what has outlived its life, for so long at most. How many rows of each table."""
    deadline = time.monotonic() + seconds
    names = {
        incident.name for incident in standing(store) if incident.kind not in ("dead_letter", "conflict")
    }
    removed = store.retention.prune(standing=names, deadline=deadline)
    return removed | {"bodies": store.retention.shrink(shrunk, deadline)}


def shrunk(effect: Effect) -> tuple[Document, Document | None]:
    """Body and result of a confirmed write, with what is still compared or shown; those of a kind that is not known
    here stay whole."""
    body, result = effect.body, effect.result or {}
    match effect.key.split(":"):
        case ["customer", *_]:
            return _only(body, _CUSTOMER), _only(result, _CUSTOMER)
        case ["deal", *_, "sales_order", _]:
            return _order(body), _order(result)
        case ["order", _, "cancel"]:
            return body, _order(result)
        case ["order", _, "edit"]:
            edit = {"before": _order(body["before"]), "after": _order(body["after"]), "changes": {}}
            return edit, {name: _order(it) if name == "order" else it for name, it in result.items()}
        case ["comment", *_]:
            token = {"message": _token(body["message"])}
            return token, {**_only(result, _COMMENT), **token}
        case ["box" | "erp_customer" | "contact" | "organization", _, "fields"]:
            return {}, effect.result  # written anew whatever it was
        case _:
            return body, effect.result


def _only(document: Mapping[str, Any], names: frozenset[str]) -> Document:
    return {name: value for name, value in document.items() if name in names}


def _order(document: Mapping[str, Any]) -> Document:
    kept = _only(document, _ORDER)
    return kept | {"lines": [_only(line, _LINE) for line in kept.get("lines", ())]}


def _token(message: str) -> str:
    """By which the comment is found (`effects/comment.py`)."""
    return message[message.rindex("[") :]
