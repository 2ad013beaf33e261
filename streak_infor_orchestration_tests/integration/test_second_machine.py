"""Two machines on one Postgres: tables that are one's files are refused to the other, with the cure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.config.installation import FILE, installation
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.wiring import Wiring

Machine = Callable[..., Wiring]


@pytest.fixture
def machine(postgres_url: str, tmp_path: Path) -> Machine:
    def built(name: str, **more: str) -> Wiring:
        state = {"STREAK_INFOR_STATE_DIR": str(tmp_path / name), "STREAK_INFOR_DATABASE_URL": postgres_url}
        return Wiring({**state, **more})

    return built


def test_the_second_machine_is_refused_and_told_what_to_do(machine: Machine, tmp_path: Path) -> None:
    assert machine("first").warehouse.root
    with pytest.raises(Misconfigured) as refused:
        _ = machine("second").warehouse
    assert refused.value.field == "STREAK_INFOR_TABLES_URL"
    assert machine("first").warehouse.root, "it stays the first's"
    first = installation(tmp_path / "first")
    assert first in refused.value.message
    (tmp_path / "second" / FILE).write_text(first)
    assert machine("second").warehouse.root, "it took the first one's place"


def test_a_place_that_both_reach_is_anybodys(machine: Machine, tmp_path: Path) -> None:
    shared = {"STREAK_INFOR_TABLES_URL": str(tmp_path / "shared")}
    for name in ("first", "second"):
        assert str(machine(name, **shared).warehouse.root) == str(tmp_path / "shared")


def test_on_sqlite_there_is_no_second_machine(tmp_path: Path) -> None:
    for name in ("first", "second"):
        alone = Wiring({"STREAK_INFOR_STATE_DIR": str(tmp_path / name)})
        assert alone.warehouse.root
        assert not (tmp_path / name / FILE).exists()


def test_an_installation_keeps_its_name(tmp_path: Path) -> None:
    name = installation(tmp_path)
    assert installation(tmp_path) == name and "/" in name
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
