"""The pipeline beside the file: every stage classed, every field there and of a type that fits."""

from collections.abc import Callable, Iterator

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import ColumnLines, LinkedBoxLines, TextLines
from streak_infor_orchestration.config.rules import Rule
from streak_infor_orchestration.config.transform import Otherwise
from streak_infor_orchestration.config.vocabulary import DATE_FACTS, YES_OR_NO, ValueKind, kind_of
from streak_infor_orchestration.config.write_back import FieldBack
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.names import NameFault, Stops
from streak_infor_orchestration.domain.order import OrderStatus
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look, wrong
from streak_infor_orchestration.streak.vocabulary import Field
from streak_infor_orchestration.sync.ports.names import keep_incidents
from streak_infor_orchestration.wiring import Wiring

_NO_TEXT = ("PERSON", "TEAM_CONTACT", "TEAM_ORGANIZATION")
_UNFIT: dict[ValueKind, tuple[str, ...]] = {
    ValueKind.DATE: ("DROPDOWN", "CHECKBOX", "TAG", *_NO_TEXT),
    ValueKind.AMOUNT: ("DATE", "CHECKBOX", "TAG", *_NO_TEXT),
    ValueKind.CURRENCY: ("DATE", "CHECKBOX", "TAG", *_NO_TEXT),
    ValueKind.DISCOUNT: ("DATE", "CHECKBOX", "TAG", *_NO_TEXT),
    ValueKind.RATE: ("DATE", "CHECKBOX", "TAG", *_NO_TEXT),
    ValueKind.COUNTRY: ("DATE", "CHECKBOX", "TAG", *_NO_TEXT),
}
_WORDS = {
    "order.status": tuple(status.value for status in OrderStatus),
    "invoice.payment_status": ("Unpaid", "PartiallyPaid", "Paid", "Credited"),
    "order.payment_status": ("Unpaid", "PartiallyPaid", "Paid"),
}
"""All that a fact can say: enough for a dropdown to show it."""


def stages(context: Context) -> Iterator[Checked]:
    config, names = context.parts.config, [stage.name for stage in context.pipeline.stages]
    for name in names:
        milestone = config.stages.classify(name)
        if milestone is not None:
            yield good(f'stage "{name}": {milestone.value}')
    for name in config.stages.unclassed(names):
        yield wrong(
            f'{config.place("stages")}: stage "{name}" is not classed', "put it into one of the four lists"
        )
    yield from _wrong(context, lambda fault: fault.stops is Stops.STAGE)


def fields(context: Context) -> Iterator[Checked]:
    config = context.parts.config
    there = {field.name: field for field in context.pipeline.fields}
    yield from _wrong(context, lambda fault: fault.stops is not Stops.STAGE)
    yield from _lines(context, there)
    for position, rule in enumerate(config.fields):
        yield from _rule(context, rule, config.place("fields", position), there)
    for position, back in enumerate(config.write_back):
        if isinstance(back, FieldBack) and back.field in there:
            yield _written(there[back.field], back, config, config.place("write_back", position))


def wrong_names(parts: Wiring) -> tuple[str, ...]:
    """What is wrong with names of the file, each with its line and cure: nothing may begin with it. The file is the one
    that counts from now on: what it names no more is forgotten. Raises what the systems do."""
    context, asked = Context(parts, None), parts.clock.now()
    try:
        faults = context.faults
    except Misconfigured as error:
        return (f"{parts.config.place(*error.field.split('.'))}: {error.message}",)
    parts.store.pins.keep_only(context.names.pinned)
    keep_incidents(parts.store, faults, asked)
    return tuple(f"{f.problem.rule}: {f.problem.message}; {f.problem.fix}" for f in faults)


def _wrong(context: Context, concerns: Callable[[NameFault], bool]) -> Iterator[Checked]:
    for problem in (fault.problem for fault in context.faults if concerns(fault)):
        yield wrong(f"{problem.rule}: {problem.message}", problem.fix)


def _lines(context: Context, there: dict[str, Field]) -> Iterator[Checked]:
    match context.parts.config.lines:
        case ColumnLines() as lines:
            yield from _columns(context, lines, there)
        case TextLines(field=name) if name in there:
            if there[name].type == "TEXT_INPUT":
                yield good(f'order lines are typed into "{name}"')
            else:
                place = context.parts.config.place("lines", "field")
                yield wrong(f'{place}: "{name}" is a {there[name].type}', "lines are typed into a text field")
        case LinkedBoxLines() as lines:
            yield from _linked(context, lines)


def _linked(context: Context, lines: LinkedBoxLines) -> Iterator[Checked]:
    """Raises Misconfigured for a pipeline that is not there."""
    assert context.linked is not None
    if not context.faults:
        counting = f"in {', '.join(lines.stages)}" if lines.stages else "in any stage"
        yield good(f'order lines are the linked boxes of "{context.linked.name}", {counting}')


