"""The first `integration.yaml`: what was said, and the best guesses, each marked as one with its reason."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.deal import Milestone, Value
from streak_infor_orchestration.onboarding.guesses.fields import (
    ReadGuess,
    WriteGuess,
    guess_read,
    guess_tax_id,
    guess_written,
)
from streak_infor_orchestration.onboarding.guesses.lines import LinesGuess, guess_lines
from streak_infor_orchestration.onboarding.guesses.stages import StageGuess, guess_stages
from streak_infor_orchestration.onboarding.survey import Survey
from streak_infor_orchestration.onboarding.yaml import commentable, commented, quoted

SCHEMA = "integration.schema.json"
"""Stands beside the file, for editors."""

_HEAD = f"""\
# yaml-language-server: $schema={SCHEMA}
# integration.yaml: how deals in Streak become orders and invoices in Infor, and what comes back.
# Made by `streak-infor init` from what it found. Every line with GUESS in it is one: look at it, correct it, and take
# the word away. `streak-infor check` tells what is wrong, `streak-infor preview` what your last deals would become.
# Names are those you see in Streak. Secrets are never written here: they come from the environment.
version: 1
"""
_ERP_SECTION = re.compile(r"^erp:\n((?:[ #].*\n)+)", re.MULTILINE)
_STAGES = {
    Milestone.BEFORE: "no order yet",
    Milestone.ORDER: "one sales order is made",
    Milestone.INVOICE: "the order is made, if need be, and invoiced",
    Milestone.LOST: "given up",
}
_COMMENTS = (
    ("Order {order.id} over {order.total} created in ERP", "order.created"),
    ("Order {order.id} has left the warehouse", "order.shipped"),
    ("Invoice {invoice.number} over {invoice.total} issued", "invoice.created"),
    ("{invoice.paid} paid, {invoice.balance} of invoice {invoice.number} are open", "invoice.partially_paid"),
    ("Invoice {invoice.number} is paid in full", "invoice.paid"),
)
_SHOWN = {
    "order.id": "ERP order",
    "order.status": "ERP status",
    "invoice.number": "ERP invoice",
    "invoice.payment_status": "Payment status",
}
"""What every deal should show, and what a field for it may be called."""


@dataclass(frozen=True)
class Said:
    """What the administrator said, or the machine knows. A `…_why` is empty for what was said outright."""

    erp_url: str
    product: str
    currency: str = ""
    currency_why: str = ""
    timezone: str = "UTC"
    timezone_why: str = ""
    today: date = date.min
    plain_http: bool = False
    token_url: str = ""
    options: tuple[tuple[str, Any], ...] = ()
    """What was said of the product beside."""
    unkept: Callable[[str], str] = lambda _target: ""
    """Why the ERP cannot keep what a rule says of a target; "" where it can."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """By target of a rule: what its people call the field that it fills, where that is another name."""


@dataclass(frozen=True)
class Guesses:
    """Everything that was guessed of a tenant."""

    stages: tuple[StageGuess, ...]
    lines: LinesGuess
    read: tuple[ReadGuess, ...]
    written: tuple[WriteGuess, ...]

    @property
    def uses(self) -> dict[str, str]:
        """What each used field of the pipeline is guessed to be for."""
        uses = dict.fromkeys(self.lines.fields, "order line")
        uses |= {guess.field.name: guess.target + ("?" if guess.unsure else "") for guess in self.read}
        return uses | {guess.field.name: f"shows {guess.fact}" for guess in self.written}


def guess(found: Survey) -> Guesses:
    fields = found.pipeline.fields
    lines = guess_lines(found.pipeline, found.pipelines)
    # what shows the ERP's state is named more tellingly than what an order is read from
    written = guess_written(fields, lines.fields, found.boxes)
    taken = lines.fields | {guess.field.name for guess in written}
    return Guesses(
        stages=guess_stages([stage.name for stage in found.pipeline.stages]),
        lines=lines,
        read=guess_read(fields, taken, found.boxes),
        written=written,
    )


def draft(found: Survey, said: Said, guesses: Guesses) -> str:
    """The file's text."""
    sections = (
        [_HEAD.rstrip()],
        _company(said),
        _systems(found, said),
        _stages(guesses.stages),
        _customer(found),
        _lines(guesses.lines),
        _fields(found, said, guesses),
        _write_back(guesses.written),
        _amounts(guesses.read),
    )
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def _company(said: Said) -> Iterator[str]:
    yield "company:"
    yield commented(
        f"  timezone: {said.timezone}", said.timezone_why, "what a day is: dates are in this zone"
    )
    yield commented(
        f"  currency: {said.currency}", said.currency_why, "of every order, unless a rule says otherwise"
    )
    yield "  # locale: de_DE   # how your people type numbers and dates, and the country of addresses that name none"


