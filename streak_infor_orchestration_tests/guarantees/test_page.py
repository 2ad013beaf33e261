"""docs/guarantees.md promises only what is there: its tests, commands, targets, and figures from real runs."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from streak_infor_orchestration.proof.campaign import Campaign
from streak_infor_orchestration.proof.diary import Result
from streak_infor_orchestration.proof.figures import keep, of_campaign, of_residual
from streak_infor_orchestration.proof.residual import Residual
from streak_infor_orchestration_tests.chaos import test_guards
from streak_infor_orchestration_tests.command_line import refused
from streak_infor_orchestration_tests.guarantees.page import NONE_YET, PAGE, ROOT, renewed

TEXT = PAGE.read_text(encoding="utf-8")
TESTS = Path(__file__).parents[1]
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", TEXT)))


@cache
def functions_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "test"), NAMED, ids=["::".join(filter(None, names)) for names in NAMED])
def test_every_test_that_is_named_exists(file: str, test: str) -> None:
    assert (TESTS / file).is_file()
    assert not test or test in functions_of(TESTS / file)


def test_every_control_is_named() -> None:
    controls = {name for name in vars(test_guards) if name.startswith("test_")}
    assert controls <= {test for file, test in NAMED if file == "chaos/test_guards.py"}


def test_every_command_and_target_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert (
        set(re.findall(r"\bmake ([a-z-]+)\b", "\n".join(re.findall(r"`make [^`]*`|^make .*", TEXT, re.M))))
        <= targets
    )
    for line in re.findall(r"`(streak-infor [^`]*)`", TEXT):
        assert refused(line) == "", line
    for path in re.findall(r"pytest (?:-s )?(\S+\.py)", TEXT):
        assert (ROOT / path).is_file()


def test_the_tables_are_those_of_the_files() -> None:
    assert renewed(TEXT) == TEXT, "run `make figures`"


def test_a_campaign_becomes_a_row(tmp_path: Path) -> None:
    campaign = Campaign(300, 30, 7, "sqlite", tmp_path)
    rounds = [
        Result(
            7, "sqlite", 150, orders=90, kills={"gateway": 9, "daemon": 6}, wrong={"twice": 0}, storm=60.0
        ),
        Result(8, "sqlite", 150, orders=95, kills={"gateway": 15}, wrong={"lost": 1}, findings=["lost: one"]),
    ]
    keep(of_campaign(campaign, rounds), tmp_path / "a.json")
    keep(of_residual(Residual(20, 20, 20, 20, 20, 0), 20, 1, "sqlite", "facade"), tmp_path / "b.json")
    budget = [{"what": "webhooks", "figure": 512.0, "at_least": 300.0, "at_most": None}]
    (tmp_path / "c.json").write_text(json.dumps(budget))
    sync = {"changes": 30, "at_first": 26, "noticed": 29, "share": 0.967, "unnoticed": ["one"]}
    rooms = {"sync": sync | {"day": "2026-11-30", "commit": "5a029f9"}}
    mutation = {"kind": "mutation", "seed": 1, "rooms": rooms}
    (tmp_path / "d.json").write_text(json.dumps(mutation))
    there = {"commit": "5a029f9", "day": "2026-11-30"}
    quick = {"sync": {"changes": 30, "noticed": 20, **there}, "cli": {"changes": 10, "noticed": 1, **there}}
    (tmp_path / "e.json").write_text(json.dumps({"kind": "quick", "seed": 4, "rooms": quick}))
    page = renewed(TEXT, tmp_path)
    (row,) = [line for line in page.splitlines() if "--seed 7 --database sqlite`" in line]
    assert "| 300 | 7 to 8 | 30 | 0 | 0 | 185 |" in row and "1 lost" in row and "0 twice" in row
    assert "24 gateway, 6 daemon" in page
    assert "| 20 | 20 | 20 | 20 | 20 | 0 |" in page
    assert "| sync | 1 | 30 | 26 | 29 | 97% | `5a029f9`, 2026-11-30 |" in page
    assert "| 4 | 40 | 21 | 52% | `5a029f9`, 2026-11-30 |" in page
    assert "| webhooks | 512.00 | ≥ 300 |" in page
    assert NONE_YET not in page and NONE_YET in renewed(TEXT, tmp_path / "empty")
