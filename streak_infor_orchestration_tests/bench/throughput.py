"""Deals a second through the stages, beside plain httpx that makes the same calls by turns with it."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from streak_infor_orchestration_tests.bench.bare import order_everything
from streak_infor_orchestration_tests.bench.inside import BATCH, inside, settings_of
from streak_infor_orchestration_tests.bench.outside import Outside, outside
from streak_infor_orchestration_tests.bench.row import Row
from streak_infor_orchestration_tests.databases import PostgresServer

BARS = {"sqlite": 15, "postgres": 30}
OF_BARE = 0.40
CALLS_PER_DEAL = 5  # box, probe, order, fields, comment
OF_BUDGET = 0.90
STREAK_PER_SECOND = 30.0


@dataclass(frozen=True)
class Pace:
    """Of one side of one round. `per_second` is without the twins' CPU time, `in_all` with it; `cpu` is ours, in
    seconds a deal."""

    per_second: float
    in_all: float
    cpu: float
    calls: float


def rows(*, deals: int, rounds: int) -> list[Row]:
    """`deals` are the deals of a round, on each side."""
    measured: list[Row] = []
    for database, bar in BARS.items():
        with ExitStack() as stack:
            url = stack.enter_context(_postgres()) if database == "postgres" else None
            outer = stack.enter_context(outside())
            bare, ours = _by_turns(outer, url, deals, rounds)
        ratio = median(o.per_second / b.per_second for o, b in zip(ours, bare, strict=True))
        measured += [
            Row(
                f"{database}: deals per second, simulators' CPU taken off",
                _median(ours, "per_second"),
                at_least=bar,
            ),
            Row(f"{database}: deals per second, nothing taken off", _median(ours, "in_all")),
            Row(f"{database}: bare httpx", _median(bare, "per_second")),
            Row(f"{database}: of bare httpx", ratio, at_least=OF_BARE),
            Row(f"{database}: our CPU, ms a deal", 1000 * _median(ours, "cpu")),
            Row(f"{database}: bare httpx's CPU, ms a deal", 1000 * _median(bare, "cpu")),
            Row(
                f"{database}: API calls per deal",
                max(pace.calls for pace in ours),
                at_least=CALLS_PER_DEAL,
                at_most=CALLS_PER_DEAL,
            ),
        ]
    return [*measured, _with_budgets(deals)]


def _by_turns(outer: Outside, url: str | None, deals: int, rounds: int) -> tuple[list[Pace], list[Pace]]:
    """By turns, so that whatever else the machine does meets both."""
    boxes = iter(outer.deals(settings_of(outer.company), BATCH + 2 * deals * rounds))

    def some(count: int) -> list[str]:
        return [next(boxes) for _ in range(count)]

    with inside(outer.company, url) as product:
        product.drain(some(1))  # makes the customer, whom the others find
        product.drain(some(BATCH - 1))
        (customer,) = outer.company.found_in_erp("customers")
        bare, ours = [], []
        for _ in range(rounds):
            portion = some(deals)
            bare.append(
                _timed(outer, portion, lambda b: order_everything(outer.company, b, customer["CustomerID"]))
            )
            ours.append(_timed(outer, some(deals), product.drain))
    assert outer.company.violations() == []
    return bare, ours


def _timed(outer: Outside, boxes: list[str], act: Callable[[list[str]], int]) -> Pace:
    calls, twins = len(outer.company.calls()), outer.cpu_seconds()
    cpu, began = time.process_time(), time.perf_counter()
    done = act(boxes)
    elapsed, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert done == len(boxes), f"{done} of {len(boxes)} deals converged"
    without = elapsed - (outer.cpu_seconds() - twins)
    made = (len(outer.company.calls()) - calls) / done
    return Pace(per_second=done / without, in_all=done / elapsed, cpu=cpu / done, calls=made)


def _with_budgets(deals: int) -> Row:
    """Streak's budget is the narrow one: three of a deal's five calls go there."""
    with outside() as outer:
        boxes = outer.deals(settings_of(outer.company), deals + 1)
        with inside(outer.company, None, per_second=(STREAK_PER_SECOND, 1000)) as product:
            product.drain(boxes[:1])
            pace = _timed(outer, boxes[1:], product.drain)
    used = 3 * pace.per_second / STREAK_PER_SECOND
    return Row(f"of a budget of {STREAK_PER_SECOND:g} calls a second to Streak", used, at_least=OF_BUDGET)


def _median(paces: list[Pace], name: str) -> float:
    return median(getattr(pace, name) for pace in paces)


class _postgres:
    """The address of a fresh database on a server of its own."""

    def __enter__(self) -> str:
        self._stack = ExitStack()
        folder = self._stack.enter_context(TemporaryDirectory())
        server = PostgresServer(Path(folder, "server"), fsync=True)
        self._stack.callback(server.stop)
        return self._stack.enter_context(server.database())

    def __exit__(self, *_: object) -> None:
        self._stack.close()
