"""Tables in a folder whose name means something to DuckDB or to an address."""

from pathlib import Path

import pytest

from streak_infor_orchestration.analytics.streak_tables import PIPELINES
from streak_infor_orchestration.analytics.warehouse import Warehouse

ROW = {"key": "a", "name": "Sales", "team_key": "t", "stages": 1, "fields": 2}


@pytest.mark.parametrize(
    "name", ["p%41", "a b", "ü", "q#1", "w?x", "it's", 'say "x"', "a[1]", "st*r", "b{a,b}", "back\\slash"]
)
def test_a_table_is_written_merged_and_read(name: str, tmp_path: Path) -> None:
    warehouse = Warehouse(str(tmp_path / name / "tables"), tmp_path / name / "work")
    for key in ("a", "b"):
        delta = warehouse.delta(PIPELINES)
        delta.add([ROW | {"key": key}])
        warehouse.publish(delta)
    handle = warehouse.handle(PIPELINES)
    assert handle is not None
    assert sorted(handle.pandas()["key"]) == ["a", "b"]
    assert (tmp_path / name / "tables" / "streak" / "pipelines.parquet").exists()
