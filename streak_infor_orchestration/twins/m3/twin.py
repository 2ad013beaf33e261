"""M3's twin: its parts in one place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from streak_infor_orchestration.twins.erp import ErpTwin, Part
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.business import M3Business
from streak_infor_orchestration.twins.m3.cache import AnswerCache
from streak_infor_orchestration.twins.m3.event_hub import EventHub


@dataclass
class M3Twin(ErpTwin[Books, M3Business]):
    gateway: Gateway
    cache: AnswerCache
    events: EventHub = field(default_factory=EventHub)

    def business_of(self, data: Books) -> M3Business:
        return M3Business(data)

    def parts(self) -> Sequence[Part]:
        return (self.gateway, self.cache, self.events)

    @contextmanager
    def opened(self) -> Iterator[Books]:
        """What was done in the meantime is told to the subscribers."""
        with super().opened() as books:
            try:
                yield books
            finally:
                self.events.tell(books)
