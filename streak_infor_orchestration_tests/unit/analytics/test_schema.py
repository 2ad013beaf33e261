"""Which rows a table takes, and what DuckDB is told of its columns."""

from typing import Any

import pytest

from streak_infor_orchestration.analytics.schema import EntityTable, table
from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration_tests.unit.analytics.rows import line, row

BILLS: EntityTable = table(
    "test/bills", "For this test.", "id text Number\namount amount Amount", key="id amount"
)


@pytest.mark.parametrize("amount", ["0", "-1", "999999999999", "0.123456", "0.1234560000", "-12.50", None])
def test_an_amount_that_is_kept_to_the_last_digit_is_taken(amount: str | None) -> None:
    BILLS.check({"id": "1", "amount": amount})


@pytest.mark.parametrize(
    "amount",
    ["1000000000000", "0.1234567", "1.", ".5", "1e3", "+1", "1,5", " 1", "1\n", "٣", "NaN", 1, 1.5, True],
)
def test_any_other_is_refused_with_its_column(amount: Any) -> None:
    with pytest.raises(Rejected, match=r"^test/bills: the amount in amount has more") as refused:
        BILLS.check({"id": "1", "amount": amount})
    assert (refused.value.code, refused.value.field) == ("not_exact", "amount")


def test_a_rate_that_is_quoted_the_other_way_round_keeps_its_digits() -> None:
    rates = TABLES["infor/exchange_rates"]
    rates.check(row("infor/exchange_rates", rate="0.00615763546798"))
    with pytest.raises(Rejected, match=r"the rate in rate has more than twenty digits"):
        rates.check(row("infor/exchange_rates", rate="0.1234567890123456789"))


@pytest.mark.parametrize("part", ["quantity", "price", "discount", "tax", "total"])
def test_every_amount_of_a_line_is_held_to_it(part: str) -> None:
    orders = TABLES["infor/sales_orders"]
    orders.check(row("infor/sales_orders", lines=[line(**{part: "1.000000"}), line(**{part: None})]))
    with pytest.raises(Rejected) as refused:
        orders.check(row("infor/sales_orders", lines=[line(), line(**{part: "1.0000001"})]))
    assert refused.value.field == f"lines.{part}"


@pytest.mark.parametrize(
    ("cells", "odd"), [({"id": "1"}, "amount"), ({"id": "1", "amount": "1", "tax": "1"}, "tax")]
)
def test_a_row_with_other_columns_is_refused_naming_them(cells: dict[str, Any], odd: str) -> None:
    with pytest.raises(Rejected, match=f"differs from its table in {odd}$") as refused:
        BILLS.check(cells)
    assert refused.value.code == "other_columns"


def test_sql_is_told_names_keys_and_types() -> None:
    assert (BILLS.view, BILLS.sql_columns, BILLS.sql_key) == (
        "test.bills",
        '"id", "amount"',
        '"id", "amount"',
    )
    assert [column.sql for column in BILLS.columns] == ["VARCHAR", "DECIMAL(18,6)"]
    boxes = {column.name: column.sql for column in TABLES["streak/boxes"].columns}
    assert boxes["fields"] == "MAP(VARCHAR, VARCHAR)" and boxes["contacts"] == "VARCHAR[]"
    assert boxes["saved"] == "TIMESTAMP WITH TIME ZONE" and boxes["version"] == "BIGINT"


def test_every_table_names_columns_it_has_and_comes_after_those_it_refers_to() -> None:
    before: set[str] = set()
    for name, known in TABLES.items():
        columns = {column.name for column in known.columns}
        assert {*known.key, *filter(None, (known.changed, known.scope))} <= columns, name
        assert set(known.refers_to) <= before, f"{name} is read before what it refers to"
        assert known.parent is None or (known.scope and known.parent in known.refers_to), name
        assert not known.windows or known.changed, name
        before.add(name)