def _systems(found: Survey, said: Said) -> Iterator[str]:
    yield "streak:"
    yield f"  team: {quoted(found.team.name)}"
    yield f"  pipeline: {quoted(found.pipeline.name)}"
    why = "today: no order is made for deals that were accepted before"
    yield commented(f"  since: {said.today.isoformat()}", why)
    yield ""
    yield "erp:"
    yield f"  product: {said.product}"
    yield f"  base_url: {quoted(said.erp_url)}"
    if said.token_url:
        yield f"  token_url: {quoted(said.token_url)}"
    for name, value in said.options:
        yield f"  {name}: {json.dumps(value, ensure_ascii=False)}"
    yield from _reminders(said)
    if said.plain_http:
        yield "  allow_plain_http: true       # the password goes over the wire in clear: inside a closed network only"
    if found.warehouses:
        yield "  defaults:"
        why = "the one with most products" if len(found.warehouses) > 1 else "the only one with stock"
        yield commented(f"    warehouse: {quoted(found.warehouses[0], always=True)}", why)
    else:
        yield '  # defaults: {warehouse: "100", gl_account: "4000", payment_terms: N30}'


def _reminders(said: Said) -> Iterator[str]:
    """What the product's own template says of the ERP beside, as comments: what to look at next."""
    section = _ERP_SECTION.search(text(said.product))
    known = {"product", "base_url", "defaults", *(name for name, _ in said.options)}
    for line in section[1].splitlines() if section else ():
        option = line.strip().removeprefix("# ")
        if option.partition(":")[0] not in known and not line.startswith("    "):
            yield f"  # {option}"


def _stages(guesses: Sequence[StageGuess]) -> Iterator[str]:
    yield "# Every stage of the pipeline stands in exactly one of these lists."
    yield "stages:"
    for milestone in Milestone:
        names = [guess for guess in guesses if guess.milestone is milestone]
        if not names:
            yield (
                f"  {milestone.value}: []".ljust(33)
                + f"# {_STAGES[milestone]}. GUESS: no stage's name says so"
            )
            continue
        yield f"  {milestone.value}:".ljust(33) + f"# {_STAGES[milestone]}"
        for guess in names:
            yield commented(f"    - {quoted(guess.name)}", guess.why)


def _customer(found: Survey) -> Iterator[str]:
    source = "organization" if found.sold_to_organizations else "contact"
    match = "[tax_id, email, domain+name]" if found.sold_to_organizations else "[email]"
    yield "# Who buys: the starred organization (or contact) of the box, else its only one."
    yield "customer:"
    yield commented(f"  source: {source}", f"of {len(found.boxes)} deals looked at, most have one")
    yield commented(f"  match: {match}", "how it is found in the ERP, first match first")
    yield "  create: true".ljust(33) + "# false: a person makes new customers"


def _lines(guess: LinesGuess) -> Iterator[str]:
    yield "# What is sold. An empty price is the ERP's list price."
    yield "lines:"
    if guess.priceless:
        yield f"  # GUESS: {commentable(guess.priceless)}"
    if guess.columns:
        columns = ", ".join(f"{role}: {quoted(name)}" for role, name in guess.columns.patterns.items())
        yield "  from: columns"
        yield commented(
            f"  columns: {{{columns}, max: {guess.columns.rows}}}", "fields with a number in their names"
        )
    elif guess.text:
        yield '  from: text                     # lines such as "2 x BRK-1001 @ 12.50"'
        yield commented(f"  field: {quoted(guess.text.name)}", "its name")
    elif guess.pipeline:
        yield "  from: linked_boxes             # a linked box of this pipeline is a line"
        yield commented(f"  pipeline: {quoted(guess.pipeline.name)}", "its name")
        classed = guess_stages([stage.name for stage in guess.pipeline.stages])
        agreed = ", ".join(quoted(stage.name) for stage in classed if stage.milestone.wants_order)
        if agreed:
            yield commented(f"  stages: [{agreed}]", "without it all linked boxes count")
        if guess.linked:
            columns = ", ".join(f"{role}: {quoted(name)}" for role, name in guess.linked.items())
            yield commented(f"  columns: {{{columns}}}", "the fields' names")
        else:
            yield "  # GUESS: none of its fields looks like a product; name your own"
            yield "  columns: {sku: Product, quantity: Quantity, price: Price}"
    else:
        yield "  # GUESS: no field looks like order lines. Make the fields below in Streak, or name your own."
        yield "  from: columns"
        yield '  columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", max: 10}'


