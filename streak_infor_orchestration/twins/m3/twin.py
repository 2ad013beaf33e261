"""The twin's parts in one place, and the way in to its books."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streak_infor_orchestration.twins.erp import AutomaticInvoices, Pace
from streak_infor_orchestration.twins.harness import LateCommits, Violations
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.business import M3Business
from streak_infor_orchestration.twins.m3.cache import AnswerCache
from streak_infor_orchestration.twins.m3.event_hub import EventHub


@dataclass
class Twin:
    books: Books
    gateway: Gateway
    late: LateCommits
    automatic: AutomaticInvoices
    violations: Violations
    seed: Callable[[Books], None]
    cache: AnswerCache
    events: EventHub = field(default_factory=EventHub)
    pace: Pace = field(default_factory=Pace)

    def reset(self) -> None:
        with self.books.lock:
            self.books.clear()
            self.gateway.clear()
            self.late.clear()
            self.automatic.clear()
            self.cache.clear()
            self.events.clear()
            self.pace.seconds = 0.0
            self.seed(self.books)

    @contextmanager
    def opened(self) -> Iterator[Books]:
        """The books, locked and up to date; every look and every commit goes through here."""
        with self.books.lock:
            self.late.settle()
            self.automatic.settle(M3Business(self.books))
            try:
                yield self.books
            finally:
                self.events.tell(self.books)

    @contextmanager
    def business(self) -> Iterator[M3Business]:
        """What the control surface acts upon."""
        with self.opened() as books:
            yield M3Business(books)
