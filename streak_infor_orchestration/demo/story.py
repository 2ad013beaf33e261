"""The story of one deal, told live: what people do on one side, and what the Streak box shows of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from .company import Acme
from .gateway import Gateway
from .http import Json, until
from .streak import without_token

PATIENCE = 45.0
"""Seconds for one step; the ERP is polled every five, and a first run on a busy machine takes its time."""


@dataclass(frozen=True)
class Step:
    """`act` is what somebody does. It has arrived when the box shows these values and was told such a comment."""

    title: str
    act: Callable[[], None]
    shows: Mapping[str, str] = field(default_factory=dict)
    tells: str = ""


@dataclass(frozen=True)
class Told:
    """One step as it went: seconds until the box showed it, what appeared there, and the run that brought it."""

    title: str
    seconds: float
    appeared: str
    run: str


class Story:
    """Of one box; `steps` are played one by one by `play`."""

    def __init__(self, acme: Acme, gateway: Gateway, box: str) -> None:
        self._acme = acme
        self._gateway = gateway
        self.box = box

    @property
    def steps(self) -> tuple[Step, ...]:
        return (
            Step(
                "Proposal Accepted",
                self._moves_to("Proposal Accepted"),
                {"ERP status": "Open"},
                "created in ERP",
            ),
            Step("Contract Signed", self._moves_to("Contract Signed")),
            Step("Closed-Won", self._moves_to("Closed-Won"), {"Payment status": "Unpaid"}, "issued"),
            Step("the ERP ships", self._ships, {"ERP status": "Shipped"}, "left the warehouse"),
            Step("40 % is paid", self._pays(Decimal("0.4")), {"Payment status": "PartiallyPaid"}, "are open"),
            Step("the rest is paid", self._pays(Decimal(1)), {"ERP status": "Completed"}, "paid in full"),
        )

    def play(self, step: Step) -> Told:
        """Raises TooLate, with what the box and the ledger show, when the step does not arrive."""
        fields, comments = self._acme.streak.look(self.box)
        since, started = datetime.now(UTC), time.monotonic()
        step.act()
        after = until(lambda: self._arrived(step, len(comments)), PATIENCE, self._how_things_stand)
        seconds = time.monotonic() - started
        outcome = until(
            lambda: self._gateway.outcome_since(self.box, since), PATIENCE, self._how_things_stand
        )
        if not (
            step.shows or step.tells
        ):  # nothing is to appear: then all is told when it has been looked at
            seconds, after = time.monotonic() - started, self._acme.streak.look(self.box)
        return Told(step.title, seconds, _news(fields, comments, *after), outcome["run_id"])

    def _arrived(self, step: Step, before: int) -> tuple[Json, list[str]] | None:
        fields, comments = self._acme.streak.look(self.box)
        shown = all(fields.get(name) == value for name, value in step.shows.items())
        told = not step.tells or any(step.tells in comment for comment in comments[before:])
        return (fields, comments) if shown and told else None

    def _how_things_stand(self) -> str:
        fields, comments = self._acme.streak.look(self.box)
        return f"the box shows {fields} and was told {comments}; {self._gateway.standing(self.box)}"

    def _moves_to(self, stage: str) -> Callable[[], None]:
        return lambda: self._acme.streak.edit(self.box, stage=stage)

    def _ships(self) -> None:
        self._acme.infor.ships(self._acme.streak.look(self.box)[0]["ERP order"])

    def _pays(self, share: Decimal) -> Callable[[], None]:
        """That share of what is open, to the cent."""

        def pay() -> None:
            key = self._acme.streak.look(self.box)[0]["ERP invoice"]
            (invoice,) = self._acme.infor.found("invoices", InvoiceID=key)
            self._acme.infor.receives(key, (Decimal(invoice["Balance"]) * share).quantize(Decimal("0.01")))

        return pay


def _news(fields: Json, comments: list[str], after: Json, comments_after: list[str]) -> str:
    changed = [f"{name}: {value}" for name, value in after.items() if fields.get(name) != value]
    told = [f"“{without_token(comment)}”" for comment in comments_after[len(comments) :]]
    return " · ".join([*changed, *told]) or "nothing twice: its order is there already"
