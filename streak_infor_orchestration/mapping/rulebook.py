"""The rules of one record: all applied, all problems told, the targets that got a value."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Part, Problem
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.mapping.exchange import Pair
from streak_infor_orchestration.mapping.rules import AppliedRule, Converted, Refused
from streak_infor_orchestration.mapping.sources import Reader


class Filled(dict[str, Converted]):
    """Targets that got a value, by name."""

    def text(self, target: str, default: str = "") -> str:
        value = self.get(target, default)
        assert isinstance(value, str)
        return value

    def day(self, target: str) -> date | None:
        value = self.get(target)
        assert value is None or isinstance(value, date)
        return value

    def amount(self, target: str) -> Decimal:
        value = self.get(target, Decimal(0))
        assert isinstance(value, Decimal)
        return value

    def part(self, target: str) -> Part | None:
        value = self.get(target)
        assert value is None or isinstance(value, Part)
        return value

    def address(self, target: str) -> Address | None:
        value = self.get(target)
        assert value is None or isinstance(value, Address)
        return value

    def below(self, prefix: str) -> dict[str, str]:
        """The targets that begin with `prefix`, without it: custom fields, parts of an address."""
        return {name.removeprefix(prefix): self.text(name) for name in self if name.startswith(prefix)}


class RuleBook:
    """The rules for those targets that `covers` says yes to."""

    def __init__(self, config: Integration, covers: Callable[[str], bool]) -> None:
        self._rules = [
            AppliedRule(config, position, rule)
            for position, rule in enumerate(config.fields)
            if covers(rule.to)
        ]
        self.targets = frozenset(applied.rule.to for applied in self._rules)
        self.reads_lines = any(applied.rule.reads("lines") for applied in self._rules)
        self.reads_contact = any(applied.rule.reads("contact") for applied in self._rules)
        self.reads_organization = any(applied.rule.reads("organization") for applied in self._rules)

    def fields_of(self, prefix: str) -> str:
        """What the targets that begin with `prefix` are read from, as people see it."""
        return ", ".join(applied.field for applied in self._rules if applied.rule.to.startswith(prefix))

    def place_of(self, prefix: str) -> str:
        """The place of the first rule whose target begins with `prefix`."""
        return next((applied.place for applied in self._rules if applied.rule.to.startswith(prefix)), "")

    def pairs(self, reader: Reader) -> frozenset[Pair]:
        """The currencies that the rules convert into one another."""
        return frozenset(pair for applied in self._rules if (pair := applied.pair(reader)))

    def fill(self, reader: Reader, problems: list[Problem]) -> Filled:
        """Values of all targets that have one; what is wrong is added to `problems`."""
        filled = Filled()
        for applied in self._rules:
            try:
                value = applied(reader)
            except Refused as refused:
                problems.append(refused.problem)
                continue
            if value is not None:
                filled[applied.rule.to] = value
        return filled
