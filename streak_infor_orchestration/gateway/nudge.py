"""Tells Dagster that deals are due, so that nobody waits for the sensor's next look. Losing a nudge loses nothing.

Nudges are coalesced by a row of the ledger that the sensor shares: whoever acquires it asks for a run; it lives
for three seconds, or until that run has taken its list. What arrives in between is taken by that run, or is still
due when the row has expired: then it is nudged for again.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox_rows import Event
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH

logger = logging.getLogger(__name__)

TAGS = {"dagster-celery/queue": ORDER_TO_CASH.queue, "streak-infor/started-by": "webhook"}
_LANES = ORDER_TO_CASH.lanes[ORDER_TO_CASH.queue]
LIFE_SECONDS = 3.0
LONGEST_SECONDS = 60.0
IDLE_SECONDS = 1.0
"""Seconds between two looks while nothing is due: a record that was put off becomes due without a webhook."""
SPACING_SECONDS = 0.25
"""Seconds between two looks at the ledger, however many commits there are."""

Launch = Callable[[str, Mapping[str, str]], object]


class Nudger:
    """A thread that looks after each commit, every second for what became due by itself, and again while deals
    stay due. `launch(job, tags)` asks for a run. `life` of the row, `spacing` and `idle` are in seconds.
    """

    def __init__(
        self,
        store: Store,
        launch: Launch,
        metrics: Metrics,
        clock: Clock,
        *,
        life: float = LIFE_SECONDS,
        spacing: float = SPACING_SECONDS,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self._store = store
        self._launch = launch
        self._metrics = metrics
        self._clock = clock
        self._life = life
        self._spacing = spacing
        self._idle = idle
        self._news = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nudger", daemon=True)

    def start(self) -> None:
        self._news.set()  # an earlier process may have died between a commit and its nudge
        self._thread.start()

    def committed(self, events: Sequence[Event]) -> None:
        if any(event.kind in ORDER_TO_CASH.kinds for event in events):
            self._news.set()

    def close(self) -> None:
        self._stop.set()
        self._news.set()
        self._thread.join()

    def look(self) -> bool:
        """Asks for a run if deals are due and nobody has just asked. Whether to look again; never raises."""
        try:
            due = self._store.inbox.due(ORDER_TO_CASH.kinds)
            if not any(due.by_lane.get(lane) for lane in _LANES) or self._is_paused():
                return False
            if self._store.nudges.acquire(ORDER_TO_CASH.nudge(ORDER_TO_CASH.queue), self._life):
                self._nudge()
        except Exception as error:  # the ledger's trouble is told elsewhere, and the sensor looks as well
            logger.warning("no nudge: %s", type(error).__name__)
        return True

    def next_look(self, previous: float, *, news: bool) -> float:
        """Seconds until what is due now is looked at again: the row's life, then ever more rarely.

        While no worker executes runs they would pile up; the sensor's are enough then.
        """
        if news or previous <= self._idle:
            return self._life
        return min(2 * previous, LONGEST_SECONDS)

    def _is_paused(self) -> bool:
        """A run would take nothing; when it is time to try the system again, the sensor asks."""
        return any(pause.until > self._clock.now() for pause in self._store.pauses.all())

    def _nudge(self) -> None:
        try:
            run = self._launch(ORDER_TO_CASH.name, TAGS)
        except IntegrationError as error:
            self._metrics.nudged("failed")
            logger.warning("nudge failed (%s), the sensor will see to it: %s", error.kind, error.message)
        else:
            self._metrics.nudged("launched")
            logger.info("nudge launched run %s", run)

    def _run(self) -> None:
        pause = self._idle
        while True:
            news = self._news.wait(pause)
            if self._stop.is_set():
                return
            self._news.clear()
            pause = self.next_look(pause, news=news) if self.look() else self._idle
            self._stop.wait(self._spacing)
