"""Names that were changed in Streak: found by `check`, refused by `up` before it begins, accepted by a person only."""

from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.cli import up
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.company import Company

Change = Callable[[Company], object]

CHANGES: dict[str, tuple[Change, str]] = {
    "a price of the second row": (lambda c: c.rename_field("Price 2", "Rate 2"), 'renamed to "Rate 2"'),
    "a field there twice": (lambda c: c.second_field("Qty 1"), 'more than one field "Qty 1"'),
    "a field that shows": (lambda c: c.rename_field("ERP order", "Order"), 'renamed to "Order"'),
    "a stage": (lambda c: c.rename_stage("Closed-Won", "Won"), 'renamed to "Won"'),
    "the pipeline": (lambda c: c.rename_pipeline("Deals"), '"Sales" is no pipeline'),
    "a second pipeline": (lambda c: c.pipeline("Sales", ["New"]), "more than one pipeline"),
}


class Started(Exception):
    """It got as far as starting services."""


@pytest.fixture
def begin(command: Command, process: Wiring, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What `up` says: it ends before a service is started, or at the first."""

    def start(*_: object) -> None:
        raise Started

    monkeypatch.setattr(up, "Stack", start)
    return lambda: command("up", code=1).output


@pytest.mark.parametrize("what", CHANGES)
def test_check_finds_it_and_up_does_not_begin(
    command: Command, world: World, begin: Callable[[], str], what: str
) -> None:
    change, said = CHANGES[what]
    command("check", code=1)  # no webhooks yet
    change(world.company)
    assert said in command("check", code=1).output
    refusal = begin()
    assert said in refusal
    assert "nothing is started" in refusal
    assert "integration.yaml:" in refusal


def test_up_begins_with_names_that_are_right(begin: Callable[[], str]) -> None:
    assert "nothing is started" not in begin()


def test_a_swap_is_accepted_by_a_person_only(command: Command, world: World, process: Wiring) -> None:
    command("check", code=1)
    for name, new in (("Price 1", "x"), ("Price 2", "Price 1"), ("Price 1", "Price 2")):
        world.company.rename_field(name, new)
    for _ in range(2):
        assert "another one than before" in command("check", code=1).output
    said = command("check", "--accept-names", code=1).output
    assert "another one than before" not in said
    assert "another one than before" not in command("check", code=1).output
    assert process.store.audit.has("deals:field:Price 1", "name accepted")


def test_a_new_name_in_the_file_needs_no_word(
    command: Command, world: World, process: Wiring, tmp_path: Path
) -> None:
    command("check", code=1)
    world.company.rename_field("Requested ship", "Wanted on")
    file = tmp_path / "integration.yaml"
    assert 'renamed to "Wanted on"' in command("check", code=1).output
    file.write_text(file.read_text().replace("Requested ship", "Wanted on"))
    assert "Wanted on" not in "".join(
        line for line in command("check", code=1).output.splitlines() if "✗" in line
    )
