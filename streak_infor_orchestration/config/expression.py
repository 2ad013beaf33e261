"""Expressions: jmespath with a few functions, checked when the file is loaded.

jmespath has no loops, recursion or regular expressions, so an expression always ends. Numbers are Decimals.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, TypeVar

import jmespath
import jmespath.exceptions
from jmespath import functions
from pydantic import BeforeValidator, WithJsonSchema

from streak_infor_orchestration.config.faults import fault, one_of
from streak_infor_orchestration.domain.model import Model

NAMESPACE = ("box", "field", "contact", "organization", "deal")
_CHAINED = ("subexpression", "pipe")
"""Each child is evaluated against the result of the one before it."""
_OF_EACH = ("projection", "filter_projection", "value_projection")
"""Children after the first are evaluated against each part of the first one's result."""

Path = tuple[str, ...]

_F = TypeVar("_F", bound=Callable[..., Any])
_ANY: dict[str, Any] = {"types": []}
_REST: dict[str, Any] = {"types": [], "variadic": True}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _takes(*arguments: dict[str, Any]) -> Callable[[_F], _F]:
    """jmespath's own decorator, typed: it marks the method and gives it back."""

    def mark(method: _F) -> _F:
        functions.signature(*arguments)(method)
        return method

    return mark


class _Functions(functions.Functions):  # type: ignore[misc]  # jmespath is untyped
    """An empty value goes through every function as an empty text: fields of a box are often not set."""

    @_takes(_ANY)
    def _func_upper(self, value: Any) -> str:
        return _text(value).upper()

    @_takes(_ANY)
    def _func_lower(self, value: Any) -> str:
        return _text(value).lower()

    @_takes(_ANY)
    def _func_trim(self, value: Any) -> str:
        return " ".join(_text(value).split())

    @_takes(_REST)
    def _func_concat(self, *values: Any) -> str:
        return "".join(map(_text, values))

    @_takes(_ANY, _ANY, _ANY)
    def _func_if(self, condition: Any, then: Any, otherwise: Any) -> Any:
        return otherwise if condition in (None, False, "", [], {}) else then

    @_takes(_REST)
    def _func_default(self, *values: Any) -> Any:
        return next((value for value in values if value not in (None, "", [])), None)

    @_takes(_ANY, _ANY)
    def _func_contains(self, whole: Any, part: Any) -> bool:
        return part in whole if isinstance(whole, list) else _text(part) in _text(whole)

    @_takes(_ANY, _ANY)
    def _func_starts_with(self, whole: Any, start: Any) -> bool:
        return _text(whole).startswith(_text(start))

    @_takes(_ANY, _ANY)
    def _func_ends_with(self, whole: Any, end: Any) -> bool:
        return _text(whole).endswith(_text(end))

    @_takes(_ANY, _ANY)
    def _func_join(self, between: Any, items: Any) -> str:
        return _text(between).join(map(_text, items if isinstance(items, list) else [items]))


# Only these: jmespath's own functions refuse an empty value, and count in floats.
_Functions.FUNCTION_TABLE = {
    name: spec for name, spec in _Functions.FUNCTION_TABLE.items() if f"_func_{name}" in vars(_Functions)
}
FUNCTIONS = tuple(_Functions.FUNCTION_TABLE)
_OPTIONS = jmespath.Options(custom_functions=_Functions())


class Expression(Model):
    """A checked expression. `text` is what the file says."""

    text: str

    @cached_property
    def _compiled(self) -> Any:
        compiled = copy.deepcopy(jmespath.compile(self.text))  # jmespath keeps and shares what it compiled
        for node in _nodes(compiled.parsed):
            if node["type"] == "literal":
                node["value"] = _exact(node["value"])
        return compiled

    def __call__(self, namespace: Mapping[str, Any]) -> Any:
        """The result: text, bool, Decimal, None, or lists and dicts of them. Raises whatever jmespath raises."""
        return self._compiled.search(namespace, options=_OPTIONS)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The parts of the namespace that the expression reads."""
        return frozenset(path[0] for path in self._paths)

    @cached_property
    def fields(self) -> frozenset[str]:
        """Names of the box's fields it reads, as far as they are written out."""
        return frozenset(path[1] for path in self._paths if len(path) == 2 and path[0] == "field")

    @cached_property
    def own_fields(self) -> frozenset[tuple[str, str]]:
        """The same of the contact's and the organization's own fields: (contact or organization, name)."""
        own = (path for path in self._paths if len(path) == 3 and path[1] == "field")
        return frozenset((path[0], path[2]) for path in own if path[0] in ("contact", "organization"))

    @cached_property
    def _paths(self) -> frozenset[Path]:
        """What is read by names alone, such as `contact.field.VAT`, with all that leads to it."""
        read: set[Path] = set()
        _follow(self._compiled.parsed, (), read)
        return frozenset(read)


def _exact(value: Any) -> Any:
    """Numbers written in an expression as Decimals; the shortest form of a float is what was written."""
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node["children"]:
        if isinstance(child, dict):  # the children of a slice are numbers
            yield from _nodes(child)


def _follow(node: dict[str, Any], start: Path | None, read: set[Path]) -> Path | None:
    """The path of what the node comes to when it is evaluated against what stands at `start`; all that it reads on the
    way goes to `read`. None: computed, or one of many, so that names alone do not lead there."""
    children = [child for child in node["children"] if isinstance(child, dict)]
    match node["type"]:
        case "field":
            here = None if start is None else (*start, node["value"])
            if here is not None:
                read.add(here)
            return here
        case "current" | "identity":
            if start == ():
                read.update((part,) for part in NAMESPACE)
            return start
        case kind if kind in _CHAINED:
            for child in children:
                start = _follow(child, start, read)
            return start
        case kind:
            for number, child in enumerate(children):
                _follow(child, None if number and kind in _OF_EACH else start, read)
            return None


def _parse(text: object) -> object:
    if not isinstance(text, str):
        return text
    expression = Expression(text=text)
    try:
        tree = expression._compiled.parsed
    except jmespath.exceptions.JMESPathError as error:
        reason = str(error).partition("\n")[0]
        raise fault(f"this expression cannot be read: {reason}", fix="see the docs on expressions") from None
    for node in _nodes(tree):
        if node["type"] == "function_expression":
            _check_call(node)
    for name in sorted(expression.reads - set(NAMESPACE)):
        raise fault(f'"{name}" is nothing an expression can read', fix=one_of(name, NAMESPACE))
    return expression


def _check_call(node: dict[str, Any]) -> None:
    name, given = node["value"], len(node["children"])
    if name not in FUNCTIONS:
        raise fault(f"there is no function {name}()", fix=one_of(name, FUNCTIONS))
    signature = _Functions.FUNCTION_TABLE[name]["signature"]
    variadic = bool(signature and signature[-1].get("variadic"))
    if given < len(signature) or (given > len(signature) and not variadic):
        takes = f"{name}() takes {len(signature)}{' or more' if variadic else ''} values, not {given}"
        raise fault(takes, fix="see what each function takes in docs/configuration.md")


ExpressionText = Annotated[Expression, BeforeValidator(_parse), WithJsonSchema({"type": "string"})]
