"""A table as it is handed around: what is shown of it, and the local copy of one that is elsewhere."""

from decimal import Decimal
from pathlib import Path

from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration_tests.unit.analytics.rows import opened, store


def handle(warehouse: Warehouse, name: str) -> TableHandle:
    found = warehouse.handle_of(name)
    assert found is not None
    return found


def test_the_records_changed_last_are_shown_first(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    days = (3, 7, 1, 5, 2, 6, 4)
    store(
        warehouse, "infor/vendors", *({"id": f"V-{d}", "modified": f"2026-03-0{d}T00:00:00Z"} for d in days)
    )
    assert [r["id"] for r in handle(warehouse, "infor/vendors").preview()] == [
        "V-7",
        "V-6",
        "V-5",
        "V-4",
        "V-3",
    ]
    assert [r["id"] for r in handle(warehouse, "infor/vendors").preview(rows=1)] == ["V-7"]


def test_without_a_change_they_are_shown_by_their_keys(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    store(warehouse, "streak/pipelines", *({"key": key} for key in "cab"))
    assert [r["key"] for r in handle(warehouse, "streak/pipelines").preview()] == ["a", "b", "c"]


def test_what_is_shown_is_text_shortened_and_never_obeyed(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    record = {"id": "x" * 61, "name": "Ada", "currency": "y" * 60, "status": "\x1b[31m", "created": None}
    store(warehouse, "infor/vendors", record)
    (shown,) = handle(warehouse, "infor/vendors").preview()
    assert shown["id"] == "x" * 61, "a key is of use when it is whole"
    assert shown["currency"] == "y" * 60
    assert shown["status"] == "\\u001b[31m"
    assert shown["created"] == ""
    assert "Ada" not in str(shown), "what people are called is nobody's who looks at a run"
    store(warehouse, "infor/vendors", {**record, "status": "z" * 61, "currency": "\x1b" * 60})
    (shown,) = handle(warehouse, "infor/vendors").preview()
    assert shown["status"] == "z" * 59 + "…"
    assert len(shown["currency"]) == 60 and "\x1b" not in shown["currency"]


def test_amounts_are_shown_as_people_write_them(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    amounts = {"a": "617.3", "b": "-0.123450", "c": "40", "d": "0"}
    store(warehouse, "infor/payments", *({"id": key, "amount": amount} for key, amount in amounts.items()))
    shown = {r["id"]: r["amount"] for r in handle(warehouse, "infor/payments").preview()}
    assert shown == {"a": "617.30", "b": "-0.12345", "c": "40.00", "d": "0.00"}


def test_people_get_decimals_and_as_many_rows_as_they_ask_for(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    store(warehouse, "infor/payments", *({"id": f"{n}", "amount": "0.10"} for n in range(3)))
    table = handle(warehouse, "infor/payments")
    assert len(table.pandas(limit=2)) == 2
    assert sum(table.pandas()["amount"]) == Decimal("0.30")


def test_one_that_is_elsewhere_is_fetched_once_for_each_state_of_it(tmp_path: Path) -> None:
    warehouse = Warehouse(f"memory://elsewhere{tmp_path}", tmp_path / "work")
    store(warehouse, "infor/vendors", {"id": "V-1"})
    first = handle(warehouse, "infor/vendors").local()
    fetched = first.stat().st_mtime_ns
    assert handle(warehouse, "infor/vendors").local() == first
    assert first.stat().st_mtime_ns == fetched, "not again"
    store(warehouse, "infor/products", {"id": "P-1"})
    other = handle(warehouse, "infor/products").local()
    store(warehouse, "infor/vendors", {"id": "V-1", "name": "another length"})
    second = handle(warehouse, "infor/vendors").local()
    assert second != first and not first.exists(), "the older copy is gone"
    assert other.exists(), "and another table's is not"
    assert handle(warehouse, "infor/vendors").pandas()["name"].tolist() == ["another length"]


def test_another_process_fetches_it_into_a_folder_of_its_own(tmp_path: Path) -> None:
    store(Warehouse(f"memory://shared{tmp_path}", tmp_path / "work"), "infor/vendors", {"id": "V-1"})
    there = handle(Warehouse(f"memory://shared{tmp_path}", tmp_path / "not" / "yet"), "infor/vendors")
    stat = there.path.stat()
    local = there.local()
    assert local == tmp_path / "not/yet/cache" / f"infor.vendors-{stat.st_mtime}-{stat.st_size}.parquet"
    assert there.pandas()["id"].tolist() == ["V-1"]


def test_what_was_written_beside_the_rows(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    store(warehouse, "infor/vendors", {"id": "V-1"}, {"id": "V-2"})
    store(warehouse, "infor/vendors", {"id": "V-1", "name": "x"}, {"id": "V-3"}, {"id": "V-4"})
    with engine(tmp_path) as connection:
        assert handle(warehouse, "infor/vendors").facts(connection) == {
            "rows": 3,
            "rows_before": 2,
            "added": 2,
            "updated": 1,
            "removed": 1,
            "contradictions": 0,
        }


def test_there_is_none_before_it_was_written(tmp_path: Path) -> None:
    assert opened(tmp_path).handle_of("infor/vendors") is None


def test_the_engine_is_bounded_in_utc_and_downloads_nothing(tmp_path: Path) -> None:
    with engine(tmp_path) as connection:
        asked = (
            "memory_limit threads TimeZone autoinstall_known_extensions autoload_known_extensions"
            " preserve_insertion_order temp_directory"
        ).split()
        found = [
            connection.execute(f"SELECT current_setting({quoted(name)})").fetchall()[0][0] for name in asked
        ]
        assert found == ["244.1 MiB", 2, "UTC", False, False, False, str(tmp_path)]
        assert connection.execute(f"SELECT {quoted('it' + chr(39) + 's')}").fetchall() == [("it's",)]
