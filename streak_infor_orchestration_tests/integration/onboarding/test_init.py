"""`streak-infor init` against both twins."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command
from streak_infor_orchestration_tests.world.fixtures import credentials
from streak_infor_orchestration_tests.world.world import World


@pytest.fixture(autouse=True)
def empty_folder(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An administrator's first minute: credentials, and nothing else."""
    for name, value in credentials(world.company).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("STREAK_INFOR_CONFIG", raising=False)
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_file_has_what_is_there(world: World, command: Command, empty_folder: Path) -> None:
    shown = command("init", "--erp-url", world.company.infor_url, "--timezone", "Europe/Berlin").output
    assert "ERP: taken for facade; --product says another: facade, m3, syteline" in shown
    for listed in ("Proposal Accepted", "Requested ship", "BRK-1001"):
        assert listed in shown
    config = FORMAT.load(empty_folder / "integration.yaml")
    assert (config.streak.team, config.streak.pipeline) == ("Acme", "Sales")
    assert config.streak.since is not None, "years of deals would be ordered at once"
    assert config.stages.order == ("Proposal Accepted", "Contract Signed")
    assert (config.company.currency, config.erp.defaults.warehouse) == ("EUR", "100")
    assert {name for name, _ in config.fields_written()} == {
        "ERP order",
        "ERP status",
        "ERP invoice",
        "Payment status",
    }
    assert "POST /api/v2/webhooks" not in world.company.calls()
    first, _, _ = (empty_folder / "integration.yaml").read_text().partition("\n")
    schema = json.loads((empty_folder / first.partition("$schema=")[2]).read_text())
    assert "streak" in schema["properties"]


def test_a_file_is_never_overwritten_unasked(world: World, command: Command, empty_folder: Path) -> None:
    file = empty_folder / "integration.yaml"
    file.write_text("mine")
    asked = len(world.company.calls())
    result = command("init", "--erp-url", world.company.infor_url, code=1)
    assert "is there already" in str(result.exception)
    assert file.read_text() == "mine"
    assert len(world.company.calls()) == asked
    command("init", "--erp-url", world.company.infor_url, "--output", "other.yaml")
    assert file.read_text() == "mine"
    command("init", "--erp-url", world.company.infor_url, "--force")
    assert FORMAT.load(file).streak.pipeline == "Sales"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say --erp-url"),
        (("--erp-url", "erp.example.com"), "no web address"),
        (
            ("--erp-url", "https://127.0.0.1:9/api", "--currency", "EUR", "--timezone", "Berlin"),
            "no time zone",
        ),
        (("--erp-url", "http://erp.example.com/api"), "plain http"),
        (("--pipeline", "Nothing"), 'no pipeline is called "Nothing"; there are: Sales'),
        (("--team", "Nobody"), 'no team is called "Nobody"; there are: Acme'),
    ],
)
def test_what_was_not_said_or_does_not_exist_is_told(
    command: Command, words: tuple[str, ...], said: str
) -> None:
    assert said in str(command("init", *words, code=1).exception)
    assert not Path("integration.yaml").exists()


def test_with_several_pipelines_one_has_to_be_named(world: World, command: Command) -> None:
    world.company.pipeline("Fleet", ["Talking", "Handshake"])
    result = command("init", "--erp-url", world.company.infor_url, code=1)
    assert "say --pipeline, one of: Fleet, Sales" in str(result.exception)
    command("init", "--erp-url", world.company.infor_url, "--pipeline", "Fleet")
    assert FORMAT.load("integration.yaml").stages.order == ("Handshake",)


def test_an_erp_that_cannot_be_read_leaves_a_file_all_the_same(
    world: World, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFOR_CLIENT_SECRET", "wrong")
    shown = command("init", "--erp-url", world.company.infor_url, "--currency", "EUR").output
    assert "the ERP could not be read" in shown
    assert FORMAT.load("integration.yaml").company.currency == "EUR"


def test_at_a_terminal_it_asks_for_what_it_cannot_see(world: World, empty_folder: Path) -> None:
    world.company.pipeline("Fleet", ["Talking", "Handshake"])
    ours, theirs = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-c", "from streak_infor_orchestration.cli import main; main()", "init"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=empty_folder,
    )
    os.close(theirs)
    answers = {
        "Which pipeline": "1\n",
        "Which product": "1\n",
        "Base URL of the ERP": f"{world.company.infor_url}\n",
    }
    shown = ""
    while chunk := _read(ours):
        shown += chunk
        for question in [question for question in answers if question in shown]:
            os.write(ours, answers.pop(question).encode())
    os.close(ours)
    assert asked.wait(30) == 0, shown
    assert "1. Fleet" in shown and "2. Sales" in shown
    assert "1. facade" in shown and "2. m3" in shown
    assert answers == {}
    assert FORMAT.load(empty_folder / "integration.yaml").streak.pipeline == "Fleet"


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:  # the other end was closed
        return ""
