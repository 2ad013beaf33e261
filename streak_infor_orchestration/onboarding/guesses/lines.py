"""Where deals keep what is sold: in numbered fields, in one text, or in boxes of another pipeline."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from streak_infor_orchestration.onboarding.guesses.roles import by_role
from streak_infor_orchestration.onboarding.guesses.words import said
from streak_infor_orchestration.streak.vocabulary import Field, Pipeline

_NUMBER = re.compile(r"\d+(?!.*\d)")
_ORDERABLE = {"sku", "quantity"}
_TEXTS = (
    "line items",
    "order lines",
    "items",
    "lines",
    "products",
    "positions",
    "basket",
    "positionen",
    "artikel",
    "articles",
    "scope",
)
_QUOTES = ("quotes", "quote", "quotations", "offers", "estimates", "angebote", "devis", "presupuestos")


@dataclass(frozen=True)
class ColumnsGuess:
    """Patterns by role, `{n}` being the row; `rows` there are. `others`: numbered fields that say nothing of that."""

    patterns: dict[str, str]
    rows: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinesGuess:
    """Any of them may be None. `pipeline` is one that may hold quotes, `linked` the names of its fields by role."""

    columns: ColumnsGuess | None
    text: Field | None
    pipeline: Pipeline | None
    linked: dict[str, str]

    @property
    def priceless(self) -> str:
        """What follows where lines have no price of their own, "" where they have one."""
        roles = self.columns.patterns if self.columns else {} if self.text else self.linked
        if not roles or "price" in roles:
            return ""
        perhaps = ", ".join(f'"{name}"' for name in self.columns.others) if self.columns else ""
        asked = f"; is it {perhaps}?" if perhaps else ""
        return f"no field looks like a price, so every line counts with the ERP's list price{asked}"

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields it takes."""
        if self.columns:
            rows = range(1, self.columns.rows + 1)
            return frozenset(p.replace("{n}", str(n)) for p in self.columns.patterns.values() for n in rows)
        return frozenset({self.text.name} if self.text else ())


def guess_lines(pipeline: Pipeline, others: Sequence[Pipeline]) -> LinesGuess:
    texts = [f for f in pipeline.fields if f.type == "TEXT_INPUT" and not _NUMBER.search(f.name)]
    text = next((f for phrase in _TEXTS for f in texts if said(f.name, (phrase,))), None)
    quotes = next((p for p in others if p.key != pipeline.key and said(p.name, _QUOTES)), None)
    linked = by_role([field.name for field in quotes.fields]) if quotes else {}
    return LinesGuess(_columns(pipeline.fields), text, quotes, linked if linked.keys() >= _ORDERABLE else {})


def _columns(fields: Sequence[Field]) -> ColumnsGuess | None:
    """A product and a quantity at least, each from row 1 on without a gap."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for field in fields:
        number = _NUMBER.search(field.name)
        if number and "{n}" not in field.name and number[0] == str(int(number[0])):
            rows[field.name[: number.start()] + "{n}" + field.name[number.end() :]].add(int(number[0]))
    most_first = sorted(rows, key=lambda pattern: -len(rows[pattern]))
    patterns = by_role([pattern for pattern in most_first if 1 in rows[pattern]])
    if not patterns.keys() >= _ORDERABLE:
        return None
    last = min(_without_gap(rows[patterns[role]]) for role in ("sku", "quantity"))
    others = tuple(p for p in most_first if 1 in rows[p] and p not in patterns.values())
    return ColumnsGuess(patterns, min(last, 200), others)


def _without_gap(numbers: set[int]) -> int:
    last = 1
    while last + 1 in numbers:
        last += 1
    return last