def _fields(found: Survey, said: Said, guesses: Guesses) -> Iterator[str]:
    yield "# What else goes to the ERP. Streak → order or customer."
    yield "fields:"
    yield _where_kept(said, "order.description", "  - {to: order.description, from: box.name}")
    for guess in guesses.read:
        if guess.target != "deal value":
            rule = _rule(guess, [box.fields.get(guess.field.name) for box in found.boxes])
            yield _where_kept(said, guess.target, rule)
    contact = "  - {to: customer.contact_name, from: [contact.given_name, contact.family_name], transform: {concat: "
    yield _where_kept(said, "customer.contact_name", contact + '" "}}')
    for name in ("email", "phone"):
        yield _where_kept(said, f"customer.{name}", f"  - {{to: customer.{name}, from: contact.{name}}}")
    tax_id = guess_tax_id(found.team.organization_fields)
    if tax_id:
        source = quoted(f"organization.field:{tax_id.name}", always=True)
        rule = commented(f"  - {{to: customer.tax_id, from: {source}}}", "its name")
        yield _where_kept(said, "customer.tax_id", rule)
    for own in found.pipeline.fields:
        if own.name not in guesses.uses and own.type in (
            "TEXT_INPUT",
            "DROPDOWN",
            "DATE",
            "CHECKBOX",
            "TAG",
        ):
            target, source = quoted(f"order.custom.{own.name}"), quoted(f"field:{own.name}", always=True)
            yield f"  # - {{to: {target}, from: {source}}}"


def _where_kept(said: Said, target: str, rule: str) -> str:
    """As a comment, with what to set first, where the ERP has no place for it; else with the field that it fills."""
    if why := said.unkept(target):
        return rule if rule.lstrip().startswith("#") else f"  # {rule.strip()}   # {target} {why}"
    fills = said.fills.get(target)
    if not fills:
        return rule
    return f"{rule}; fills {fills}" if " # GUESS: " in rule else commented(rule, "", f"fills {fills}")


def _rule(guess: ReadGuess, values: Sequence[Value]) -> str:
    source = quoted(f"field:{guess.field.name}", always=True)
    transform = f', transform: {{date: "{guess.date_format}"}}' if guess.date_format else ""
    if guess.unsure and guess.target in ("order.shipping_method", "order.warehouse"):
        names = [option.name for option in guess.field.options] or _typed(values)
        codes = ", ".join(f"{quoted(name)}: {quoted(name)}" for name in names) or "Ground: UPSG"
        transform = f", transform: {{map: {{{codes}}}, otherwise: error}}"
    rule = f"- {{to: {guess.target}, from: {source}{transform}}}"
    return commented(f"  # {rule}" if guess.unsure else f"  {rule}", guess.why)


def _typed(values: Sequence[Value]) -> list[str]:
    counted = Counter(value.strip() for value in values if isinstance(value, str) and value.strip())
    return [name for name, _ in counted.most_common(8)]


def _write_back(guesses: Sequence[WriteGuess]) -> Iterator[str]:
    yield "# What comes back onto the box. These fields are ours: what people type there is overwritten."
    yield "write_back:"
    for guess in guesses:
        warning = (
            f"; {guess.typed} deals have something in it that will be overwritten" if guess.typed else ""
        )
        yield commented(
            f"  - {{field: {quoted(guess.field.name)}, from: {guess.fact}}}", f"its name{warning}"
        )
    for fact in _SHOWN.keys() - {guess.fact for guess in guesses}:
        yield f'  # make a text field "{_SHOWN[fact]}" in Streak to show it: - {{field: {_SHOWN[fact]}, from: {fact}}}'
    for comment, once in _COMMENTS:
        yield f'  - {{comment: "{comment}", once: {once}}}'


def _amounts(guesses: Sequence[ReadGuess]) -> Iterator[str]:
    yield "amounts:"
    value = next((guess for guess in guesses if guess.target == "deal value"), None)
    if value:
        source = quoted(f"field:{value.field.name}", always=True)
        yield commented(f"  deal_value: {source}", f"{value.why}: compared with the order's total")
    yield '  tolerance: "0.00"'
    yield '  # price_tolerance: "2%"        # a price on the box may be so far from the list price'
    yield ""
    yield "# A deal that goes backwards, is lost or deleted after its order was made: report it, or cancel the order."
    yield "policies: {backwards: report}"
