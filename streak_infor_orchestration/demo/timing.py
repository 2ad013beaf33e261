"""How long a deal takes from Streak's webhook, acknowledged, to its order in the ERP: measured in both twins' logs."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.demo.gateway import Gateway, when
from streak_infor_orchestration.demo.http import Json, until

WARM_UPS = 3
DEALS = 20
APART = 1.5
"""Seconds from one deal's order to the next deal, so that each is alone, as on an ordinary day."""
PATIENCE = 60.0
BAR = 2.0


@dataclass(frozen=True)
class Timed:
    """`seconds` from acknowledged to ordered; `erp` of them were the ERP's. `run` is that of the ledger's order."""

    box: str
    seconds: float
    erp: float
    run: str


def prepare(acme: Acme, gateway: Gateway) -> list[str]:
    """Boxes at the first stage; returned when the integration has looked at them and left them alone."""
    since = datetime.now(UTC)
    boxes = [acme.streak.open_deal(deal) for deal in acme.deals("quick deal", WARM_UPS + DEALS)]
    settled(gateway, boxes, since)
    return boxes


def settled(gateway: Gateway, boxes: Sequence[str], since: datetime) -> None:
    """Waits until what happened to these boxes since then has been worked on. Raises TooLate."""
    for box in boxes:
        until(partial(gateway.outcome_since, box, since), PATIENCE, partial(gateway.standing, box))


def measure(acme: Acme, gateway: Gateway, boxes: Sequence[str]) -> Iterator[Timed]:
    """Accepts one proposal after the other. Raises TooLate when one brings no order."""
    for box in boxes:
        acme.streak.edit(box, stage="Proposal Accepted")
        yield _timed(acme, gateway, box)
        time.sleep(APART)


def _timed(acme: Acme, gateway: Gateway, box: str) -> Timed:
    def ordered() -> str | None:
        return acme.streak.look(box)[0].get("ERP order")

    order = until(ordered, PATIENCE, partial(gateway.standing, box))
    (record,) = acme.infor.found("salesorders", OrderID=order)
    made = when(record["CreatedAt"]).timestamp()
    told = next(entry for entry in acme.streak.deliveries() if _acknowledges(entry, box))
    erp = erp_share(acme.infor.control("GET", "/calls"), told["at"], made, acme.infor.erp.poll)
    (effect,) = (
        e for e in gateway.story(box)["effects"] if e["external_id"] == order and ":sales_order" in e["key"]
    )
    return Timed(box, made - told["at"], erp, effect["run_id"])


def _acknowledges(entry: Json, box: str) -> bool:
    return (entry["event"], entry["key"], entry["status"]) == ("BOX_CHANGE_STAGE", box, 200)


def erp_share(calls: Sequence[Json], since: float, until: float, poll: str) -> float:
    """What of the calls' time lies between two instants, in epoch seconds; polls, known by what their query has in it,
    are on nobody's way."""
    spans = ((call["at"], call["at"] + call["seconds"]) for call in calls if poll not in call["query"])
    return sum((max(0.0, min(end, until) - max(begin, since)) for begin, end in spans), 0.0)


@dataclass(frozen=True)
class Times:
    """Statistics of the deals after the warm-ups; seconds."""

    deals: tuple[Timed, ...]

    @property
    def median(self) -> float:
        return median(deal.seconds for deal in self.deals)

    @property
    def p99(self) -> float:
        """By nearest rank: of fewer than a hundred, the slowest."""
        return max(deal.seconds for deal in self.deals)

    @property
    def erp(self) -> float:
        return median(deal.erp for deal in self.deals)

    @property
    def ours(self) -> float:
        """The median without the ERP's share, which is held to the bar."""
        return median(deal.seconds - deal.erp for deal in self.deals)
