"""What the twin of an ERP product is made of, whichever it is, and the one way in to its data."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from streak_infor_orchestration.twins.erp.automatic import AutomaticInvoices
from streak_infor_orchestration.twins.erp.business import Business
from streak_infor_orchestration.twins.erp.pace import Pace
from streak_infor_orchestration.twins.harness import LateCommits, Violations


class Part(Protocol):
    """Something that a reset empties."""

    def clear(self) -> None: ...


class Data(Part, Protocol):
    """All state of the business. Hold ``lock``, which may be taken again by its holder, while looking or committing."""

    @property
    def lock(self) -> AbstractContextManager[Any]: ...


D = TypeVar("D", bound=Data)
B = TypeVar("B", bound=Business)


@dataclass
class ErpTwin(ABC, Generic[D, B]):
    data: D
    late: LateCommits
    automatic: AutomaticInvoices
    violations: Violations
    seed: Callable[[D], None]
    pace: Pace = field(default_factory=Pace, kw_only=True)

    @abstractmethod
    def business_of(self, data: D) -> B:
        """What people and time do to it."""

    @abstractmethod
    def parts(self) -> Sequence[Part]:
        """What only this product has, and a reset empties."""

    def reset(self) -> None:
        with self.data.lock:
            common: tuple[Part, ...] = (self.data, self.late, self.automatic, self.pace)
            for part in (*common, *self.parts()):
                part.clear()
            self.seed(self.data)

    @contextmanager
    def opened(self) -> Iterator[D]:
        """The data, locked and up to date; every look and every commit goes through here."""
        with self.data.lock:
            self.late.settle()
            self.automatic.settle(self.business_of(self.data))
            yield self.data

    @contextmanager
    def business(self) -> Iterator[B]:
        """What the control surface acts upon."""
        with self.opened() as data:
            yield self.business_of(data)
