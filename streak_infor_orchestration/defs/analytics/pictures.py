"""What Dagster shows of the derived tables: sums, bars, and the records to look at. Numbers and keys alone: it is kept
longer than anybody's name may be."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import dagster as dg

from streak_infor_orchestration.analytics.bars import Bar, bars
from streak_infor_orchestration.defs.table_metadata import drawn
from streak_infor_orchestration.domain.money import plain, round_money

if TYPE_CHECKING:
    from streak_infor_orchestration.analytics.warehouse import Warehouse

Metadata = dict[str, dg.MetadataValue]


def pictures(warehouse: "Warehouse", table: str, company: str) -> Metadata:
    """Of one of the derived tables, as it is now; nothing of those that have none."""
    draw = _PICTURES.get(table)
    return draw(warehouse, company) if draw else {}


def _amounts(warehouse: "Warehouse", company: str) -> Metadata:
    from streak_infor_orchestration.analytics.order_to_cash.look import AMOUNTS, STILL, explained

    told = explained(warehouse)
    shown = ("asked", *AMOUNTS, *STILL, "unexplained")
    causes = [
        name
        for name in (told.currencies[0] if told.currencies else ())
        if name.startswith(("ordered_", "invoiced_", "paid_", "rounding_"))
    ]
    return {
        "orders": dg.MetadataValue.int(told.orders),
        "orders with amounts without a cause": dg.MetadataValue.int(told.unexplained),
        "amounts by currency": _table(told.currencies, ("currency", "orders", *shown)),
        "causes by currency": _table(told.currencies, ("currency", *causes)),
        "without a cause": _table(told.first, ("order_id", "box_key", "currency", *AMOUNTS, "unexplained")),
        "picture": drawn(
            [
                bars(
                    f"{row['currency']}: {row['orders']} orders",
                    [
                        Bar(
                            name,
                            float(row[name] or 0),
                            _said(row[name], row["currency"]),
                            _tone(name, row[name]),
                        )
                        for name in shown
                    ],
                )
                for row in told.currencies[:4]
            ]
        ),
    }


def _tone(name: str, amount: Decimal | None) -> str:
    if name == "unexplained":
        return "bad" if amount else "good"
    return "plain" if name in ("asked", "ordered", "invoiced", "paid", "balance") else "quiet"


def _customers(warehouse: "Warehouse", company: str) -> Metadata:
    from streak_infor_orchestration.analytics.customer_360.look import AGES, owing

    told = owing(warehouse)
    return {
        "customers": dg.MetadataValue.int(told.customers),
        "customers with a risk": dg.MetadataValue.int(told.at_risk),
        "who owes most": _table(told.first, ("customer_key", "balance", *AGES, "orders", "open_deals")),
        "picture": drawn(
            [
                bars(
                    f"Owed, by age ({company})",
                    [
                        Bar(label, float(told.ages[name]), _said(told.ages[name], company), tone)
                        for (name, label), tone in zip(
                            AGES.items(), ("good", "plain", "quiet", "bad", "bad"), strict=True
                        )
                    ],
                )
            ]
        ),
    }


def _weeks(warehouse: "Warehouse", company: str) -> Metadata:
    from streak_infor_orchestration.analytics.times.compare import by_hand_and_not, by_week

    weeks, faster = by_week(warehouse), by_hand_and_not(warehouse)
    return {
        "by hand and not": _table(
            [
                {
                    "step": one.step,
                    "by hand, median hours": _hours(one.first.median) if one.first else "",
                    "ours, median hours": _hours(one.second.median) if one.second else "",
                    "change": "" if one.change is None else f"{one.change:+.0%}",
                }
                for one in faster
            ],
            ("step", "by hand, median hours", "ours, median hours", "change"),
        ),
        "picture": drawn(
            [
                bars(
                    f"{step}: median hours by week",
                    [Bar(week, hours, f"{_hours(hours)} h · {orders}") for week, hours, orders in rows],
                )
                for step, rows in weeks.items()
            ]
        ),
    }


_PICTURES: dict[str, Callable[["Warehouse", str], Metadata]] = {
    "analytics/order_to_cash": _amounts,
    "analytics/customer_360": _customers,
    "analytics/times_by_week": _weeks,
}


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> dg.MetadataValue:
    return dg.MetadataValue.table(
        [dg.TableRecord({name: _cell(row[name], row) for name in columns}) for row in rows],
        schema=dg.TableSchema([dg.TableColumn(name) for name in columns]),
    )


def _cell(value: object, row: Mapping[str, Any]) -> str:
    if isinstance(value, Decimal):
        return plain(round_money(value, row.get("currency", "")) if value == round(value, 4) else value)
    return "" if value is None else str(value)


def _said(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f"{plain(round_money(amount, currency))} {currency}"


def _hours(hours: float) -> str:
    return f"{hours:.2f}" if hours < 10 else f"{hours:.0f}"
