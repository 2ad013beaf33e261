"""Slips of people who tidy up in Streak: a field that the configuration names is renamed for a while, or made twice."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from streak_infor_orchestration.demo.company import Acme

FIELDS = (
    "SKU 2",
    "Qty 1",
    "Price 1",
    "Deal value",
    "Signed on",
    "Ship via",
    "Region",
    "ERP status",
    "Payment status",
)
"""What orders are made of, and what is written back."""


@dataclass
class Slips:
    """One at a time; `made` counts them by kind."""

    acme: Acme
    dice: Random
    made: Counter[str] = field(default_factory=Counter)
    _mend: Callable[[], object] | None = None

    def slip(self) -> str:
        """Puts the last one right and makes another; says which."""
        self.mend()
        name, streak = self.dice.choice(FIELDS), self.acme.streak
        if self.dice.random() < 0.6:
            streak.relabel_field(name, f"{name} (old)")
            self._mend = lambda: streak.relabel_field(name, name)
            kind = "a field renamed"
        else:
            second = streak.add_field(name)
            self._mend = lambda: streak.drop_field(second)
            kind = "a second field of one name"
        self.made[f"people: {kind}"] += 1
        return f"{kind}: {name}"

    def mend(self) -> str:
        """Everything is called what the configuration calls it."""
        if self._mend is None:
            return "nothing to put right"
        self._mend()
        self._mend = None
        return "put right"
