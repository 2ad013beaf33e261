"""An answer of an outside system, read to its end."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NoReturn

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_PERHAPS_NO_TEXT = re.compile(_NO_TEXT.pattern + r"|\\u(?:0000|d[89a-f])", re.IGNORECASE)
"""Also in the ways JSON writes them. Most answers hold none, and are not walked through."""
_MOST_DIGITS = 400
"""Before or behind the point of a number. A double, which is what most senders compute with, has 308."""


@dataclass(frozen=True)
class Answer:
    """`headers` are looked up without regard to case; `content` is the decompressed body."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @cached_property
    def body(self) -> Any:
        """The JSON body, None where there is none. Raises ValueError when it is no JSON.

        Numbers with a fraction become Decimals: an amount never passes through a float. One like 1e999999999, which
        written out would fill the memory, becomes NaN, which no record accepts. Half an emoji (a text that was
        cut), bytes that are no characters and NUL become U+FFFD, everywhere in the body: no database, table or request
        could hold them. Here, because every text of the other systems comes this way; and one that means something
        still does not pass for a right one ("12 \ufffd" is no price). Other control characters can be held; they are
        made visible where they are shown.
        """
        if not self.content.strip():
            return None
        text = self.content.decode(self._encoding, "replace")
        try:
            body = json.loads(text, strict=False, parse_float=_number, parse_constant=_refuse)
            return _as_text(body) if _PERHAPS_NO_TEXT.search(text) else body
        except RecursionError:
            raise ValueError("nested too deeply") from None

    @property
    def is_whole(self) -> bool:
        """Whether all bytes are characters. Where some are not, any text of the body may be another than was meant: one
        can read a record by it, and not learn from it which record a write has made."""
        try:
            self.content.decode(self._encoding)
        except UnicodeDecodeError:
            return False
        return True

    @property
    def _encoding(self) -> str:
        return json.detect_encoding(self.content)

    @property
    def is_json(self) -> bool:
        """Whether `body` can be read; no body at all counts."""
        try:
            _ = self.body
        except ValueError:
            return False
        return True


def _number(digits: str) -> Decimal:
    number = Decimal(digits)
    return number if abs(number.adjusted()) <= _MOST_DIGITS else Decimal("NaN")


def _as_text(value: Any) -> Any:
    match value:
        case str():
            return _NO_TEXT.sub("\ufffd", value)
        case list():
            return [_as_text(item) for item in value]
        case dict():
            return {_as_text(name): _as_text(member) for name, member in value.items()}
        case _:
            return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
