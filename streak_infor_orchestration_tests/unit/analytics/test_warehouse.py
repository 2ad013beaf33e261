"""A table is merged from what it was and what was read, to the last digit, and put in its place in one move."""

import grp
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from streak_infor_orchestration.analytics import warehouse as module
from streak_infor_orchestration.analytics.schema import EntityTable, table
from streak_infor_orchestration.analytics.warehouse import Published, Warehouse
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected

PAYMENTS: EntityTable = table(
    "test/payments",
    "For this test.",
    """
    id text Number
    amount amount Amount
    invoice text Invoice
    changed instant When it was changed
    """,
    changed="changed",
    scope="invoice",
)


def payment(
    id: str, amount: str = "1.10", *, changed: str = "2026-01-01T00:00:00Z", invoice: str = "I-1"
) -> dict:
    return {"id": id, "amount": amount, "invoice": invoice, "changed": changed}


@pytest.fixture(params=["folder", "elsewhere"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Warehouse:
    """In a folder, and where only fsspec reaches."""
    root = str(tmp_path / "tables") if request.param == "folder" else f"memory://bucket{tmp_path}/tables"
    return Warehouse(root, tmp_path / "work")


def publish(warehouse: Warehouse, *rows: dict, scopes: tuple[str, ...] = (), **options: object) -> Published:
    delta = warehouse.delta(PAYMENTS, **options)
    delta.add(rows)
    if scopes:
        delta.add_scopes(scopes)
    published = warehouse.publish(delta)
    delta.discard()
    return published


def content(warehouse: Warehouse) -> dict[str, Decimal]:
    handle = warehouse.handle(PAYMENTS)
    assert handle is not None
    return {row["id"]: row["amount"] for row in handle.pandas().to_dict("records")}


def test_a_change_replaces_adds_and_keeps(warehouse: Warehouse) -> None:
    publish(warehouse, payment("1"), payment("2"))
    assert publish(warehouse, payment("2", "2.00"), payment("3")) == Published(3, 2, 1, 1, 0, 0)
    assert content(warehouse) == {"1": Decimal("1.10"), "2": Decimal("2.00"), "3": Decimal("1.10")}


def test_the_whole_replaces_all(warehouse: Warehouse) -> None:
    publish(warehouse, payment("1"), payment("2"))
    assert publish(warehouse, payment("2"), whole=True) == Published(1, 2, 0, 0, 1, 0)


def test_a_scope_replaces_its_own_even_by_nothing(warehouse: Warehouse) -> None:
    publish(warehouse, payment("1"), payment("2", invoice="I-2"))
    assert publish(warehouse, scopes=("I-1",)) == Published(1, 2, 0, 0, 1, 0)
    assert set(content(warehouse)) == {"2"}


def test_of_several_with_one_key_the_last_to_arrive_counts(warehouse: Warehouse) -> None:
    published = publish(
        warehouse,
        payment("1", "1.00"),
        payment("1", "2.00", changed="2026-01-02T00:00:00Z"),
        payment("2"),
        payment("2"),
    )
    assert (published.rows, published.contradictions) == (2, 0)
    assert content(warehouse)["1"] == Decimal("2.00")


def test_two_records_of_one_key_and_one_moment_contradict_each_other(warehouse: Warehouse) -> None:
    assert publish(warehouse, payment("1", "1.00"), payment("1", "2.00")).contradictions == 1


def test_an_amount_is_kept_to_the_last_digit(warehouse: Warehouse) -> None:
    amounts = {"1": "999999999999.999999", "2": "0.000001", "3": "-0.10", "4": "0.1000000"}
    publish(warehouse, *(payment(id, amount) for id, amount in amounts.items()))
    assert content(warehouse) == {id: Decimal(amount) for id, amount in amounts.items()}


@pytest.mark.parametrize("amount", ["0.0000001", "1000000000000.00", "1e3", 1.1, ""])
def test_an_amount_that_would_be_rounded_is_refused(amount: object) -> None:
    with pytest.raises(Rejected, match="amount"):
        PAYMENTS.check({**payment("1"), "amount": amount})


def test_a_row_of_another_table_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(Rejected, match="colour"):
        publish(warehouse, {**payment("1"), "colour": "red"})


def test_a_question_in_sql_is_answered_in_decimals(warehouse: Warehouse) -> None:
    publish(warehouse, *(payment(str(number), "0.10") for number in range(10)))
    handle = warehouse.handle(PAYMENTS)
    assert handle is not None
    assert handle.relation().sum("amount").fetchall() == [(Decimal("1.00"),)]


def test_text_of_any_kind_survives(warehouse: Warehouse) -> None:
    odd = 'O\'Neill "& Söhne"\n\\ \u2028 {} 🙂'
    publish(warehouse, payment("1", invoice=odd))
    handle = warehouse.handle(PAYMENTS)
    assert handle is not None and handle.pandas()["invoice"].tolist() == [odd]


def test_what_a_process_that_died_had_read_is_swept_up(tmp_path: Path) -> None:
    warehouse = Warehouse(str(tmp_path / "tables"), tmp_path / "work")
    abandoned, under_way = warehouse.delta(PAYMENTS), warehouse.delta(PAYMENTS)
    os.utime(abandoned.folder, (0, 0))
    warehouse.delta(PAYMENTS)
    assert not abandoned.folder.exists() and under_way.folder.exists()


def test_it_is_swept_up_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = Warehouse(str(tmp_path / "tables"), tmp_path / "work")
    older, younger = warehouse.delta(PAYMENTS), warehouse.delta(PAYMENTS)
    os.utime(older.folder, (1_000, 1_000))
    os.utime(younger.folder, (1_001, 1_001))
    monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: 1_000 + 86_400.5))
    warehouse.delta(PAYMENTS)
    assert not older.folder.exists() and younger.folder.exists()


