"""A tiny language for transcripts: what is sent, what comes back, and the section that says so."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Exchange:
    """One request and its answer.

    ``$name`` anywhere in path, headers or bodies stands for a value kept by an earlier exchange. ``json``, ``form``
    or ``raw`` is the request's body. ``answer`` is the part of the response's body that must be there (``...``:
    present, whatever it is), ``absent`` names members that must not be; ``answer_headers`` likewise, compared
    exactly (None: must not be there). ``keep`` maps a name to the member (``Items.0.OrderID``) or ``header:ETag``
    it is kept from. An ``anonymous`` exchange goes without the credential that the suite sends otherwise.
    """

    method: str
    path: str
    json: Any = None
    status: int = 200
    answer: Any = None
    form: dict[str, str] | None = None
    raw: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    anonymous: bool = False
    basic: tuple[str, str] | None = None
    absent: tuple[str, ...] = ()
    answer_headers: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wait:
    """The twin's clock moves on."""

    seconds: float


@dataclass(frozen=True)
class Story:
    """Exchanges that follow one another on a freshly seeded twin; ``section`` names the contract's section.

    ``violations`` are the rules the twin must have noted by the end, in order.
    """

    section: str
    rule: str
    steps: tuple[Exchange | Wait, ...]
    violations: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.section}: {self.rule}"
