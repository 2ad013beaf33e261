"""What pydantic found wrong, in the words and places of the file."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from streak_infor_orchestration.config.faults import Loc, nearest, one_of
from streak_infor_orchestration.config.source_map import Places

_PRODUCT = "'product'"
"""As pydantic names what tells the sections of the ERPs apart."""


def complaint(detail: ErrorDetails, places: Places, model: type[BaseModel]) -> tuple[int, str]:
    """Of a file that `model` was to hold: its line, and `integration.yaml:12: stages.order: …; fix`."""
    context = detail.get("ctx", {})
    at = ("product",) if context.get("discriminator") == _PRODUCT else context.get("at", ())
    loc = _in_file((*detail["loc"], *at), places)
    message, fix = _words(detail, context, model)
    line = places.line_of(loc) or 1
    path = ".".join(step for step in loc if isinstance(step, str))
    return line, f"{places.name}:{line}: {path + ': ' if path else ''}{message}{'; ' + fix if fix else ''}"


def _in_file(loc: Loc, places: Places) -> Loc:
    """Pydantic also names the variants of a union; the file does not have those. The last step is kept even when
    the file lacks it: it may be what is missing."""
    found: Loc = ()
    for step in loc:
        if (*found, step) in places.lines:
            found = (*found, step)
    last = loc[-1:] if loc and isinstance(loc[-1], str) and found[-1:] != loc[-1:] else ()
    return found + last


def _words(detail: ErrorDetails, context: dict[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    kind, key = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    match kind:
        case "fault":
            return detail["msg"], context["fix"]
        case "missing":
            return "is missing", "add it"
        case "extra_forbidden":
            known = _keys_at(detail["loc"][:-1], model)
            return "there is no such key", nearest(key, known) or f"known here: {', '.join(known)}"
        case "literal_error":
            expected = [choice.strip(" '") for choice in context["expected"].replace(" or ", ",").split(",")]
            given = str(detail["input"])
            return f'"{given}" is not known here', one_of(given, expected)
        case "string_type" if isinstance(detail["input"], int | Decimal | date):
            return "is not read as text", "put it in quotes"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "should be a section of its own", "write key: value pairs below it"
        case "invalid_key":
            return "a key is no text", "put it in quotes"
        case "tuple_type":
            return "should be a list", "write [one, two] or one item per line after a dash"
        case "union_tag_invalid":
            expected = [tag.strip("'") for tag in context["expected_tags"].split(", ")]
            return f'"{context["tag"]}" is not known here', one_of(context["tag"], expected)
        case "union_tag_not_found" if context["discriminator"] == _PRODUCT:
            return "is missing", "add it"
        case "union_tag_not_found":
            return "does not say where from", "add from: columns"
    return detail["msg"][:1].lower() + detail["msg"][1:], ""


def _keys_at(loc: Loc, model: type[BaseModel]) -> list[str]:
    """The keys a section may have, by walking the models along `loc`; of a union's variants the one it tells."""
    models = [model]
    for step in loc:
        fields = [f for m in models for n, f in m.model_fields.items() if step in (n, f.alias)]
        told = [m for m in models if any(step in get_args(f.annotation) for f in m.model_fields.values())]
        models = [m for f in fields for m in models_in(f.annotation)] or told or models
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)
