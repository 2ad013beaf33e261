"""docs/operations.md is a runbook: its commands exist, and its way back from a backup is walked."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import backup as backup_command
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.backup import FILES, backup
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.retention import LIVES
from streak_infor_orchestration.ledger.schema import inbox_metadata, ledger_metadata
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.command_line import refused

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = re.findall(
    r"^(streak-infor [^#\n]*)", "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)), re.MULTILINE
)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    assert refused(line) == ""


@pytest.mark.parametrize(
    "line", ["streak-infor swep", "streak-infor dead-letters", "streak-infor sweep --half"]
)
def test_the_check_of_commands_can_fail(line: str) -> None:
    assert refused(line)


def test_every_metric_of_the_page_is_one(tmp_path: Path) -> None:
    store = Store.open(None, tmp_path, clock=Clock())
    store.pauses.pause("infor", "503", 15.0)
    families = {family.name for family in Metrics(store).registry.collect()}
    store.close()
    assert set(re.findall(r"streak_infor_\w+", PAGE)) <= families


def test_the_life_of_every_table_is_told() -> None:
    told = dict(re.findall(r"^\| `(sio_\w+)` \| (.*) \|$", PAGE, re.MULTILINE))
    assert told == LIVES
    assert sorted(told) == sorted([*inbox_metadata.tables, *ledger_metadata.tables])


def test_a_backup_is_whole_while_the_gateway_writes_and_replaces_no_other(tmp_path: Path) -> None:
    state, copies = tmp_path / "state", tmp_path / "copies" / "today"
    store = Store.open(None, state, clock=Clock())
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", f"b{n}") for n in range(200)])
    assert backup(state, copies) == [copies / name for name in FILES]
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "later")])
    store.close()
    for name in FILES:
        with closing(sqlite3.connect(copies / name)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    restored = Store.open(None, copies, clock=Clock())
    assert restored.inbox.pending("deal", "b199") and not restored.inbox.pending("deal", "later")
    restored.close()
    with pytest.raises(FileExistsError):
        backup(state, copies)
    with pytest.raises(FileNotFoundError):
        backup(tmp_path / "nowhere", tmp_path / "copies" / "nothing")


def test_the_command_says_where_the_copies_are_and_what_to_do_with_postgres(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(None, tmp_path / "state", clock=Clock()).close()
    environment = {"STREAK_INFOR_STATE_DIR": str(tmp_path / "state")}
    monkeypatch.setattr(backup_command, "wiring", lambda: Wiring(environment))
    said = CliRunner().invoke(backup_command.command, [str(tmp_path / "copy")])
    assert said.exit_code == 0 and str(tmp_path / "copy" / "ledger.db") in said.output
    again = CliRunner().invoke(backup_command.command, [str(tmp_path / "copy")])
    assert again.exit_code == 1 and "folder of its own" in again.output
    environment["STREAK_INFOR_DATABASE_URL"] = "postgresql://db.example/streak"
    assert "pg_dump" in CliRunner().invoke(backup_command.command, ["elsewhere"]).output