def test_what_cannot_be_swept_up_is_in_nobodys_way(tmp_path: Path) -> None:
    warehouse = Warehouse(str(tmp_path / "tables"), tmp_path / "work")
    delta = warehouse.delta(PAYMENTS)
    stray = delta.folder.parent / "no folder"
    stray.touch()
    os.utime(stray, (0, 0))
    assert publish(warehouse, payment("1")).added == 1
    delta.discard()
    delta.discard()


def test_what_is_read_waits_where_its_table_can_be_told(tmp_path: Path) -> None:
    warehouse = Warehouse(str(tmp_path / "tables"), tmp_path / "work")
    delta = warehouse.delta(PAYMENTS)
    delta.add([payment("1")])
    delta.add_scopes(["I-1"])
    assert delta.folder.parent == tmp_path / "work/reading"
    assert delta.folder.name.startswith("test-payments-")
    assert {path.name for path in delta.folder.iterdir()} == {"rows.ndjson", "scopes.ndjson"}
    warehouse.publish(delta)
    left = {path.name for path in delta.folder.iterdir()}
    assert left == {"part-000000.parquet", "scopes.ndjson", "merged.parquet"}
    assert {path.name for path in (tmp_path / "work").iterdir() if path.is_file()} <= {"test.payments.lock"}


def test_rows_are_packed_by_twenty_thousand(tmp_path: Path) -> None:
    """So that a table of any size is never all in memory, and a small one is not written in pieces."""
    warehouse = Warehouse(str(tmp_path / "tables"), tmp_path / "work")
    delta = warehouse.delta(PAYMENTS)
    delta.add(payment(str(number)) for number in range(19_999))
    assert not list(delta.folder.glob("part-*"))
    delta.add([payment("last")])
    assert [path.name for path in delta.folder.iterdir()] == ["part-000000.parquet"]
    assert warehouse.publish(delta) == Published(20_000, 0, 20_000, 0, 0, 0)


@pytest.fixture
def alone() -> Iterator[None]:
    """As the product runs: what it makes is its user's alone."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def modes(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): oct(path.stat().st_mode & 0o777) for path in (root, *root.rglob("*"))
    }


@pytest.mark.usefixtures("alone")
def test_tables_are_their_users_alone_unless_a_group_is_let_in(tmp_path: Path) -> None:
    closed = Warehouse(str(tmp_path / "closed"), tmp_path / "work")
    publish(closed, payment("1"))
    assert modes(tmp_path / "closed") == {".": "0o700", "test": "0o700", "test/payments.parquet": "0o600"}
    ours = grp.getgrgid(os.getgid()).gr_name
    opened = Warehouse(str(tmp_path / "opened"), tmp_path / "work", group=ours)
    for number in ("1", "2"):
        publish(opened, payment(number))
        assert modes(tmp_path / "opened") == {".": "0o750", "test": "0o750", "test/payments.parquet": "0o640"}


@pytest.mark.usefixtures("alone")
def test_a_group_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="nobody-of-this-name") as told:
        publish(Warehouse(str(tmp_path / "t"), tmp_path / "work", group="nobody-of-this-name"), payment("1"))
    assert told.value.code == "tables_group" and told.value.field == "STREAK_INFOR_TABLES_GROUP"


def test_a_table_that_an_older_release_wrote_is_outdated_and_written_anew(warehouse: Warehouse) -> None:
    """A column came since: what the old rows do not say must not be taken for empty."""
    publish(warehouse, payment("1"))
    assert not warehouse.is_outdated(PAYMENTS)
    newer = table(
        PAYMENTS.name, "", "id text Number\namount amount Amount\nmethod text Method", changed="amount"
    )
    assert warehouse.is_outdated(newer)
    delta = warehouse.delta(newer, whole=True)
    delta.add([{"id": "2", "amount": "2.00", "method": "cash"}])
    assert warehouse.publish(delta) == Published(1, 0, 1, 0, 0, 0)
    assert not warehouse.is_outdated(newer) and warehouse.is_outdated(PAYMENTS)


def test_a_table_that_is_not_there_is_not_outdated(warehouse: Warehouse) -> None:
    assert not warehouse.is_outdated(PAYMENTS)
