"""A command that looks at what was done says where nothing ever was, and leaves the folder as it is."""

from pathlib import Path

import pytest

from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("status", "KEY"),
        ("dead-letters", "list"),
        ("dead-letters", "show", "1"),
        ("dead-letters", "retry", "--all"),
        ("link", "--dry-run"),
        ("link", "customer", "organization:X", "C-1"),
        ("sweep",),
        ("recover",),
        ("backup", "copy"),
    ],
    ids=" ".join,
)
def test_it_is_said_and_nothing_is_made(
    words: tuple[str, ...], process: Wiring, command: Command, tmp_path: Path
) -> None:
    before = set(tmp_path.rglob("*"))
    refused = command(*words, code=1)
    assert f"there is no state in {process.settings.state_dir}" in str(refused.exception)
    assert "set STREAK_INFOR_STATE_DIR to where `streak-infor up` runs" in str(refused.exception)
    assert set(tmp_path.rglob("*")) == before


def test_who_lost_the_ledger_says_so(process: Wiring, command: Command) -> None:
    assert "if it was lost, say --lost" in str(command("recover", code=1).exception)
    assert "0 deals read" in command("recover", "--lost").output
    assert process.has_state, "from then on there is one"
