"""Writes that happen at most once, for ever (shapes create and append): what one is, and what may be seen of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.customers import Listed
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link

T = TypeVar("T", bound=Model)
Body = dict[str, Any]
"""The canonical request, as the row of the write keeps it."""


class Keyed(Model):
    """A record of which nothing but its key is needed once it is there."""

    key: str


@dataclass(frozen=True)
class Seen(Generic[T]):
    """What a probe found: complete records, or the steps of one left half-way. `held`: why the other system keeps that
    one until a person acts there. `foreign` names what is half-made and of another request."""

    records: tuple[T, ...] = ()
    steps: dict[str, str] = field(default_factory=dict)
    held: str = ""
    foreign: tuple[str, ...] = ()

    @property
    def lets_begin(self) -> bool:
        """Whether a first send may begin: nothing is there, or only the beginning of this very request, which is taken
        up."""
        return not (self.records or self.held or self.foreign)

    @property
    def shows_half_made(self) -> bool:
        return bool(self.steps or self.held or self.foreign)


@dataclass(frozen=True)
class Once(Generic[T]):
    """A write that must happen at most once.

    `call` does what a body asks for and returns the record; `probe` finds it by exact, immediate reads, also half-made:
    of a body, and asked for at the earliest then (None: not yet, as far as is known). `differs` compares a found record
    with a body ("" when it is the same); `link`, `invoice` and `listed` are what confirming it proves.
    `seen`: what a probe of `body` showed just now, where one was made for other reasons.
    `repeatable`: doing it twice changes nothing, so nobody looks for a second one.
    `NotYet` from `call` means the other system will do it by itself later: nothing was done.
    """

    key: str
    shape: str
    subject: str
    body: Body
    model: type[T]
    call: Callable[[Body, Steps], T]
    probe: Callable[[Body, datetime | None], Seen[T]]
    identify: Callable[[T], str]
    settle_seconds: float
    differs: Callable[[T, Body], str] = lambda _record, _body: ""
    link: Callable[[T], Link | None] = lambda _record: None
    invoice: Callable[[T], OrderInvoice | None] = lambda _record: None
    listed: Callable[[T], Listed | None] = lambda _record: None
    probe_first: bool = True
    seen: Seen[T] | None = None
    repeatable: bool = False


@dataclass(frozen=True)
class Done(Generic[T]):
    """The record, what was asked for, whether this very call made it, and when to look once more for a second one.
    `edited`: something else is wanted by now."""

    record: T
    body: Body
    fresh: bool
    edited: bool = False
    verify_at: datetime | None = None


def twice(do: Once[T], seen: Seen[T]) -> Conflict:
    names = ", ".join(do.identify(record) for record in seen.records)
    return Conflict(
        f"Several records in the ERP were made for this: {names}.", code=DealCode.TWICE, existing=names
    )
