"""The tables of docs/configuration.md, made from the models: what there is, what it takes, its default, an example.

The page's prose and its YAML examples are written by hand. Between `<!-- table: … -->` and `<!-- end -->` stands what
this module writes; each option's example is taken from the page's own examples, which a test loads.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from ruamel.yaml import YAML

from streak_infor_orchestration.config.complaints import models_in
from streak_infor_orchestration.config.expression import FUNCTIONS
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.vocabulary import (
    CREDIT_NOTE_FACTS,
    CUSTOM_TARGETS,
    CUSTOMER_FACTS,
    INVOICE_FACTS,
    ORDER_FACTS,
    PAYMENT_FACTS,
    PROPERTIES,
    TARGETS,
    ValueKind,
)

_TABLE = re.compile(r"(<!-- table: ([^\n]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_LONGEST = 60
_FEW = 8
_KINDS = {
    ValueKind.TEXT: "text",
    ValueKind.DATE: "a day: a date field (in the company's time zone), or typed",
    ValueKind.AMOUNT: "an amount in the order's currency",
    ValueKind.DISCOUNT: "an amount, or a share such as 10%",
    ValueKind.RATE: "a rate such as 19%",
    ValueKind.CURRENCY: "a currency's code or sign, from the box only",
    ValueKind.COUNTRY: "a country's name or code",
    ValueKind.PHONE: "a phone number; put in E.164 where it can be read",
    ValueKind.EMAIL: "an e-mail address",
    ValueKind.ADDRESS: "an address on one line",
}
Option = tuple[str, str]
"""Name of the model and of the option as the file has it."""


def refreshed(page: str, root: type[Integration]) -> str:
    """The page with its tables as the models are now, from `root` on. Raises KeyError for a table of something that
    does not exist."""
    shown = examples(page, root)

    def table(found: re.Match[str]) -> str:
        return f"{found[1]}{_table(found[2], shown, models(root))}{found[4]}"

    return _TABLE.sub(table, page)


def tables_of(page: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in _TABLE.findall(page))


def models(root: type[Integration]) -> dict[str, type[BaseModel]]:
    """Every section of the file, by the name of its model, in the order of the file."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [root]
    while waiting:
        model = waiting.pop(0)
        if model.__name__ in found or model.__name__ in _READ_FROM_TEXT:
            continue
        found[model.__name__] = model
        waiting += [part for field in model.model_fields.values() for part in models_in(field.annotation)]
    return found


def options(model: type[BaseModel]) -> dict[str, Any]:
    """The options by their names in the file, each with its JSON schema."""
    properties: dict[str, Any] = model.model_json_schema(by_alias=True).get("properties", {})
    return properties


def examples(page: str, root: type[Integration]) -> dict[Option, str]:
    """Of each option the first value that the page's YAML examples give it."""
    shown: dict[Option, str] = {}
    for text in _EXAMPLE.findall(page):
        for option, value in _walked(root, YAML(typ="safe", pure=True).load(text)):
            shown.setdefault(option, value)
    return shown


_BOUNDS = {"minimum": "from", "exclusiveMinimum": "above", "exclusiveMaximum": "below", "maximum": "to"}
_READ_FROM_TEXT = {"Expression", "Source"}  # written as text in the file


def _walked(model: type[BaseModel], data: Any) -> Iterator[tuple[Option, str]]:
    if not isinstance(data, dict):
        return
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key not in data:
            continue
        value = data[key]
        yield (model.__name__, key), _flow(value)
        below = [part for part in models_in(field.annotation) if part.__name__ not in _READ_FROM_TEXT]
        for item in _items(value):
            for part in _fitting(below, item):
                yield from _walked(part, item)


