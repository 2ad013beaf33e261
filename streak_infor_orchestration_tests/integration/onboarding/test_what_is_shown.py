"""What the commands say of names that anybody may have typed, in whatever encoding, to a terminal or a pipe."""

import io
import json
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest
from rich.table import Table

from streak_infor_orchestration.cli import main
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.names import CONFIGURATION
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World

EVIL = "Größe 東京 \\[/x] [red]:boom: \x1b[2J\x1b]0;title\x07\u202egniht\x9b31m"
SHOWN = "Größe 東京 \\[/x] [red]:boom: \\u001b[2J\\u001b]0;title\\u0007\\u202egniht\\u009b31m"


class Said(NamedTuple):
    code: int
    out: str
    err: str


Type = Callable[..., Said]


@pytest.fixture
def typed(process: Wiring, fresh_process: Callable[..., Wiring], monkeypatch: pytest.MonkeyPatch) -> Type:
    """`typed("status", encoding="ascii")`, into a pipe: the whole command line in a process of its own."""
    assert process.store, "`check` has begun it"

    def type_(*words: str, encoding: str = "utf-8") -> Said:
        fresh_process(process.clock)
        pipes = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["streak-infor", *words])
            patch.setattr(sys, "stdout", pipes[0])
            patch.setattr(sys, "stderr", pipes[1])
            code = 0
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        said = []
        for pipe in pipes:
            pipe.flush()
            said.append(pipe.buffer.getvalue().decode(encoding))  # type: ignore[attr-defined]  # a BytesIO
        return Said(code, *said)

    return type_


@pytest.fixture
def stuck(world: World, process: Wiring) -> str:
    """A deal of an evil name that waits for a person; its key."""
    key = world.company.deal(EVIL, stage="Proposal Accepted", lines=[("NONE-1", "2", "180.00")])
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", key)])
    ORDER_TO_CASH.run(Batch("run"), process.ports)
    return key