def _columns(context: Context, lines: ColumnLines, there: dict[str, Field]) -> Iterator[Checked]:
    for name, pattern in lines.columns.patterns.items():
        rows = [n for n in range(1, lines.columns.max + 1) if pattern.replace("{n}", str(n)) in there]
        if 1 in rows:
            yield good(f'order lines, {name}: "{pattern}", {len(rows)} rows of at most {lines.columns.max}')
    beyond = lines.columns.patterns["sku"].replace("{n}", str(lines.columns.max + 1))
    if beyond in there:
        yield look(
            f'the pipeline has "{beyond}", but rows end at {lines.columns.max}',
            f"set max: in {context.parts.config.place('lines', 'columns')}; a line there waits for a person",
        )


def _rule(context: Context, rule: Rule, place: str, there: dict[str, Field]) -> Iterator[Checked]:
    team = {"contact": context.team.contact_fields, "organization": context.team.organization_fields}
    for source in rule.sources:
        if source.custom and source.record in team:
            known = {field.name for field in team[source.record]}
            if source.name not in known:
                continue  # complained about already
        field = there.get(source.name) if source.record == "field" else None
        if source.record == "field" and field is None:
            continue  # complained about already
        yield from _source(rule, str(source), field, context.parts.config, place)
    if rule.expression is not None and rule.box_fields <= there.keys():
        yield good(f"{rule.to} ← an expression over {', '.join(sorted(rule.box_fields)) or 'no field'}")


def _source(
    rule: Rule, source: str, field: Field | None, config: Integration, place: str
) -> Iterator[Checked]:
    kind = kind_of(rule.to)
    if field is None:
        yield good(f"{rule.to} ← {source}")
        return
    if field.type in _UNFIT.get(kind, ()):
        yield wrong(
            f'{place}: "{field.name}" is a {field.type}, which is no {kind.value}',
            "read it from another field, or change its type in Streak",
        )
        return
    if (
        kind is ValueKind.DATE
        and field.type == "TEXT_INPUT"
        and (rule.transform is None or rule.transform.date is None)
    ):
        yield look(
            f'{rule.to} ← "{field.name}", typed as text',
            'people have to write 2026-12-31; else say how: transform: {date: "%d.%m.%Y"}',
        )
        return
    yield good(f'{rule.to} ← "{field.name}" ({field.type})')
    if field.options:
        yield from _options(rule, field, config, place)


def _options(rule: Rule, field: Field, config: Integration, place: str) -> Iterator[Checked]:
    names, transform = [option.name for option in field.options], rule.transform
    if transform is None or not (transform.map or transform.lookup):
        no_codes = [name for name in names if not _is_currency(name)] if rule.to == "order.currency" else []
        for name in no_codes:
            yield look(
                f'option "{name}" of "{field.name}" is no currency code', "a deal with it waits for a person"
            )
        return
    if transform.otherwise != "error":
        return
    where = f"table {transform.lookup}" if transform.lookup else "map"
    for name in names:
        if not (
            config.tables[transform.lookup].find(name) if transform.lookup else name in (transform.map or ())
        ):
            yield look(
                f'{place}: the {where} has no code for option "{name}" of "{field.name}"',
                "a deal with it waits for a person; add it if it may be chosen",
            )


def _is_currency(name: str) -> bool:
    return len(name) == 3 and name.isascii() and name.isalpha()


def _written(field: Field, back: FieldBack, config: Integration, place: str) -> Checked:
    """Whether the field can show all that it may be told, as far as that is known beforehand."""
    fact, words = back.source, _words(back, config)
    shows = good(f'"{field.name}" shows {fact}')
    match field.type:
        case "TEXT_INPUT":
            return shows
        case "DATE" if fact in DATE_FACTS or ".custom." in fact:
            return shows
        case "CHECKBOX" if (
            fact == "customer.credit_hold" or ".custom." in fact or (words and set(words) <= YES_OR_NO)
        ):
            return shows
        case "DROPDOWN" | "TAG" if words or ".custom." in fact:
            options = {option.name for option in field.options}
            lacking = [word for word in dict.fromkeys(words) if word not in options]
            if not lacking:
                return shows
            kind = field.type.lower()
            return wrong(
                f'{place}: the {kind} "{field.name}" cannot show {", ".join(lacking)}',
                "add these options in Streak, map the values to those there are, or use a text field",
            )
    return wrong(f'{place}: "{field.name}" is a {field.type} and cannot show {fact}', "use a text field")


def _words(back: FieldBack, config: Integration) -> tuple[str, ...]:
    """All that the rule can say, mapped; empty where that is not known."""
    said, transform = _WORDS.get(back.source, ()), back.transform
    if transform is None or not (transform.map or transform.lookup):
        return said
    known = transform.map or config.tables[str(transform.lookup)].rows
    otherwise = transform.otherwise.value if isinstance(transform.otherwise, Otherwise) else None
    if not said:
        return (*known.values(), *([otherwise] if otherwise is not None else []))
    return tuple(known.get(word, word if otherwise is None else otherwise) for word in said)