def _items(value: Any) -> list[Any]:
    """The values themselves of a list, or of a dictionary of sections (tables), some of which may be written short."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and any(isinstance(item, dict) for item in value.values()):
        return [value, *value.values()]
    return [value]


def _fitting(models: list[type[BaseModel]], data: Any) -> list[type[BaseModel]]:
    """Of the variants of a union those that know every key, and are called as the data says."""
    given = data if isinstance(data, dict) else {}

    def fits(model: type[BaseModel]) -> bool:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        return given.keys() <= fields.keys() and all(
            given[key] in get_args(field.annotation)
            for key, field in fields.items()
            if key == "from" and key in given and get_origin(field.annotation) is Literal
        )

    return [model for model in models if fits(model)]


def _flow(value: Any) -> str:
    """On one line as YAML has it, without quotes that need not be."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case dict():
            return "{" + ", ".join(f"{_flow(key)}: {_flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str() if not re.fullmatch(r"[A-Za-z][\w ./+-]*", value) or value in ("yes", "no"):
            return f'"{value}"'
    return str(value)


def _table(name: str, shown: dict[Option, str], known: dict[str, type[BaseModel]]) -> str:
    if name == "targets":
        return _rows(("target", "takes"), _targets())
    if name == "sources":
        return _rows(("source", "properties"), _sources())
    if name == "facts":
        return _rows(("told", "what"), _facts())
    if name == "functions":
        return _rows(("functions in expressions",), [(", ".join(f"`{name}`" for name in FUNCTIONS),)])
    model = known[name]
    rows = [_option(model, key, schema, shown) for key, schema in options(model).items()]
    return _rows(("option", "takes", "unless given", "what", "for example"), rows)


def _rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _option(
    model: type[BaseModel], key: str, schema: dict[str, Any], shown: dict[Option, str]
) -> tuple[str, ...]:
    required = key in model.model_json_schema(by_alias=True).get("required", ())
    default = schema.get("default")
    unless = "required" if required else "" if default in (None, "", [], {}) else f"`{_flow(default)}`"
    if isinstance(default, dict):
        unless = ""
    example = shown.get((model.__name__, key), "")
    if len(example) > _LONGEST:
        example = f"{example[:_LONGEST]}…"
    takes, what = _takes(schema), schema.get("description", "").replace("\n", " ")
    return f"`{key}`", takes, unless, what, f"`{example}`" if example else ""


def _takes(schema: dict[str, Any]) -> str:
    if len(schema.get("enum", ())) > _FEW:
        return "one of a list"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{choice}`" for choice in schema.get("enum", [schema.get("const")]))
    if "$ref" in schema:
        return "a section"
    variants = [_takes(part) for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))]
    if variants:
        return " or ".join(dict.fromkeys(variant for variant in variants if variant))
    match schema.get("type"):
        case "string":
            return "text"
        case "integer" | "number":
            return " ".join(
                ("a number", *(f"{word} {schema[key]:g}" for key, word in _BOUNDS.items() if key in schema))
            )
        case "boolean":
            return "`true`, `false`"
        case "array":
            return "a list"
        case "object":
            return "names with values"
    return ""


def _targets() -> list[tuple[str, ...]]:
    rows = [(f"`{target}`", _KINDS[kind]) for target, kind in TARGETS.items()]
    return [*rows, *((f"`{prefix}<Name>`", "text") for prefix in CUSTOM_TARGETS)]


def _sources() -> list[tuple[str, ...]]:
    rows = [
        (f"`{record}.`", ", ".join(f"`{name}`" for name in names)) for record, names in PROPERTIES.items()
    ]
    own = ("`contact.field:<Name>`, `organization.field:<Name>`", "a field of the team's own")
    return [*rows, ("`field:<Name>`", "a field of the box"), own, ("`const:<text>`", "the text itself")]


def _facts() -> list[tuple[str, ...]]:
    named = (
        ("order", ORDER_FACTS),
        ("invoice", INVOICE_FACTS),
        ("customer", CUSTOMER_FACTS),
        ("credit note, when there is one", CREDIT_NOTE_FACTS),
        ("payment, when it is reversed", PAYMENT_FACTS),
    )
    rows = [(f"of the {what}", ", ".join(f"`{fact}`" for fact in facts)) for what, facts in named]
    return [*rows, ("custom fields", ", ".join(f"`{prefix}<Name>`" for prefix in CUSTOM_TARGETS))]
