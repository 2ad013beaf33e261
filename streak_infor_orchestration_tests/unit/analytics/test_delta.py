"""What was read and what it says it knows all about: windows, scopes, portions, the last of several."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streak_infor_orchestration.analytics import rows_on_disk
from streak_infor_orchestration.analytics.schema import Window
from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.analytics.warehouse import Published, Warehouse
from streak_infor_orchestration_tests.unit.analytics.rows import opened, row, store

MARCH, APRIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return opened(tmp_path)


def keys(warehouse: Warehouse, table: str) -> list[str]:
    handle = warehouse.handle_of(table)
    assert handle is not None
    return sorted(handle.pandas()[TABLES[table].key[0]])


def test_a_window_replaces_what_was_changed_from_its_start_up_to_its_end(warehouse: Warehouse) -> None:
    moments = {"before": MARCH - MOMENT, "first": MARCH, "last": APRIL - MOMENT, "next": APRIL}
    store(warehouse, "infor/vendors", *({"id": n, "modified": m.isoformat()} for n, m in moments.items()))
    assert store(warehouse, "infor/vendors", whole=False, window=Window(MARCH, APRIL)) == Published(
        2, 4, 0, 0, 2, 0
    )
    assert keys(warehouse, "infor/vendors") == ["before", "next"]


def test_a_record_whose_change_is_not_known_is_in_no_window(warehouse: Warehouse) -> None:
    store(warehouse, "infor/vendors", {"id": "V-1", "modified": None})
    store(warehouse, "infor/vendors", whole=False, window=Window(MARCH, APRIL))
    assert keys(warehouse, "infor/vendors") == ["V-1"]


def test_window_and_scopes_each_replace_their_own(warehouse: Warehouse) -> None:
    store(warehouse, "streak/boxes", {"key": "b"}, {"key": "c"})
    store(
        warehouse,
        "streak/tasks",
        *({"key": n, "box_key": b} for n, b in (("1", "b"), ("2", "b"), ("3", "c"))),
    )
    delta = warehouse.delta(TABLES["streak/tasks"])
    delta.add([row("streak/tasks", key="2", box_key="b", text="new")])
    delta.add_scopes(["b"])
    assert warehouse.publish(delta) == Published(2, 3, 0, 1, 1, 0)
    assert keys(warehouse, "streak/tasks") == ["2", "3"]


def test_what_belongs_to_a_parent_that_is_gone_goes_with_it(warehouse: Warehouse) -> None:
    store(warehouse, "streak/tasks", {"key": "1", "box_key": "b"}, {"key": "2", "box_key": "c"})
    store(warehouse, "streak/boxes", {"key": "c"})
    assert store(warehouse, "streak/tasks", whole=False) == Published(1, 2, 0, 0, 1, 0)
    assert keys(warehouse, "streak/tasks") == ["2"]


def test_only_what_changed_replaces_only_that(warehouse: Warehouse) -> None:
    store(warehouse, "infor/vendors", {"id": "V-1"}, {"id": "V-2"})
    assert store(warehouse, "infor/vendors", {"id": "V-2", "name": "x"}, whole=False) == Published(
        2, 2, 0, 1, 0, 0
    )


def test_what_would_vanish_is_known_before(warehouse: Warehouse) -> None:
    delta = warehouse.delta(TABLES["infor/vendors"], whole=True)
    assert warehouse.vanished(delta, 10) == [], "there is nothing yet"
    store(warehouse, "infor/vendors", *({"id": f"V-{n}"} for n in range(4)))
    delta = warehouse.delta(TABLES["infor/vendors"], whole=True)
    delta.add([row("infor/vendors", id="V-0")])
    assert sorted(warehouse.vanished(delta, 10)) == ["V-1", "V-2", "V-3"]
    assert len(warehouse.vanished(warehouse.delta(TABLES["infor/vendors"], whole=True), 2)) == 2
    partial = warehouse.delta(TABLES["infor/vendors"])
    assert warehouse.vanished(partial, 10) == [], "what only changed makes nothing vanish"
    assert keys(warehouse, "infor/vendors") == ["V-0", "V-1", "V-2", "V-3"], "asked, not done"


@pytest.mark.parametrize("portion", [1, 2, 3, 1000])
def test_the_last_to_arrive_counts_however_it_was_packed(
    portion: int, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_on_disk, "PORTION", portion)
    delta = warehouse.delta(TABLES["infor/vendors"], whole=True)
    for name in ("first", "second", "last"):
        delta.add([row("infor/vendors", id="V-1", name=name), row("infor/vendors", id=f"V-{name}")])
    assert delta.rows == 6
    packed = len(list(delta.folder.glob("part-*.parquet")))
    assert packed == (3 if portion <= 2 else 1 if portion == 3 else 0)
    assert warehouse.publish(delta).rows == 4
    handle = warehouse.handle_of("infor/vendors")
    assert handle is not None
    assert {r["id"]: r["name"] for r in handle.pandas().to_dict("records")}["V-1"] == "last"


def test_one_reading_that_gives_two_records_at_two_moments_is_no_contradiction(warehouse: Warehouse) -> None:
    later = (MARCH + MOMENT).isoformat()
    records = [{"id": "V-1", "modified": MARCH.isoformat()}, {"id": "V-1", "name": "x", "modified": later}]
    assert store(warehouse, "infor/vendors", *records).contradictions == 0
    assert store(warehouse, "infor/vendors", {"id": "V-1"}, {"id": "V-1"}).contradictions == 0
    assert store(warehouse, "streak/pipelines", {"key": "p"}, {"key": "p", "name": "x"}).contradictions == 1


def test_the_watermark_is_the_latest_change(warehouse: Warehouse) -> None:
    delta = warehouse.delta(TABLES["infor/vendors"])
    assert delta.watermark is None
    for moment in (MARCH, APRIL, MARCH):
        delta.seen(moment)
    assert delta.watermark == APRIL


def test_what_is_discarded_leaves_nothing(warehouse: Warehouse) -> None:
    delta = warehouse.delta(TABLES["infor/vendors"])
    delta.add([row("infor/vendors", id="V-1")])
    assert delta.folder.exists()
    delta.discard()
    assert not delta.folder.exists()


def torn(real: Callable[..., None]) -> Callable[..., None]:
    """Half of the file arrives, then the disk is full or the line is cut."""

    def put(self: object, source: str, target: str, **options: object) -> None:
        half = Path(source).read_bytes()[:100]
        with self.open(target, "wb") as file:  # type: ignore[attr-defined]  # a file system of fsspec
            file.write(half)
        raise OSError("no space left on device")

    return put


@pytest.mark.parametrize("root", ["folder", "memory"])
def test_a_file_that_arrives_in_half_is_never_the_table(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(tmp_path / "tables") if root == "folder" else f"memory://torn{tmp_path}"
    warehouse = Warehouse(address, tmp_path / "work")
    store(warehouse, "infor/vendors", {"id": "V-1"})
    with monkeypatch.context() as patch:
        system = type(warehouse.root.fs)
        patch.setattr(system, "put_file", torn(system.put_file))
        with pytest.raises(OSError, match="no space"):
            store(warehouse, "infor/vendors", {"id": "V-2"})
    assert keys(warehouse, "infor/vendors") == ["V-1"]
    store(warehouse, "infor/vendors", {"id": "V-2", "name": "of another length"})
    assert keys(warehouse, "infor/vendors") == ["V-2"]
    assert [path.name for path in (warehouse.root / "infor").iterdir()] == ["vendors.parquet"]


def test_where_nothing_changed_nothing_is_written(warehouse: Warehouse) -> None:
    store(warehouse, "infor/vendors", {"id": "V-1"})
    path = Path(warehouse.path(TABLES["infor/vendors"]).path)
    before = path.stat()
    assert store(warehouse, "infor/vendors", {"id": "V-1"}) == Published(1, 1, 0, 0, 0, 0)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    store(warehouse, "infor/vendors", {"id": "V-1", "name": "x"})
    assert path.stat().st_ino != before.st_ino


@pytest.mark.parametrize(
    ("field", "differs"),
    [("added", True), ("updated", True), ("removed", True), ("contradictions", True), ("rows", False)],
)
def test_each_kind_of_difference_is_one(field: str, differs: bool) -> None:
    counts = dict.fromkeys(("rows", "rows_before", "added", "updated", "removed", "contradictions"), 0) | {
        field: 1
    }
    assert Published(**counts).differs is differs
