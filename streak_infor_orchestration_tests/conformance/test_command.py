"""`streak-infor conformance` as an administrator gives it, on both simulators."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.conformance.suites import ERP, STREAK
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import (
    acme,
    credentials,
    fresh_process,
    make_world,
    world,
)
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "world"]

Command = Callable[..., Result]
CONFIRMED = "--yes-these-are-sandboxes"


@pytest.fixture
def command(world: World, fresh_process: Callable[..., Wiring], tmp_path: Path) -> Command:
    """Configured by a file and the environment, without a budget that would make the checks wait."""
    yaml = text("facade").replace("https://erp.example.com/infor/api/v1", world.company.infor_url)
    file = tmp_path / "integration.yaml"
    file.write_text(yaml + "\nlimits: {streak: {per_second: 500}, erp: {per_second: 500}}\n")
    fresh_process(world.clock, STREAK_INFOR_CONFIG=str(file), **credentials(world.company))

    def run(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(_group, ["conformance", *words])
        assert result.exit_code == code, f"{result.exit_code}: {result.output}{result.exception!r}"
        return result

    return run


def test_each_check_has_one_line_and_nothing_is_written(command: Command, world: World) -> None:
    before = world.company.calls()
    lines = command("--read-only").stdout.splitlines()
    checks = [check for suite in (STREAK, ERP) for check in suite.checks if not check.writes]
    assert len(lines) == len(checks) + 1
    for check, line in zip(checks, lines, strict=False):
        assert line.startswith(("PASS ", "NOT APPLICABLE "))
        assert f"{check.name} ({check.contract})" in line
    assert "0 fail" in lines[-1]
    sent = world.company.calls()[len(before) :]
    assert [call for call in sent if not call.startswith("GET ") and "/oauth/token" not in call] == []


def test_writing_asks_first_and_does_nothing(command: Command, world: World) -> None:
    before = world.company.calls()
    refused = command("--write", code=2)
    assert CONFIRMED in refused.output
    assert "one ERP customer" in refused.output
    assert "--read-only" in command(code=2).output
    assert world.company.calls() == before


def test_what_is_left_behind_is_said_and_bears_the_runs_name(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    told = json.loads(command("--write", CONFIRMED, "--json", "--report", str(page)).stdout)
    assert {outcome["verdict"] for outcome in told["outcomes"]} <= {"pass", "not applicable"}
    assert {record["kind"] for record in told["left"]} == {
        "customer",
        "contact",
        "invoice",
        "sales order",
    }
    html = page.read_text()
    assert f"Run {told['run_id']}" in html
    for record in told["left"]:
        assert record["id"] in html


def test_no_box_goes_where_a_running_integration_would_order_it(
    command: Command, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[str] = []
    create, update = StreakClient.create_box, StreakClient.update_box

    def created(client: StreakClient, *what: Any) -> Box:
        visited.append(what[2])
        return create(client, *what)

    def updated(client: StreakClient, *what: Any, **named: Any) -> Box:
        visited.extend(filter(None, [named.get("stage")]))
        return update(client, *what, **named)

    monkeypatch.setattr(StreakClient, "create_box", created)
    monkeypatch.setattr(StreakClient, "update_box", updated)
    command("--write", CONFIRMED, "--system", "streak")
    assert len(visited) == 2
    assert set(visited) <= {*world.config.stages.before, *world.config.stages.lost}


def test_a_check_that_fails_is_red_with_what_to_do(command: Command, world: World, tmp_path: Path) -> None:
    fault = {"kind": "status", "status": 200, "path": "/vendors", "times": None, "body": {"Items": "<none>"}}
    world.company.infor_twin.post("/faults", json=fault).raise_for_status()
    page = tmp_path / "report.html"
    told = command("--read-only", "--system", "infor", "--report", str(page), code=1).stdout
    red = [line for line in told.splitlines() if line.startswith("FAIL ")]
    assert red
    assert all("vendors" in line and " -> " in line for line in red)
    assert "streak" not in told
    assert "sort by ModifiedAt" in page.read_text()


def test_an_unknown_product_to_order_is_told(command: Command) -> None:
    told = command("--write", CONFIRMED, "--system", "infor", "--sku", "NO-SUCH").stdout
    assert "no product with a price to order: name one with --sku" in told
