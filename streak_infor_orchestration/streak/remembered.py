"""What changes rarely, remembered for half a minute: by this process, and where there is a `Memory` by all of them."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Transient
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.deadline import holding, remaining

T = TypeVar("T", bound=Model)
R = TypeVar("R")

_LOOK_SECONDS = 0.05
_MOMENT = timedelta(seconds=2)


class Kept(Protocol):
    @property
    def asked(self) -> datetime: ...
    @property
    def content(self) -> Any: ...


class Memory(Protocol):
    """What all processes remember: by name when it was asked for, and as JSON what was answered. One at a time
    `may_fetch`, until it says that it has `fetched` or some seconds are over."""

    def recall(self, name: str) -> Kept | None: ...
    def keep(self, name: str, asked: datetime, content: Any) -> None: ...
    def forget(self, name: str) -> None: ...
    def may_fetch(self, name: str) -> bool: ...
    def fetched(self, name: str) -> None: ...


class Remembered(Generic[T]):
    """Values by key, from `fetch`; one fetch at a time. Thread-safe. Each method raises what `fetch` raises.

    With a `memory` nothing is fetched again before its `life` is over, however many processes ask.
    """

    def __init__(
        self,
        fetch: Callable[[str], T],
        clock: Clock,
        life: timedelta,
        model: type[T],
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._life = life
        self._model = model
        self.memory: Memory | None = None
        self._known: dict[str, tuple[datetime, T]] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> T:
        with holding(self._lock, "streak"):
            return self._no_older(key, self._life)

    def resolve(self, key: str, resolve: Callable[[T], R]) -> R:
        """`resolve` with what is known, and once more after a fresh look, where one may be had, before its refusal
        counts."""
        value = self.get(key)
        with suppress(Misconfigured, Rejected):
            return resolve(value)
        return resolve(self.newer(key, than=value))

    def newer(self, key: str, than: T) -> T:
        """Fetched again, unless another thread has just done so: for whoever found `than` wanting. With a memory that
        is not over yet it is `than` itself."""
        with holding(self._lock, "streak"):
            known = self._known.get(key)
            if known is not None and known[1] is not than:
                return known[1]
            return self._fetched(key) if self.memory is None else self._no_older(key, self._life)

    def renewed_in(self, key: str) -> timedelta:
        """How long until what is known can be asked for again."""
        known = self._known.get(key) if self.memory else None
        return max(timedelta(), known[0] + self._life - self._clock.now()) if known else timedelta()

    def asked(self, key: str) -> datetime | None:
        """When what is known was asked for."""
        known = self._known.get(key)
        return known[0] if known else None

    def fresh(self, key: str) -> T:
        """As it is now, or was a moment ago, whatever is known: for a person who waits for it."""
        with holding(self._lock, "streak"):
            return self._no_older(key, _MOMENT if self.memory else timedelta())

    def newest(self, key: str) -> tuple[datetime, T]:
        """What any process has learned last, with when it was asked for: for whoever decides for all of them."""
        with holding(self._lock, "streak"):
            value = self._no_older(key, self._life)
            if self.memory is not None:
                value = self._recalled(self.memory, key, self._life) or value
            return self._known[key][0], value

    def forget(self, key: str) -> None:
        """It was changed: the next to ask fetches it. Waits for nobody, for the change was made and must not seem
        to have failed."""
        self._known.pop(key, None)
        if self.memory is not None:
            self.memory.forget(self._name(key))

    def put(self, key: str, value: T) -> None:
        """Remember what was learned on another way."""
        with holding(self._lock, "streak"):
            self._known[key] = (self._clock.now(), value)

    def _no_older(self, key: str, life: timedelta) -> T:
        known = self._known.get(key)
        if known is not None and self._clock.now() - known[0] < life:
            return known[1]
        return self._fetched(key) if self.memory is None else self._shared(self.memory, key, life)

    def _shared(self, memory: Memory, key: str, life: timedelta) -> T:
        """What another process has fetched, or else fetched for all of them."""
        name = self._name(key)
        while (found := self._recalled(memory, key, life)) is None:
            if not memory.may_fetch(name):
                if remaining() <= 0:
                    raise Transient(
                        "what Streak calls things is being asked for", code=SystemCode.BUSY, system="streak"
                    )
                time.sleep(_LOOK_SECONDS)
                continue
            try:
                # another process may have fetched it since we looked
                found = self._recalled(memory, key, life)
                return self._fetched(key) if found is None else found
            finally:
                memory.fetched(name)
        return found

    def _recalled(self, memory: Memory, key: str, life: timedelta) -> T | None:
        kept = memory.recall(self._name(key))
        if kept is None or self._clock.now() - kept.asked >= life:
            return None
        known = self._known.get(key)
        if known is None or known[0] < kept.asked:
            value = self._model.model_validate(kept.content)
            known = (kept.asked, known[1] if known and known[1] == value else value)
            self._known[key] = known
        return known[1]

    def _fetched(self, key: str) -> T:
        asked = self._clock.now()
        value = self._fetch(key)
        known = self._known.get(key)
        if known is not None and known[1] == value and self.memory is not None:
            value = known[1]  # the very object of before, for whoever compares by identity
        self._known[key] = (asked, value)
        if self.memory is not None:
            self.memory.keep(self._name(key), asked, value.model_dump(mode="json"))
        return value

    def _name(self, key: str) -> str:
        return f"{self._model.__name__.lower()}:{key}"
