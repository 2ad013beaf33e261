"""One round: a fresh stack, a storm, quiet, and the verdict. Everything in it is drawn from one seed."""

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from streak_infor_orchestration.demo.erps import ERPS
from streak_infor_orchestration.proof.besides import Besides
from streak_infor_orchestration.proof.business import Business
from streak_infor_orchestration.proof.diary import Diary, Result
from streak_infor_orchestration.proof.faults import Faults
from streak_infor_orchestration.proof.killer import Killer
from streak_infor_orchestration.proof.lives import draw
from streak_infor_orchestration.proof.quiet import Quiet
from streak_infor_orchestration.proof.scene import opened
from streak_infor_orchestration.proof.slips import Slips
from streak_infor_orchestration.proof.standing import Watch
from streak_infor_orchestration.proof.storm import Storm
from streak_infor_orchestration.proof.wrong import KINDS_OF_WRONG, Wrong

DICE = ("lives", "business", "storm", "faults", "killer", "slips", "besides")
"""Each has its own, so that what one draws does not depend on how fast another was."""


@dataclass(frozen=True)
class Plan:
    seed: int
    deals: int
    kills: int
    database: str
    erp: str

    @property
    def cancels(self) -> bool:
        """Every second round is of a company that wants the orders of deals that left cancelled."""
        return self.seed % 2 == 0


def play(plan: Plan, folder: Path, tell: Callable[[str], None]) -> Result:
    """Wipes `folder`, and leaves it to whoever looks for a cause. Raises what starting a stack raises, NoPostgres."""
    result = Result(plan.seed, plan.database, plan.deals)
    dice = {what: Random(f"{plan.seed} {what}") for what in DICE}  # noqa: S311  # repeatable, not secret
    started = time.monotonic()
    with opened(plan.database, folder, tell, ERPS[plan.erp], cancels=plan.cancels) as scene:
        result.starting = round(time.monotonic() - started, 1)
        diary = Diary()
        lives = draw(plan.deals, dice["lives"], cancels=plan.cancels)
        business = Business(scene.acme, lives, dice["business"])
        faults = Faults(scene.acme, dice["faults"])
        killer = Killer(scene.stack, dice["killer"], scene.postgres)
        slips = Slips(scene.acme, dice["slips"])
        besides = Besides(scene.acme, business, dice["besides"])
        storm = Storm(scene.acme, business, killer, faults, slips, besides, diary, tell)
        storm.prepare(plan.kills, dice["storm"], postgres=scene.postgres is not None)
        diary.note("act", "storm")
        storm.rage(patience=120 + 2.0 * plan.deals + 20 * plan.kills)
        result.storm = diary.now
        diary.note("act", "quiet")
        killer.wake(everybody=True)
        faults.calm()
        slips.mend()
        quiet = Quiet(
            scene.acme,
            scene.gateway,
            Watch(scene.places.gateway),
            {life.name: life for life in lives},
            business,
            besides,
            diary,
            scene.environ,
            tell,
        )
        wrong = quiet.settle(patience=240 + 1.0 * plan.deals)
        diary.note("act", "at rest")
        _conclude(result, diary, wrong, killer, faults, slips.made + besides.made)
        _count(result, quiet, business)
    return result


def _conclude(
    result: Result, diary: Diary, wrong: list[Wrong], killer: Killer, faults: Faults, people: Counter[str]
) -> None:
    result.convergence = round(diary.now - result.storm, 1)
    result.kills, result.stops = dict(killer.kills), dict(killer.stops)
    result.faults = dict(faults.played() + people)
    attempts = faults.acme.streak.deliveries()
    result.faults["webhooks dropped"] = sum(attempt["status"] == "dropped" for attempt in attempts)
    result.faults["webhooks delivered again"] = sum(attempt["attempt"] > 1 for attempt in attempts)
    counts = Counter(w.kind for w in wrong)
    result.wrong = {kind: counts[kind] for kind in KINDS_OF_WRONG}
    result.findings = [f"{w.kind}: {w.subject}: {w.what}" for w in wrong]
    result.events, result.samples = diary.events, diary.samples
    result.load = round(os.getloadavg()[0], 1)


def _count(result: Result, quiet: Quiet, business: Business) -> None:
    found = quiet.evidence()
    result.steps = business.steps
    result.orders, result.invoices = len(found.orders), sum(len(case.invoices) for case in found.cases)
    result.customers = len(found.customers)
    stories = [quiet.gateway.story(box) for box in business.boxes.values()]
    result.sent_again = sum(effect["attempt"] > 1 for story in stories for effect in story["effects"])
