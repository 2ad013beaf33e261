"""What is kept of the rows of old writes: what later looks still compare or show, and no more of what people are
called or write."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.ledger.effects import Effect

Document = dict[str, Any]
Remains = tuple[Document, Document | None]
"""Of the body and of the result."""

_ORDER = frozenset(
    "id reference second_reference customer_id currency order_date lines total status description requested_date"
    " shipping_method salesperson freight tax custom rates version".split()
)
_LINE = frozenset("sku quantity price discount tax".split())


def whole(effect: Effect) -> Remains:
    return effect.body, effect.result


def result_alone(effect: Effect) -> Remains:
    """Of values that are written anew whatever they were."""
    return {}, effect.result


def only(document: Mapping[str, Any] | None, names: frozenset[str]) -> Document:
    return {name: value for name, value in (document or {}).items() if name in names}


def order(document: Mapping[str, Any] | None) -> Document:
    """An order, or what was asked of it: what tells an edit on either side."""
    kept = only(document, _ORDER)
    return kept | {"lines": [only(line, _LINE) for line in kept.get("lines", ())]}
