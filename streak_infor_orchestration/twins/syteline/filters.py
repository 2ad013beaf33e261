"""Reads a filter: comparisons, LIKE, IN, IS NULL, BETWEEN, AND, OR, NOT, brackets. Contract, C.3: no sub-queries,
no functions."""

from typing import Any

from streak_infor_orchestration.twins.syteline.conditions import (
    OPERATORS,
    AnyOf,
    Compare,
    Condition,
    Every,
    IsNull,
    Like,
    Not,
    OneOf,
)
from streak_infor_orchestration.twins.syteline.filter_words import Word, malformed, words
from streak_infor_orchestration.twins.syteline.ido import Ido


def read_filter(ido: Ido, text: str) -> Condition:
    """Raises Refusal for what is no filter, or names no property of the IDO. A blank one holds for every row."""
    if not text.strip():
        return Every(())
    return _Reader(ido, words(text)).whole()


class _Reader:
    def __init__(self, ido: Ido, found: list[Word]) -> None:
        self._ido = ido
        self._words = found
        self._at = 0

    def whole(self) -> Condition:
        condition = self._any()
        if self._word.kind != "end":
            raise malformed(f"near {self._word.text!r}")
        return condition

    def _any(self) -> Condition:
        parts = [self._every()]
        while self._takes("keyword", "OR"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _every(self) -> Condition:
        parts = [self._one()]
        while self._takes("keyword", "AND"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self) -> Condition:
        if self._takes("keyword", "NOT"):
            return Not(self._one())
        if self._takes("sign", "("):
            condition = self._any()
            self._demand("sign", ")")
            return condition
        name = self._next("name").text
        if (self._word.kind, self._word.text) == ("sign", "("):
            raise malformed(f"near {name}: functions are not allowed")
        self._ido.kind(name)
        return self._about(name)

    def _about(self, name: str) -> Condition:
        if self._takes("keyword", "IS"):
            negated = self._takes("keyword", "NOT")
            self._demand("keyword", "NULL")
            return Not(IsNull(name)) if negated else IsNull(name)
        if self._takes("keyword", "NOT"):
            return Not(self._listed(name))
        if self._word.kind == "keyword":
            return self._listed(name)
        sign = self._next("sign").text
        if sign not in OPERATORS:
            raise malformed(f"near {sign!r}")
        return Compare(name, sign, self._literal(name))

    def _listed(self, name: str) -> Condition:
        if self._takes("keyword", "LIKE"):
            return Like(name, self._next("text").text)
        if self._takes("keyword", "BETWEEN"):
            least = self._literal(name)
            self._demand("keyword", "AND")
            return Every((Compare(name, ">=", least), Compare(name, "<=", self._literal(name))))
        self._demand("keyword", "IN")
        self._demand("sign", "(")
        literals = [self._literal(name)]
        while self._takes("sign", ","):
            literals.append(self._literal(name))
        self._demand("sign", ")")
        return OneOf(name, tuple(literals))

    def _literal(self, name: str) -> Any:
        word = self._word
        if word.kind not in ("text", "number"):
            raise malformed(f"near {word.text!r}")
        self._at += 1
        kind = self._ido.kind(name)
        return kind.literal(name, word.text)

    @property
    def _word(self) -> Word:
        return self._words[self._at]

    def _next(self, kind: str) -> Word:
        word = self._word
        if word.kind != kind:
            raise malformed(f"near {word.text!r}")
        self._at += 1
        return word

    def _takes(self, kind: str, text: str) -> bool:
        found = (self._word.kind, self._word.text) == (kind, text)
        self._at += found
        return found

    def _demand(self, kind: str, text: str) -> None:
        if not self._takes(kind, text):
            raise malformed(f"near {self._word.text!r}: {text} is missing")
