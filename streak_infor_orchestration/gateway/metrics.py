"""Figures for Prometheus: counters of this process, and the ledger's state read at each scrape."""

import logging
from collections import Counter as Tally
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.sync.watch.alerts import start_of_day
from streak_infor_orchestration.sync.watch.untold import UNTOLD

logger = logging.getLogger(__name__)

_PREFIX = "streak_infor"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """A registry of its own for each application, so that several can live in one process."""

    def __init__(self, store: Store) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(LedgerState(store))
        self._seconds = Histogram(
            f"{_PREFIX}_webhook_seconds",
            "From a webhook's first byte to its answer, by what became of it",
            ["outcome"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._nudges = Counter(
            f"{_PREFIX}_nudges", "Runs asked for, by what became of it", ["outcome"], registry=self.registry
        )

    def answered(self, outcome: str, seconds: float) -> None:
        self._seconds.labels(outcome).observe(seconds)

    def nudged(self, outcome: str) -> None:
        self._nudges.labels(outcome).inc()


class LedgerState(Collector):
    """Nothing is cached: every process that scrapes sees the same, and a restart loses nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> list[Metric]:
        return []  # do not read the ledger just to register

    def collect(self) -> Iterator[Metric]:
        try:
            state = [*self._state()]
        except Exception as error:
            logger.error("the ledger cannot be read for metrics: %s", type(error).__name__)
            state = []
        up = GaugeMetricFamily(
            f"{_PREFIX}_ledger_up", "1 when the ledger could be read", value=float(bool(state))
        )
        yield from (up, *state)

    def _state(self) -> Iterator[Metric]:
        store = self._store
        inbox = GaugeMetricFamily(
            f"{_PREFIX}_inbox_records",
            "Records to look at: waiting in all, due now, leased to a run",
            labels=["kind", "lane", "state"],
        )
        for backlog in store.inbox.counts():
            for state in ("waiting", "due", "leased"):
                inbox.add_metric([backlog.kind, backlog.lane, state], getattr(backlog, state))
        yield inbox
        yield GaugeMetricFamily(
            f"{_PREFIX}_inbox_lag_seconds",
            "How long the oldest live record that nobody works on has been due",
            value=store.inbox.lag(),
        )
        yield GaugeMetricFamily(
            f"{_PREFIX}_dead_letters_open",
            "Records that wait for a person",
            value=store.dead_letters.count_open(),
        )
        yield GaugeMetricFamily(
            f"{_PREFIX}_changes_untold_today",
            "Deals that changed in the ERP today (UTC) and that it did not tell of, where it is set up to tell",
            value=store.inbox.records_told_of(*UNTOLD, start_of_day(store.clock.now())),
        )
        left_out = GaugeMetricFamily(
            f"{_PREFIX}_records_left_out",
            "Records that cannot be read and are left out of every list",
            labels=["system", "entity"],
        )
        for (system, entity), count in store.left_out.counts().items():
            left_out.add_metric([system, entity], count)
        yield left_out
        effects = GaugeMetricFamily(
            f"{_PREFIX}_effects_unsettled",
            "Writes whose outcome is not known for certain yet",
            labels=["state"],
        )
        unsettled, now = store.effects.unsettled(), store.clock.now()
        tally = Tally(effect.state for effect in unsettled)
        for state in ("sent", "unknown", "confirmed"):
            effects.add_metric([state], tally[state])
        yield effects
        yield GaugeMetricFamily(
            f"{_PREFIX}_oldest_unsettled_effect_seconds",
            "How long ago the oldest of these writes was sent; 0 when there is none",
            value=max(((now - e.sent_at).total_seconds() for e in unsettled if e.sent_at), default=0.0),
        )
        yield GaugeMetricFamily(
            f"{_PREFIX}_next_probe_seconds",
            "Until the first of these writes is looked for, negative when it is overdue; 0 when there is none",
            value=min(((e.next_look - now).total_seconds() for e in unsettled if e.next_look), default=0.0),
        )
        paused = GaugeMetricFamily(
            f"{_PREFIX}_system_paused", "1 while a system is left alone", labels=["system"]
        )
        for pause in store.pauses.all():
            paused.add_metric([pause.system], float(not pause.is_over(now)))
        yield paused
