"""Fault switches: which requests go wrong, how, and how often. Pure data and choice; no I/O.

The effects themselves are played by :mod:`.fault_middleware`.
"""

import random
import re
import threading
from dataclasses import asdict, dataclass, field, fields
from typing import Any

FAULT_KEY = "twin.fault"
"""Scope key under which the middleware leaves the kind it played, for the call log."""

KINDS = frozenset(
    {"status", "status_after", "cut_before", "cut_after", "slow", "slow_after", "garbage"},
)
GARBAGE_STYLES = frozenset({"truncated", "invalid", "wrong_types"})


@dataclass
class Fault:
    """One switch, matching by ``method`` (or ``*``), ``path``, ``query`` and ``authorization`` (regular expressions,
    searched; the last in the header of that name, so that one user's calls fail and another's do not).

    Kinds: ``status`` answers ``status``/``headers``/``body`` without running the handler, ``status_after``
    the same after the handler committed; ``cut_before`` and ``cut_after`` break the connection off before or
    after the commit; ``slow`` waits ``seconds`` before the handler, ``slow_after`` between commit and answer;
    ``garbage`` commits, then answers ``status`` (200 unless told) with ``body`` or, without one, with the
    real body spoilt as ``style`` says. Every other kind also waits ``seconds`` first when given.

    The first ``after`` matches are let through; then it fires ``times`` times (None: for ever), each time
    with ``probability`` drawn from a generator seeded with ``seed``.
    """

    kind: str
    method: str = "*"
    path: str = ""
    query: str = ""
    authorization: str = ""
    times: int | None = 1
    after: int = 0
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    content_type: str = "application/json"
    style: str = "truncated"
    matched: int = 0
    fired: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; one of {sorted(KINDS)}")
        if self.style not in GARBAGE_STYLES:
            raise ValueError(f"unknown style {self.style!r}; one of {sorted(GARBAGE_STYLES)}")
        if self.status is None:
            self.status = 200 if self.kind == "garbage" else 500
        self._path = re.compile(self.path)
        self._query = re.compile(self.query)
        self._authorization = re.compile(self.authorization)
        self._dice = random.Random(self.seed)  # noqa: S311 - repeatable, not secret

    @classmethod
    def from_json(cls, data: Any) -> "Fault":
        """Raises ValueError on an unknown field, kind, style or a bad regular expression."""
        if not isinstance(data, dict):
            raise ValueError("a switch is a JSON object")
        known = {f.name for f in fields(cls)} - {"matched", "fired"}
        if unknown := set(data) - known:
            raise ValueError(f"unknown fields {sorted(unknown)}; known: {sorted(known)}")
        try:
            return cls(**data)
        except (TypeError, re.error) as error:
            raise ValueError(str(error)) from error

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def fires_on(self, method: str, path: str, query: str, authorization: str) -> bool:
        """Counts the match and says whether the switch fires on it."""
        if self.times is not None and self.fired >= self.times:
            return False
        if self.method not in ("*", method) or not self._path.search(path) or not self._query.search(query):
            return False
        if not self._authorization.search(authorization):
            return False
        self.matched += 1
        if self.matched <= self.after or self._dice.random() >= self.probability:
            return False
        self.fired += 1
        return True


class Faults:
    """The ordered switches; the first that fires on a request wins and the later ones do not see it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._switches: list[Fault] = []

    def add(self, *switches: Fault) -> None:
        with self._lock:
            self._switches.extend(switches)

    def clear(self) -> None:
        with self._lock:
            self._switches.clear()

    def entries(self) -> list[dict[str, Any]]:
        with self._lock:
            return [switch.as_json() for switch in self._switches]

    def choose(self, method: str, path: str, query: str, authorization: str) -> Fault | None:
        with self._lock:
            return next((s for s in self._switches if s.fires_on(method, path, query, authorization)), None)