COMMANDS = (
    ("preview",),
    ("sync", "deal", "KEY", "--dry-run"),
    ("sync", "deal", "KEY"),
    ("dead-letters", "list"),
    ("dead-letters", "show", "1"),
    ("dead-letters", "retry", "--all"),
    ("status", "KEY"),
    ("link", "--dry-run"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_name_is_shown_and_never_obeyed(words: tuple[str, ...], stuck: str, typed: Type) -> None:
    said = typed(*(stuck if word == "KEY" else word for word in words))
    assert SHOWN in said.out, said
    for obeyed in ("\x1b", "\x07", "\u202e", "\x9b"):
        assert obeyed not in said.out + said.err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("words", [*COMMANDS, ("check",), ("status",), ("schema",)], ids=" ".join)
def test_no_encoding_ends_a_command(words: tuple[str, ...], encoding: str, stuck: str, typed: Type) -> None:
    said = typed(*(stuck if word == "KEY" else word for word in words), encoding=encoding)
    assert said.code in (0, 1, 2) and said.out and "?" not in said.err
    if words in COMMANDS:
        assert ("Grosse" if encoding == "ascii" else "Größe") in said.out
        assert "\\u6771\\u4eac" in said.out, "what has no likeness is written by its number"


def test_data_for_programs_is_the_same_in_every_encoding(stuck: str, typed: Type) -> None:
    for encoding in ("utf-8", "ascii", "cp1252"):
        (deal,) = json.loads(typed("preview", "--json", encoding=encoding).out)["deals"]
        assert deal["name"] == EVIL


def test_a_dry_run_of_what_is_in_step_ends_with_0_and_of_what_is_not_with_2(
    world: World, typed: Type
) -> None:
    key = world.company.deal("Fine", stage="Proposal Accepted")
    assert typed("sync", "deal", key, "--dry-run").code == 2
    assert typed("sync", "deal", key).code == 0
    assert typed("sync", "deal", key, "--dry-run") == (0, f"{key}: Fine\n  in step\n", "")


def test_nothing_is_wrapped_or_cut_off_where_there_is_no_terminal(
    world: World, process: Wiring, typed: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    name = "A deal with quite a name " * 8
    keys = [
        world.company.deal(f"{name}{n}", stage="Proposal Accepted", lines=[("NONE-1", "2", "180.00")])
        for n in range(3)
    ]
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", key) for key in keys])
    ORDER_TO_CASH.run(Batch("run"), process.ports)
    for words in (("preview",), ("dead-letters", "list")):
        lines = typed(*words).out.splitlines()
        for n, key in enumerate(keys):
            (line,) = [line for line in lines if key in line]
            assert f"{name}{n}" in line
            assert "The ERP has no product" in line


def test_lists_name_the_deal_its_field_and_what_to_do(stuck: str, typed: Type) -> None:
    (row,) = [line for line in typed("dead-letters", "list").out.splitlines() if stuck in line]
    assert f'SKU 1 of "{SHOWN}": The ERP has no product "NONE-1".' in row
    assert "Correct the product's code" in row
    story = typed("status", stuck).out
    assert f"{SHOWN} {stuck}: order none" in story
    assert f'waits for a person: SKU 1 of "{SHOWN}": The ERP has no product "NONE-1".' in story


DOWN = {"kind": "status", "times": None}


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_what_could_not_be_asked_is_not_said_to_be_missing(
    world: World, typed: Type, process: Wiring, status: int
) -> None:
    key = world.company.deal("Northwind", stage="Proposal Accepted")
    assert typed("sync", "deal", key, "--dry-run").code == 2
    world.company.streak("/faults", {**DOWN, "status": status, "path": "/boxes/"})
    for words in (("sync", "deal", key, "--dry-run"), ("sync", "deal", key)):
        said = typed(*words)
        assert said.code == 1 and "nothing by that key" not in said.out
        assert f"{key}: could not be read" in said.out
        assert f": streak: {status}" in said.out and "streak: streak" not in said.out


def test_a_command_with_a_wrong_key_says_so_and_pauses_nobody(
    world: World, typed: Type, process: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = world.company.deal("Northwind", stage="Proposal Accepted")
    assert typed("sync", "deal", key, "--dry-run").code == 2
    with monkeypatch.context() as patch:
        patch.setenv("STREAK_API_KEY", "wrong")
        said = typed("sync", "deal", key)
    assert said.code == 1 and "401" in said.out + said.err
    assert process.store.pauses.all() == [] and process.store.dead_letters.count_open() == 0
    ORDER_TO_CASH.run(Batch("next"), process.ports)
    assert process.store.links.erp_key("order", key) is not None


def test_a_key_that_no_deal_ever_had_is_an_error_and_one_of_a_deleted_deal_is_not(
    world: World, typed: Type
) -> None:
    read, unread = world.company.deal("Read"), world.company.deal("Never read")
    nonsense = world.company.deal("Somewhere") + "x"
    assert typed("sync", "deal", read).code == 0
    for key in (read, unread):
        world.company.delete(key)
    for _ in range(2):  # that it was asked for makes no deal of it
        for key in (nonsense, unread):
            assert typed("sync", "deal", key, "--dry-run").code == 1
            said = typed("sync", "deal", key)
            assert said.code == 1 and f"no deal has the key {key}" in said.out
    said = typed("sync", "deal", read)
    assert said.code == 0 and "the box was deleted, and had no order" in said.out


def test_a_look_that_waits_is_not_done(world: World, typed: Type, process: Wiring) -> None:
    key = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.rename_field("Price 1", "Rate 1")
    process.store.pins.add({"deals:field:Price 1": "1"})
    said = typed("sync", "deal", key)
    assert said.code == 1 and "waits for an administrator" in said.out
    process.store.pauses.pause("streak", "503", 60)
    assert typed("sync", "deal", key).code == 1


def test_status_counts_what_waits_by_its_kind_and_ends_a_pause_with_its_time(
    world: World, typed: Type, process: Wiring, stuck: str
) -> None:
    process.store.left_out.tell(LeftOut(system="infor", entity="products", key="P-1", why="Name: missing"))
    for kind in (CONFIGURATION, "customer"):
        process.store.dead_letters.open(
            kind, "one", error_class="E", code="c", message="m", diagnosis={}, attempts=0
        )
    process.store.pauses.pause("streak", "401", 15)
    process.store.pauses.pause("cancelling", "too many", None)
    said = typed("status").out
    assert "1 deals wait for a person" in said and "1 customers wait for a person" in said
    assert "1 names of the configuration wait for an administrator" in said
    assert "1 records that are left out wait to be corrected" in said
    assert "streak is paused until" in said and "cancelling is stopped: too many" in said
    process.clock.advance(16)  # type: ignore[attr-defined]  # the world's
    said = typed("status").out
    assert "streak is to be tried with the next record" in said and "streak is paused" not in said
    assert "cancelling is stopped: too many" in said


def test_a_name_that_is_wrong_is_listed_with_its_line(world: World, typed: Type, process: Wiring) -> None:
    key = world.company.deal("Northwind", stage="Proposal Accepted")
    typed("sync", "deal", key)
    world.company.rename_field("Price 1", "Rate 1")
    process.clock.advance(60)  # type: ignore[attr-defined]  # the world's
    typed("sync", "deal", key)
    said = typed("dead-letters", "list").out
    (row,) = [line for line in said.splitlines() if "write the new name here" in line]
    assert "(integration.yaml:" in row


@pytest.mark.parametrize("width", [40, 100])
def test_on_a_narrow_terminal_nothing_is_cut_off_or_folded(width: int) -> None:
    """What a terminal breaks by itself is copied whole."""
    name, why = "a long " * 20, "write to somebody.of.quite.some.name@a-long-company-name.example " * 3
    command = f"streak-infor link customer organization:{'K' * 90} --new"
    table = Table("name", "key", "", "what to do", title="What waits")
    table.add_row(name, "k" * 110, "", f"{why}{command}")
    for wide in (width, 1000):
        shown = io.StringIO()
        screen = Screen()
        screen.file, screen.width = shown, wide
        screen.rows(table)
        lines = shown.getvalue().splitlines()
        assert "…" not in shown.getvalue() and "What waits" in shown.getvalue()
        assert sum("k" * 110 in line for line in lines) == 1
        assert sum(command in line and why in line for line in lines) == 1
        assert sum(name.strip() in line for line in lines) == 1


def test_to_retry_all_of_none_is_well(typed: Type) -> None:
    assert typed("dead-letters", "retry", "--all") == (0, "nothing waits for a person\n", "")
    assert typed("dead-letters", "retry").code == 2
