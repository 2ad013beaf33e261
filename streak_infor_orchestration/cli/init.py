"""`streak-infor init`: the first integration.yaml, from what is found in both systems."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

import click
from pydantic import ValidationError
from rich.table import Table

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.config.schema import json_schema
from streak_infor_orchestration.config.sections import ErpLimits, ErpSection, StreakLimits
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.product import ErpProduct
from streak_infor_orchestration.infor.products import FORMAT, PRODUCTS, UNLESS_SAID
from streak_infor_orchestration.onboarding.draft import SCHEMA, Guesses, Said, draft, guess
from streak_infor_orchestration.onboarding.place import is_zone, local_timezone
from streak_infor_orchestration.onboarding.survey import Survey, survey
from streak_infor_orchestration.wiring import Wiring

_FILE = Path("integration.yaml")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


@click.command()
@click.option("--team", help="The Streak team's name; needed when there are several.")
@click.option("--pipeline", help="The pipeline's name; needed when there are several.")
@click.option(
    "--product",
    type=click.Choice(sorted(PRODUCTS)),
    help=f"Which Infor product answers there; {UNLESS_SAID.name} where nobody can be asked.",
)
@click.option(
    "--erp-option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="What else the section erp says of the product, such as cono=100; may be said several times.",
)
@click.option("--erp-url", help="Base URL of the ERP's API, such as https://erp.example.com/infor/api/v1.")
@click.option(
    "--token-url", help="Where the ERP gives tokens, unless INFOR_TOKEN_URL or an .ionapi file says it."
)
@click.option("--currency", help="The company's currency, such as EUR; else that of most products.")
@click.option("--timezone", help="Such as Europe/Berlin; else this machine's.")
@click.option("--plain-http", is_flag=True, help="Let the ERP be spoken to without encryption.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Else STREAK_INFOR_CONFIG, or ./integration.yaml.",
)
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--no-input", is_flag=True, help="Never ask: fail when something was not said.")
def command(
    team: str | None,
    pipeline: str | None,
    product: str | None,
    options: tuple[str, ...],
    erp_url: str | None,
    token_url: str | None,
    currency: str | None,
    timezone: str | None,
    plain_http: bool,
    output: Path | None,
    force: bool,
    no_input: bool,
) -> None:
    """Look at both systems and write a commented integration.yaml, its guesses marked as guesses.

    Credentials come from the environment: STREAK_API_KEY, and INFOR_IONAPI_FILE or INFOR_CLIENT_ID and its secret.
    """
    parts = Wiring(os.environ)
    target = output or parts.settings.config or _FILE
    if target.exists() and not force:
        raise Misconfigured(f"{target} is there already; --force overwrites it, --output writes another")
    console, asks = Screen(), sys.stdin.isatty() and not no_input
    streak = parts.open_streak(StreakLimits())
    console.print(f"Streak: logged in as {streak.me().email}")
    chosen_team = _choose("team", streak.teams(), team, asks)
    chosen = _choose("pipeline", streak.pipelines(chosen_team.key), pipeline, asks)
    there = _product(product, asks, console)
    address = erp_url or _ask("Base URL of the ERP's API", "--erp-url", asks)
    erp = _erp(there, address, token_url, plain_http, options)
    with console.status("looking at both systems"):
        found = survey(
            streak,
            parts.open_erp(erp, ErpLimits()),
            chosen_team,
            chosen,
            lambda line: console.print(f"! {line}", style="yellow"),
        )
    guesses = guess(found)
    _show(found, guesses, console)
    zone, zone_why = (timezone, "") if timezone else local_timezone(os.environ)
    if not is_zone(zone):
        raise Misconfigured(f'"{zone}" is no time zone; write it as Europe/Berlin')
    counted = f"of {len(found.products)} products most are priced in it" if found.currency else ""
    said = Said(
        erp_url=erp.base_url,
        product=erp.product,
        currency=currency
        or found.currency
        or _ask("The company's currency, such as EUR", "--currency", asks),
        currency_why="" if currency else counted,
        timezone=zone,
        timezone_why=zone_why,
        today=parts.clock.now().astimezone(ZoneInfo(zone)).date(),
        plain_http=plain_http,
        token_url=token_url or "",
        unkept=erp.unkept,
        fills=there.fields(erp),
        options=tuple(
            erp.model_dump(mode="json", include={name.partition("=")[0] for name in options}).items()
        ),
    )
    _write(draft(found, said, guesses), target, console)
    if guesses.lines.priceless:
        console.print(f"! {guesses.lines.priceless}", style="yellow")
    _say_what_is_next(target, parts, console)


def _choose(what: str, there: Sequence[N], named: str | None, asks: bool) -> N:
    names = [item.name for item in there]
    if named is not None:
        found = [item for item in there if item.name == named]
        if len(found) != 1:
            raise Misconfigured(
                f'{"no" if not found else "more than one"} {what} is called "{named}"; there are: {", ".join(names)}'
            )
        return found[0]
    if not there:
        raise Misconfigured(f"this API key's user sees no {what}; share one with them in Streak")
    if len(there) == 1:
        return there[0]
    if not asks:
        raise Misconfigured(f"which {what}? say --{what}, one of: {', '.join(names)}")
    for number, name in enumerate(names, 1):
        say(f"  {number}. {name}")
    chosen: int = click.prompt(f"Which {what}", type=click.IntRange(1, len(names)))
    return there[chosen - 1]


def _product(named: str | None, asks: bool, console: Screen) -> ErpProduct[Any]:
    if named is not None:
        return PRODUCTS[named]
    if asks:
        return _choose("product", list(PRODUCTS.values()), None, asks)
    console.print(f"ERP: taken for {UNLESS_SAID.name}; --product says another: {', '.join(sorted(PRODUCTS))}")
    return UNLESS_SAID


def _ask(question: str, flag: str, asks: bool) -> str:
    if not asks:
        raise Misconfigured(f"{question[0].lower()}{question[1:]} is needed: say {flag}")
    answer: str = click.prompt(question)
    return answer


def _erp(
    product: ErpProduct[Any],
    base_url: str,
    token_url: str | None,
    plain_http: bool,
    options: tuple[str, ...],
) -> ErpSection:
    said = {
        "product": product.name,
        "base_url": base_url,
        "allow_plain_http": plain_http,
        **({"token_url": token_url} if token_url else {}),
        **dict(option.split("=", 1) for option in options if "=" in option),
    }
    try:
        return cast(ErpSection, product.section.model_validate(said))
    except ValidationError as error:
        (first, *_) = error.errors()
        told = (
            first["msg"] if first["loc"] in ((), ("base_url",)) else f"erp.{first['loc'][0]}: {first['msg']}"
        )
        missing = f"say --erp-option {first['loc'][0]}=…" if first["type"] == "missing" else ""
        raise Misconfigured(f"{base_url}: {told}; {first.get('ctx', {}).get('fix', missing)}") from None


def _show(found: Survey, guesses: Guesses, console: Screen) -> None:
    stages = Table(
        "stage", "asks for", "because", "deals seen", title=f"Stages of {found.pipeline.name}", box=None
    )
    for stage in guesses.stages:
        seen = sum(box.stage == stage.name for box in found.boxes)
        stages.add_row(stage.name, stage.milestone.value, stage.why, str(seen))
    fields = Table("field", "type", "used as", title="Fields", box=None)
    for field in found.pipeline.fields:
        fields.add_row(field.name, field.type, guesses.uses.get(field.name, ""))
    products = Table("product", "", "price", title=f"Products ({len(found.products)} looked at)", box=None)
    for product in found.products[:8]:
        products.add_row(product.sku, product.description, f"{product.price} {product.currency}")
    for table in (stages, fields, products):
        console.print(table, "")


def _write(text: str, target: Path, console: Screen) -> None:
    """With the schema beside it, by which editors complete it and mark mistakes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    schema = json.dumps(json_schema(FORMAT.model), indent=2, ensure_ascii=False) + "\n"
    for file, content in ((target.with_name(SCHEMA), schema), (target, text)):
        part = file.with_name(f"{file.name}.part")
        part.write_text(content, encoding="utf-8")
        part.replace(file)
    guessed = text.count("GUESS:")
    console.print(
        f"✓ {target} is written, with {guessed} guesses to look at (search for GUESS)", style="green"
    )
    try:
        FORMAT.loads(text, name=target.name)
    except InvalidConfiguration as invalid:
        console.print("It needs you before it can be used:")
        for complaint in invalid.complaints:
            console.print(f"  {complaint}")


def _say_what_is_next(target: Path, parts: Wiring, console: Screen) -> None:
    console.print("\nNext:")
    if parts.settings.config != target:
        console.print(f"  export STREAK_INFOR_CONFIG={target.resolve()}", soft_wrap=True)
    for command, what in (
        ("check", "what is missing or wrong, each with its cure"),
        ("preview", "what your last deals would become; writes nothing"),
        ("webhooks register --url https://…", "so that changes arrive within seconds"),
        ("up", "start it"),
    ):
        console.print(f"  streak-infor {command:<36} {what}")
