"""How the product says it stands: the gateway's metrics, in the campaign's words."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Self

import httpx

from streak_infor_orchestration.demo.http import client

SAMPLE = re.compile(r"^(streak_infor_\w+)(?:\{(.*)\})? ([0-9.e+-]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Unfinished:
    """waiting, leased: records of the inbox. unsettled: writes whose outcome is not known for certain."""

    waiting: int
    leased: int
    unsettled: int
    dead_letters: int

    @property
    def is_quiet(self) -> bool:
        return not (self.waiting or self.leased or self.unsettled)

    def __str__(self) -> str:
        return (
            f"{self.waiting} records wait, {self.leased} are leased, {self.unsettled} writes are unsettled, "
            f"{self.dead_letters} dead letters are open"
        )

    @classmethod
    def parse(cls, metrics: str) -> Self:
        """Prometheus' text format. Raises ValueError when the ledger could not be read."""
        sums: Counter[str] = Counter()
        for name, labels, value in SAMPLE.findall(metrics):
            state = re.search(r'state="(\w+)"', labels or "")
            sums[f"{name} {state[1] if state else ''}".strip()] += int(float(value))
        if not sums["streak_infor_ledger_up"]:
            raise ValueError("the gateway cannot read the ledger")
        return cls(
            waiting=sums["streak_infor_inbox_records waiting"],
            leased=sums["streak_infor_inbox_records leased"],
            unsettled=sum(n for name, n in sums.items() if name.startswith("streak_infor_effects_unsettled")),
            dead_letters=sums["streak_infor_dead_letters_open"],
        )


class Watch:
    """Reads the standing of one gateway."""

    def __init__(self, gateway_url: str) -> None:
        self._gateway = client(gateway_url)

    def standing(self) -> Unfinished | None:
        """None while the gateway does not answer."""
        try:
            return Unfinished.parse(self._gateway.get("/metrics").raise_for_status().text)
        except (httpx.HTTPError, ValueError):
            return None
