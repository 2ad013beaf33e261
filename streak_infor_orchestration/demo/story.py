"""The story of one deal, told live: what people do on one side, and what the Streak box shows of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.http import Json, until
from streak_infor_orchestration.demo.streak import Look, without_token

PATIENCE = 60.0
"""Seconds for one turn; the ERP is polled every five, and a first run on a busy machine takes its time."""


@dataclass(frozen=True)
class Turn:
    """`act` is what somebody does. It has arrived when the box shows these values and was told such a comment."""

    title: str
    act: Callable[[], None]
    shows: Mapping[str, str] = field(default_factory=dict)
    tells: str = ""

    @property
    def silent(self) -> bool:
        """Nothing is to appear: the turn is over when the integration has looked at it."""
        return not (self.shows or self.tells)


@dataclass(frozen=True)
class Played:
    """One turn as it went: seconds until the box showed it, what appeared there, and the run that brought it."""

    title: str
    seconds: float
    appeared: str
    run: str


class DemoStory:
    """Of one box; `turns` are played one by one by `play`."""

    def __init__(self, acme: Acme, gateway: Gateway, box: str) -> None:
        self._acme = acme
        self._gateway = gateway
        self.box = box

    @property
    def turns(self) -> tuple[Turn, ...]:
        won = self._moves_to("Closed-Won", {"Payment status": "Unpaid"}, "issued")
        shipped = Turn("the ERP ships", self._ships, {"ERP status": "Shipped"}, "left the warehouse")
        return (
            self._moves_to("Proposal Accepted", {"ERP status": "Open"}, "created in ERP"),
            self._moves_to("Contract Signed"),
            *((shipped, won) if self._acme.infor.erp.ships_first else (won, shipped)),
            Turn("40 % is paid", self._pays(Decimal("0.4")), {"Payment status": "PartiallyPaid"}, "are open"),
            Turn("the rest is paid", self._pays(Decimal(1)), {"ERP status": "Completed"}, "paid in full"),
        )

    def play(self, turn: Turn) -> Played:
        """Raises TooLate, with what the box and the ledger show, when the turn does not arrive."""
        before = self._acme.streak.look(self.box)
        since, started = datetime.now(UTC), time.monotonic()
        turn.act()
        until(lambda: self._arrived(turn, len(before[1])), PATIENCE, self._how_things_stand)
        seconds = time.monotonic() - started
        outcome = until(lambda: self._outcome(since), PATIENCE, self._how_things_stand)
        if turn.silent:
            seconds = time.monotonic() - started
        return Played(turn.title, seconds, _news(before, self._acme.streak.look(self.box)), outcome["run_id"])

    def _arrived(self, turn: Turn, comments_before: int) -> bool | None:
        fields, comments = self._acme.streak.look(self.box)
        shown = all(fields.get(name) == value for name, value in turn.shows.items())
        told = not turn.tells or any(turn.tells in comment for comment in comments[comments_before:])
        return (shown and told) or None

    def _outcome(self, since: datetime) -> Json | None:
        return self._gateway.outcome_since(self.box, since)

    def _how_things_stand(self) -> str:
        fields, comments = self._acme.streak.look(self.box)
        return f"the box shows {fields} and was told {comments}; {self._gateway.standing(self.box)}"

    def _moves_to(self, stage: str, shows: Mapping[str, str] | None = None, tells: str = "") -> Turn:
        return Turn(stage, partial(self._acme.streak.edit, self.box, stage=stage), shows or {}, tells)

    def _ships(self) -> None:
        self._acme.infor.ships(self._acme.streak.look(self.box)[0]["ERP order"])

    def _pays(self, share: Decimal) -> Callable[[], None]:
        """That share of what is open, to the cent."""

        def pay() -> None:
            key = self._acme.streak.look(self.box)[0]["ERP invoice"]
            (invoice,) = self._acme.infor.found("invoices", InvoiceID=key)
            self._acme.infor.receives(key, (Decimal(invoice["Balance"]) * share).quantize(Decimal("0.01")))

        return pay


def _news(before: Look, after: Look) -> str:
    changed = [f"{name}: {value}" for name, value in after[0].items() if before[0].get(name) != value]
    told = [f"“{without_token(comment)}”" for comment in after[1][len(before[1]) :]]
    return " · ".join([*changed, *told]) or "nothing twice: its order is there already"
