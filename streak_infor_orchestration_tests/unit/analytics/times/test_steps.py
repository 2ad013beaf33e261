"""When each thing happened, what is seen first counts, and two lots of orders beside each other."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas
import pytest

from streak_infor_orchestration.analytics.derived import derive
from streak_infor_orchestration.analytics.times.compare import (
    Faster,
    Pace,
    before_and_after,
    by_hand_and_not,
    by_week,
)
from streak_infor_orchestration.analytics.times.steps import DERIVATION
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration_tests.unit.analytics.rows import line, opened, store

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
"""A Monday: week 10."""


def at(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


def sale(number: str, hours: float, **more: Any) -> dict[str, Any]:
    return {"id": number, "created": at(hours), "modified": at(hours), "status": "Open", "tax": None} | more


def kept(
    warehouse: Warehouse, hours: float = 1_000, **tables: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    for name in DERIVATION.needs:
        if warehouse.handle_of(name) is None or name.replace("/", "_") in tables:
            store(warehouse, name, *tables.get(name.replace("/", "_"), ()))
    derive(warehouse, DERIVATION, company="EUR", now=START + timedelta(hours=hours))
    handle = warehouse.handle_of("analytics/times")
    assert handle is not None
    return {row["order_id"]: row for row in handle.pandas().to_dict("records")}


def asked(order: str, hours: float, box: str = "") -> dict[str, Any]:
    return {"order_id": order, "box_key": box or f"box-{order}", "asked": at(hours)}


def test_from_the_deal_to_the_bank(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    row = kept(
        warehouse,
        infor_sales_orders=[sale("SO-1", 1, status="Shipped", modified=at(30))],
        ledger_requests=[asked("SO-1", 0.5)],
        streak_deals=[{"key": "box-SO-1", "milestone": "order", "stage_changed": at(0)}],
        infor_invoices=[
            {"id": f"I-{n}", "order_id": "SO-1", "created": at(hours), "balance": "0"}
            for n, hours in ((1, 40), (2, 90))
        ],
        infor_payments=[
            {"id": f"P-{n}", "invoice_id": f"I-{n}", "created": at(hours)}
            for n, hours in ((1, 100), (2, 200))
        ],
    )["SO-1"]
    assert [row[name] for name in ("won", "ordered", "delivered", "invoiced", "paid")] == [
        START + timedelta(hours=hours) for hours in (0, 1, 30, 40, 200)
    ]
    assert (row["by_hand"], row["week"]) == (False, "2026-W10")
    assert by_week(warehouse) == {
        "won to ordered": [("2026-W10", 1.0, 1)],
        "ordered to delivered": [("2026-W10", 29.0, 1)],
        "delivered to invoiced": [("2026-W10", 10.0, 1)],
        "won to invoiced": [("2026-W10", 40.0, 1)],
        "invoiced to paid": [("2026-W10", 160.0, 1)],
    }


def test_what_was_seen_first_stays(tmp_path: Path) -> None:
    """The deal moved on to the next stage, and somebody edited the order after it was shipped."""
    warehouse = opened(tmp_path)
    deal = {"key": "box", "milestone": "order", "stage_changed": at(0)}
    link = {"kind": "order", "streak_key": "box", "erp_key": "SO-1"}
    shipped = sale("SO-1", 5, status="Shipped", modified=at(6))
    kept(warehouse, infor_sales_orders=[shipped], ledger_links=[link], streak_deals=[deal])
    moved = {**deal, "milestone": "invoice", "stage_changed": at(50)}
    row = kept(warehouse, infor_sales_orders=[shipped | {"modified": at(60)}], streak_deals=[moved])["SO-1"]
    assert (row["won"], row["delivered"]) == (START, START + timedelta(hours=6))


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        ([line(quantity="2", delivered="2")], True),
        ([line(quantity="2", delivered="1")], False),
        ([line(quantity="2", delivered=None)], False),
        ([], False),
    ],
)
def test_delivered_is_when_nothing_is_left_to_deliver(lines: list[Any], gone: bool, tmp_path: Path) -> None:
    row = kept(opened(tmp_path), infor_sales_orders=[sale("SO-1", 0, lines=lines)])["SO-1"]
    assert (row["delivered"] == START) is gone


def test_an_erp_that_does_not_say_when_is_looked_at_now(tmp_path: Path) -> None:
    one = sale("SO-1", 0, status="Shipped", modified="0001-01-01T00:00:00+00:00")
    assert kept(opened(tmp_path), hours=7, infor_sales_orders=[one])["SO-1"][
        "delivered"
    ] == START + timedelta(hours=7)


def test_what_is_open_again_is_not_paid(tmp_path: Path) -> None:
    row = kept(
        opened(tmp_path),
        infor_sales_orders=[sale("SO-1", 0)],
        infor_invoices=[{"id": "I", "order_id": "SO-1", "created": at(1), "balance": "0.01"}],
        infor_payments=[{"id": "P", "invoice_id": "I", "created": at(2)}],
    )["SO-1"]
    assert pandas.isna(row["paid"])


def test_an_order_of_the_same_day_took_no_time_below_zero(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    day = {"id": "SO-1", "created": None, "order_date": "2026-03-02", "status": "Open", "tax": None}
    kept(warehouse, infor_sales_orders=[day], ledger_requests=[asked("SO-1", 0)])
    assert by_week(warehouse)["won to ordered"] == [("2026-W10", 0.0, 1)]


def test_ours_beside_those_typed_by_hand_and_after_beside_before(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    numbers = range(1, 11)
    deals = [{"key": f"box-SO-{n}", "milestone": "order", "stage_changed": at(200 * n)} for n in numbers]
    by_hand = [sale(f"SO-{n}", 200 * n + 10) for n in numbers if n <= 5]
    ours = [sale(f"SO-{n}", 200 * n + n - 5) for n in numbers if n > 5]
    kept(
        warehouse,
        infor_sales_orders=[*by_hand, *ours],
        ledger_requests=[asked(f"SO-{n}", 200 * n) for n in numbers if n > 5],
        ledger_links=[
            {"kind": "order", "streak_key": f"box-SO-{n}", "erp_key": f"SO-{n}"} for n in numbers if n <= 5
        ],
        streak_deals=deals,
    )
    expected = Faster("won to ordered", Pace(5, 10.0, 10.0), Pace(5, 3.0, pytest.approx(4.6)))
    assert by_hand_and_not(warehouse)[0] == expected
    assert expected.change == pytest.approx(-0.7)
    since = (START + timedelta(hours=1_150)).date()
    assert before_and_after(warehouse, since)[0] == expected
    (nobody, *_) = before_and_after(warehouse, date(2020, 1, 1))
    assert nobody.first is None and nobody.change is None
