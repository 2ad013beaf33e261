"""What is left of an old write: whole rows, kind by kind, with what later looks compare and nothing people wrote."""

from typing import Any

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger.effect_row import Effect
from streak_infor_orchestration.sync.watch.retention import shrunk

LINE = {"sku": "A", "quantity": "1", "price": "2.00", "discount": "0", "tax": "0"}
ORDER = {"id": "SO-1", "reference": "STK1", "total": "2.00", "lines": [LINE]}
TALKATIVE: dict[str, Any] = ORDER | {"notes": "Ring twice", "lines": [LINE | {"description": "Brake"}]}
CUSTOMER = {"id": "C-1", "reference": "STK2", "name": "Ada", "status": "Active", "credit_hold": False}
PRIVATE = CUSTOMER | {"email": "ada@x.example", "phone": "030"}
EDIT = {"before": TALKATIVE, "after": TALKATIVE, "changes": {"description": "Ring twice"}}
SAID = "Order SO-1 created for Ada [STK] [ABCDEFGH]"
COMMENT = {"key": "c1", "message": SAID, "creator_key": "u1"}

Document = dict[str, Any] | None


def effect(key: str, body: dict[str, Any], result: Document) -> Effect:
    now = ManualClock().now()
    return Effect(
        key=key, shape="create", subject="b1", generation=1, state="confirmed", attempt=1, doubted=False,
        body=body, body_hash="", steps={}, result=result, epoch="", run_id="", correlation_id="",
        created_at=now, updated_at=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "body", "result", "kept"),
    [
        ("customer:organization:o1", PRIVATE, PRIVATE, (CUSTOMER, CUSTOMER)),
        ("deal:b1:sales_order:2", TALKATIVE, TALKATIVE, (ORDER, ORDER)),
        ("deal:b1:sales_order:1", TALKATIVE, None, (ORDER, {"lines": []})),
        ("order:SO-1:cancel", {"order": "SO-1"}, TALKATIVE, ({"order": "SO-1"}, ORDER)),
        (
            "order:SO-1:edit",
            EDIT,
            {"version": "7", "order": TALKATIVE},
            ({"before": ORDER, "after": ORDER, "changes": {}}, {"version": "7", "order": ORDER}),
        ),
        (
            "comment:b1:order.created:SO-1",
            {"message": SAID},
            COMMENT,
            ({"message": "[ABCDEFGH]"}, {"key": "c1", "message": "[ABCDEFGH]"}),
        ),
        *(
            (f"{kind}:k1:fields", {"fields": {"Name": "Ada"}}, {"version": "7"}, ({}, {"version": "7"}))
            for kind in ("box", "erp_customer", "contact", "organization")
        ),
        ("order:SO-1:invoice", {"order": "SO-1"}, {"id": "I-1"}, ({"order": "SO-1"}, {"id": "I-1"})),
        ("of a later release", PRIVATE, PRIVATE, (PRIVATE, PRIVATE)),
    ],
)
def test_each_kind_keeps_what_is_still_compared_or_shown(
    key: str, body: dict[str, Any], result: Document, kept: tuple[Document, Document]
) -> None:
    assert shrunk(effect(key, body, result)) == kept
