"""Reading `integration.yaml`: every mistake at once, each with its line and what to do."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import ScalarNode

from streak_infor_orchestration.config.faults import Loc, nearest
from streak_infor_orchestration.config.integration import Integration, Places
from streak_infor_orchestration.domain.errors import Misconfigured


class InvalidConfiguration(Misconfigured):
    """`complaints` are the mistakes in the order of the file, each `integration.yaml:12: stages.order: …; fix`."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints), code="invalid_configuration")
        self.complaints = complaints


def load(path: Path | str) -> Integration:
    """Raises InvalidConfiguration for a file that cannot be read, is not YAML, or says something wrong."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidConfiguration((f"{path}: cannot be read: {error.strerror}",)) from None
    except UnicodeDecodeError:
        raise InvalidConfiguration((f"{path}: is not UTF-8 text",)) from None
    return loads(text, name=path.name)


def loads(text: str, *, name: str = "integration.yaml") -> Integration:
    """The same for text at hand; `name` is what complaints and diagnoses call the file."""
    document = _parse(text, name)
    try:
        places = Places(name=name, lines=dict(_lines(document)))
        return Integration.model_validate(_plain(document), context=places)
    except RecursionError:
        raise InvalidConfiguration((f"{name}:1: a section contains itself; remove the alias (*)",)) from None
    except ValidationError as error:
        details = error.errors(include_url=False)
    complaints = sorted(_complaint(detail, places) for detail in details)
    raise InvalidConfiguration(tuple(dict.fromkeys(text for _, text in complaints)))


class _Constructor(RoundTripConstructor):
    """Numbers with a point as Decimals: an amount in the file is exactly what is written."""

    def construct_decimal(self, node: ScalarNode) -> Decimal | str:
        try:
            return Decimal(node.value)
        except ArithmeticError:
            return str(node.value)


_Constructor.add_constructor("tag:yaml.org,2002:float", _Constructor.construct_decimal)


def _parse(text: str, name: str) -> Any:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    try:
        document = yaml.load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1
        key = str(error.problem).partition('"')[2].partition('"')[0]
        raise InvalidConfiguration(
            (f'{name}:{line}: "{key}" stands twice in the same section; remove one of them',)
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InvalidConfiguration(
            (f"{name}:{line}: this is not YAML: {error.problem}; check indentation, quotes and colons",)
        ) from None
    if not isinstance(document, CommentedMap):
        raise InvalidConfiguration(
            (f"{name}:1: the file is empty or no list of settings; start from a template",)
        )
    return document


def _lines(node: Any, loc: Loc = ()) -> Iterator[tuple[Loc, int]]:
    if isinstance(node, CommentedMap):
        children: Iterable[tuple[Any, Any]] = node.items()
    elif isinstance(node, CommentedSeq):
        children = enumerate(node)
    else:
        return
    for step, child in children:
        if step in node.lc.data:  # what a merge (<<) brought in has no line here
            yield (*loc, step), node.lc.data[step][0] + 1
        yield from _lines(child, (*loc, step))


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {key: _plain(child) for key, child in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(child) for child in node]
    return node


def _complaint(detail: ErrorDetails, places: Places) -> tuple[int, str]:
    context = detail.get("ctx", {})
    loc = _in_file((*detail["loc"], *context.get("at", ())), places)
    message, fix = _words(detail, context)
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


def _words(detail: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    kind, key = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    match kind:
        case "fault":
            return detail["msg"], context["fix"]
        case "missing":
            return "is missing", "add it"
        case "extra_forbidden":
            known = _keys_at(detail["loc"][:-1])
            return "there is no such key", nearest(key, known) or f"known here: {', '.join(known)}"
        case "literal_error":
            expected = [choice.strip(" '") for choice in context["expected"].replace(" or ", ",").split(",")]
            given = str(detail["input"])
            return f'"{given}" is not known here', nearest(
                given, expected
            ) or f"use one of: {', '.join(expected)}"
        case "string_type" if isinstance(detail["input"], int | Decimal):
            return f"{detail['input']} is read as a number", f'put it in quotes: "{detail["input"]}"'
        case "model_type" | "model_attributes_type" | "dict_type":
            return "should be a section of its own", "write key: value pairs below it"
        case "tuple_type":
            return "should be a list", "write [one, two] or one item per line after a dash"
        case "union_tag_invalid":
            return f'"{context["tag"]}" is not known here', f"use one of: {context['expected_tags']}"
        case "union_tag_not_found":
            return "does not say where from", "add from: columns"
    return detail["msg"][:1].lower() + detail["msg"][1:], ""


def _keys_at(loc: Loc) -> list[str]:
    """The keys a section may have, by walking the models along `loc`."""
    models: list[type[BaseModel]] = [Integration]
    for step in loc:
        fields = [f for m in models for n, f in m.model_fields.items() if step in (n, f.alias)]
        models = [m for f in fields for m in _models(f.annotation)] or models
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
