"""An answer of an outside system, read to its end."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NoReturn


@dataclass(frozen=True)
class Answer:
    """`headers` are looked up without regard to case; `content` is the decompressed body."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @cached_property
    def body(self) -> Any:
        """The JSON body, None where there is none. Raises ValueError when it is no JSON.

        Numbers with a fraction become Decimals: an amount never passes through a float.
        """
        if not self.content.strip():
            return None
        try:
            return json.loads(self.content, parse_float=Decimal, parse_constant=_refuse)
        except RecursionError:
            raise ValueError("nested too deeply") from None

    @property
    def is_json(self) -> bool:
        """Whether `body` can be read; no body at all counts."""
        try:
            _ = self.body
        except ValueError:
            return False
        return True


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
