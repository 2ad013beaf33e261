"""Ctrl-C ends a command in one line, with how to go on where there is something to go on with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streak_infor_orchestration.cli import INTERRUPTED, _group
from streak_infor_orchestration.cli import demo as demo_module
from streak_infor_orchestration.proof.campaign import Campaign
from streak_infor_orchestration.proof.round import Plan
from streak_infor_orchestration.stack import Stack


@pytest.fixture(autouse=True)
def interrupted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As soon as something of a command takes long."""

    def play(campaign: Campaign, plan: Plan, tell: Callable[[str], None]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Campaign, "play", play)
    monkeypatch.chdir(tmp_path)


def ran(*words: str) -> Result:
    return CliRunner().invoke(_group, words, prog_name="streak-infor")


def test_a_campaign_says_which_command_goes_on() -> None:
    ended = ran("proof", "--deals", "12", "--kills", "2", "--erp", "m3", "--state", "kept")
    assert ended.exit_code == INTERRUPTED == 130
    (line,) = ended.stderr.splitlines()
    again = "--deals 12 --kills 2 --seed 1 --database sqlite --erp m3 --state kept"
    assert line == (
        f"streak-infor: interrupted; what is finished is kept: streak-infor proof {again} goes on"
    )


def test_of_one_round_again_nothing_is_kept() -> None:
    ended = ran("proof", "--deals", "12", "--replay", "1")
    assert (ended.exit_code, ended.stderr) == (130, "streak-infor: interrupted\n")


@pytest.mark.parametrize(("words", "code"), [(("--once",), 130), ((), 0)])
def test_a_demo_without_a_verdict_is_no_good_one(
    words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stack, "run", lambda stack, then: None)  # it stops everything and says so
    monkeypatch.setattr(demo_module, "STATE_DIR", Path("demo"))
    assert ran("demo", *words).exit_code == code


def test_the_version_is_told() -> None:
    name, version = ran("--version").output.split()
    assert name == "streak-infor" and version[0].isdigit()
