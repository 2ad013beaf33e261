"""Reads the records of an answer one by one: what is wrong with one of them is not the others' fault."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from streak_infor_orchestration.domain.errors import Unreadable
from streak_infor_orchestration.domain.left_out import LeftOut, Tell

T = TypeVar("T")
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What decoding raises for "not what was promised"."""

_MANY = 20
_KINDS = {
    "string": "text",
    "int": "whole number",
    "float": "number",
    "decimal": "number",
    "bool": "yes or no",
    "date": "date",
    "datetime": "time",
    "timezone": "time with its zone",
    "list": "list",
    "tuple": "list",
    "dict": "group of values",
    "model": "group of values",
}
"""What a member should have been, by the beginning of pydantic's name for the error."""
logger = logging.getLogger(__name__)


def log(left_out: LeftOut) -> None:
    logger.warning("left out: %s", left_out.told)


class Records:
    """Of one system. What a walk leaves out is told to `tell`."""

    def __init__(self, system: str, tell: Tell = log) -> None:
        self._system = system
        self._tell = tell

    def readable(
        self, entity: str, items: Sequence[Any], decode: Callable[[Any], T], key: Callable[[Any], str]
    ) -> tuple[T, ...]:
        """For walks: those that can be read. `key` is that of an item, "" or an error where it has none.

        Raises ValueError for a page of which none can be read, where they are many or none even has a key: then it
        is the page that is not as promised, and who went on would pass over all of them.
        """
        found: list[T] = []
        odd: list[LeftOut] = []
        nameless = 0
        for item in items:
            try:
                found.append(decode(item))
            except UNREADABLE as error:
                name = _key_of(item, key)
                nameless += not name
                odd.append(self._odd(entity, name or _unnamed(item), error))
        if odd and not found and (len(odd) >= _MANY or len(odd) == nameless):
            raise ValueError("nothing on the page can be read")
        for one in odd:
            self._tell(one)
        return tuple(found)

    def all(
        self, entity: str, items: Sequence[Any], decode: Callable[[Any], T], key: Callable[[Any], str]
    ) -> tuple[T, ...]:
        """For questions, whose answer must not lack what was asked for. Raises `Unreadable` for one that can be told
        by its key, else what `decode` raised: then it may be no record at all."""
        return tuple(self.one(entity, item, decode, key) for item in items)

    def one(self, entity: str, item: Any, decode: Callable[[Any], T], key: Callable[[Any], str]) -> T:
        try:
            return decode(item)
        except UNREADABLE as error:
            name = _key_of(item, key)
            if not name:
                raise
            raise Unreadable(self._odd(entity, name, error)) from None

    def _odd(self, entity: str, key: str, error: Exception) -> LeftOut:
        return LeftOut(system=self._system, entity=entity, key=key, why=reason(error))


def reason(error: Exception) -> str:
    """In words for people. Without values: they are business data."""
    if not isinstance(error, ValidationError):
        return "it is not built as promised"
    wrong = error.errors()
    told = [f"its {_place(one['loc'])} {_fault(one['type'], one['msg'], one['input'])}" for one in wrong[:3]]
    return "; ".join([*told, *(["…"] if len(wrong) > 3 else [])])


def _place(steps: Sequence[str | int]) -> str:
    """`LineItems 2 Price` for the price of the second line."""
    return " ".join(str(step + 1 if isinstance(step, int) else step) for step in steps)


def _fault(kind: str, message: str, value: object) -> str:
    """What a validator of ours says is the rest of the sentence already."""
    if kind == "missing":
        return "is missing"
    if value is None:
        return "is empty"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    meant = _KINDS.get(kind.partition("_")[0])
    return f"is no {meant}" if meant else "is not as promised"


def _key_of(item: Any, key: Callable[[Any], str]) -> str:
    try:
        name = key(item)
    except UNREADABLE:
        return ""
    return name if isinstance(name, str) else ""


def _unnamed(item: Any) -> str:
    content = json.dumps(item, sort_keys=True, default=str)
    return f"without a key ({hashlib.sha256(content.encode()).hexdigest()[:12]})"
