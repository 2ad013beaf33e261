"""What the last deals would become, through the very stages that would make it, writing nowhere.

The stages run dry on a ledger of their own, which is thrown away: it knows the customers that are linked already, and
of no order, so that each deal is mapped as if for the first time. A deal that asks for no order yet is mapped as if it
did, to show what will be missing then.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.stages import Stages
from streak_infor_orchestration.domain.deal import Milestone, Problem
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.onboarding.in_use import ever_ran
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.deals.fetch import is_history
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Work
from streak_infor_orchestration.wiring import Wiring

_AT_ONCE = 20
_PAGE = 100


class Prospect(StrEnum):
    ORDER = "order"  # would be made now
    PROBLEM = "problem"  # should be made now, and cannot
    NOT_YET = "not yet"  # would be made as it is, once the deal is accepted
    INCOMPLETE = "incomplete"  # not accepted yet, and could not be ordered as it is
    HISTORY = "history"  # accepted before `streak.since`: left alone
    LOST = "lost"


@dataclass(frozen=True)
class PreviewedDeal:
    """One deal. `draft` is the order as it would be asked for; `reason` says why there is none."""

    key: str
    name: str
    stage: str
    milestone: Milestone | None
    draft: OrderDraft | None
    problems: tuple[Problem, ...]
    reason: str
    customer: str
    history: bool

    @property
    def standing(self) -> Prospect:
        if self.history:
            return Prospect.HISTORY
        if self.milestone is Milestone.LOST:
            return Prospect.LOST
        if self.milestone is Milestone.BEFORE:
            return Prospect.NOT_YET if self.draft else Prospect.INCOMPLETE
        return Prospect.ORDER if self.draft else Prospect.PROBLEM


@dataclass(frozen=True)
class Previewed:
    rows: tuple[PreviewedDeal, ...]

    def count(self, standing: Prospect) -> int:
        return sum(row.standing is standing for row in self.rows)

    def money(self, standing: Prospect) -> dict[str, Decimal]:
        """Totals by currency."""
        sums: dict[str, Decimal] = {}
        for row in self.rows:
            if row.standing is standing and row.draft:
                sums[row.draft.currency] = sums.get(row.draft.currency, Decimal(0)) + row.draft.total
        return sums


def last_deals(parts: Wiring, count: int) -> tuple[Box, ...]:
    """The pipeline's deals that were changed last, the newest first."""
    names = parts.config.streak
    pipeline = parts.streak.pipeline_named(names.pipeline, parts.streak.team_named(names.team).key)
    found: dict[str, Box] = {}
    for boxes in parts.streak.box_pages(pipeline.key, limit=min(_PAGE, count)):
        found |= {box.key: box for box in boxes if box.key not in found}
        if len(found) >= count:
            break
    return tuple(found.values())[:count]


def preview(
    parts: Wiring, config: Integration, boxes: Sequence[Box], done: Callable[[int], None] = lambda _: None
) -> Previewed:
    """`boxes` through the mapping of `config`; `done` is told how many more were looked at.

    Raises what it raises to build the ports. A system that does not answer is the reason of a row, not an error.
    """
    rows: list[PreviewedDeal] = []
    with _scratch(parts, _as_if_accepted(config)) as ports:
        for start in range(0, len(boxes), _AT_ONCE):
            some = boxes[start : start + _AT_ONCE]
            keys = tuple(box.key for box in some)
            worked = ORDER_TO_CASH.run(
                Batch(run_id="preview", limit=len(keys), only=keys, dry_run=True), ports
            )
            by_key = {work.claim.key: work for work in worked.items}
            rows += [_row(box, by_key[box.key], config) for box in some]
            done(len(some))
    return Previewed(tuple(rows))


def _row(box: Box, work: Work, config: Integration) -> PreviewedDeal:
    milestone = config.stages.classify(box.stage)
    verdict = work.verdict
    return PreviewedDeal(
        key=box.key,
        name=box.name,
        stage=box.stage,
        milestone=milestone,
        draft=work.draft if verdict is None else None,
        problems=verdict.problems if verdict else (),
        reason=verdict.reason if verdict else "",
        history=is_history(box, config),
        customer=next((step for step in work.trail if "customer" in step), work.customer_id),
    )


def _as_if_accepted(config: Integration) -> Integration:
    stages = config.stages
    accepted = Stages(order=(*stages.before, *stages.order), invoice=stages.invoice, lost=stages.lost)
    every_day = config.streak.model_copy(update={"since": None})
    return config.model_copy(update={"stages": accepted, "streak": every_day})


@contextmanager
def _scratch(parts: Wiring, config: Integration) -> Iterator[Ports]:
    with tempfile.TemporaryDirectory(prefix="streak-infor-preview-") as folder:
        store = Store.open(None, Path(folder), clock=parts.clock)
        if ever_ran(parts.settings):
            for link in parts.store.links.all("customer"):
                store.links.add(link)
        ports = parts.open_ports(config, parts.streak, parts.erp, store)
        try:
            yield ports
        finally:
            ports.close()
