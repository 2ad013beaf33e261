"""What happened in a round and when: for the report's timeline and its tables."""

import time
from collections import Counter
from dataclasses import dataclass, field

Event = tuple[float, str, str]
"""Seconds since the beginning, the lane (kill, stop, fault, webhook, act), and what it was."""

Sample = tuple[float, int, int, int]
"""Seconds since the beginning; deals that want an order by then; orders and invoices in the ERP."""


@dataclass
class Diary:
    """`events` and `samples` in the order of time."""

    events: list[Event] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> float:
        return round(time.monotonic() - self.began, 2)

    def note(self, lane: str, what: str) -> None:
        self.events.append((self.now, lane, what))

    def sample(self, asked: int, orders: int, invoices: int) -> None:
        self.samples.append((self.now, asked, orders, invoices))


@dataclass
class Result:
    """One round, as it is kept in the state file and shown in the report. Times in seconds, counts by kind.

    sent_again: writes that were sent more than once, since the first try had certainly not been done, or was looked
    for in vain.
    """

    seed: int
    database: str
    deals: int
    steps: int = 0
    orders: int = 0
    invoices: int = 0
    customers: int = 0
    sent_again: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    stops: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    starting: float = 0.0
    storm: float = 0.0
    convergence: float = 0.0
    load: float = 0.0
    events: list[Event] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.findings

    @property
    def killed(self) -> int:
        return sum(self.kills.values())


def total(results: list[Result], what: str) -> Counter[str]:
    """The sum of `kills`, `stops`, `faults` or `wrong` over rounds, most frequent first."""
    sums: Counter[str] = Counter()
    for result in results:
        sums.update(getattr(result, what))
    return Counter(dict(sums.most_common()))
