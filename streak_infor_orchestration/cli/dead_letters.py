"""`streak-infor dead-letters`: what waits for a person, why, and how to try again."""

import getpass
import json

import click
from rich.table import Table

from streak_infor_orchestration.cli.say import say, say_json
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.domain.candidate import Candidate
from streak_infor_orchestration.domain.problems.catalogue import lettered
from streak_infor_orchestration.sync.desk.retry import retry_letter
from streak_infor_orchestration.sync.ports.names import CONFIGURATION
from streak_infor_orchestration.wiring import wiring


@click.group()
def command() -> None:
    """Deals, customers, names of the configuration and unreadable records that wait for a person."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Resolved ones too.")
def list_(everything: bool) -> None:
    """Each with what to do."""
    store = begun(wiring()).store
    table = Table("id", "name", "key", "since", "why", "what to do")
    for letter in store.dead_letters.listing(open_only=not everything):
        since, why = f"{letter.opened_at:%m-%d %H:%M}", " ".join(letter.reasons)
        table.add_row(str(letter.id), letter.name, letter.key, since, why, " ".join(letter.cures))
    Screen().rows(table)
    store.close()


@command.command()
@click.argument("letter_id", type=int)
def show(letter_id: int) -> None:
    """Everything that is known about one."""
    store = begun(wiring()).store
    letter = store.dead_letters.get(letter_id)
    if letter is None:
        raise click.ClickException(f"no dead letter {letter_id}; `streak-infor dead-letters list` shows them")
    say(
        f"{letter.name or letter.kind} {letter.key}: {letter.error_class} {letter.code}, {letter.occurrences} times"
    )
    say(letter.message)
    if letter.resolved_at is not None:
        say(f"resolved {letter.resolved_at:%Y-%m-%d %H:%M} by {letter.resolved_by}: {letter.resolution}")
    if (code := lettered(letter.code)) is not None:
        say(f"see to: {code.administrator}")
    say_json(letter.diagnosis.get("problems", []))
    if letter.diagnosis.get("candidates"):
        _choice(letter.diagnosis["party"], letter.diagnosis["candidates"])
    for effect in store.effects.of(letter.key):
        say(f"{effect.key}: {effect.state} {json.dumps(effect.error) if effect.error else ''}")
    store.close()


def _choice(party: str, candidates: list[dict[str, str]]) -> None:
    """The candidates side by side, and how to say which one it is."""
    table = Table("number", "name", "e-mail", "tax id", "city", "why it matched", "linked to")
    for listed in candidates:
        known = Candidate.model_validate(listed)
        table.add_row(
            known.number, known.name, known.email, known.tax_id, known.city, known.why, known.linked_to
        )
    Screen().rows(table)
    say(f"decide: streak-infor link customer {party} NUMBER")
    say(f"    or: streak-infor link customer {party} --new")


@command.command()
@click.argument("letter_ids", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every open one.")
def retry(letter_ids: tuple[int, ...], everything: bool) -> None:
    """Look at these deals again: refused writes are allowed once more. The letter closes when the deal converges."""
    store = begun(wiring()).store
    letters = store.dead_letters.listing() if everything else [store.dead_letters.get(i) for i in letter_ids]
    if not letters and not everything:
        raise click.UsageError("name the letters' ids, or --all")
    if not letters:
        say("nothing waits for a person")
    for letter in letters:
        if letter is None:
            raise click.ClickException("no such dead letter; `streak-infor dead-letters list` shows them")
        retry_letter(letter, actor=getpass.getuser(), store=store)
        if letter.kind == CONFIGURATION:
            say(f"who waits for {letter.key} is due again")
        else:
            say(f"{letter.name or letter.kind} {letter.key} is due again")
    store.close()
