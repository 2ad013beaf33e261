"""The storm: business goes on while processes die and both systems misbehave, all in an order drawn by seed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.proof.besides import Besides
from streak_infor_orchestration.proof.business import Business
from streak_infor_orchestration.proof.diary import Diary
from streak_infor_orchestration.proof.faults import Faults
from streak_infor_orchestration.proof.killer import Killer, draw_kills, draw_stops
from streak_infor_orchestration.proof.slips import Slips

STEPS_PER_GUST = 4
STEPS_PER_WEATHER = 20
STEPS_PER_SLIP = 50
"""Half of them until it is put right."""
STEPS_PER_BESIDE = 12
LOOK_EVERY = 1.0
"""Seconds between two looks into the ERP's books, which grow."""

SECONDS_PER_KILL = 6.0
"""What the product gets to recover before the next one, roughly; the pace of the business follows from it."""

SHORTEST_PACE, LONGEST_PACE = 0.03, 0.5
IDLE = 5.0
"""Nothing can be done without the ERP for so long: then the next disturbance comes without waiting for business."""

BECALMED = 30.0
"""As `IDLE`, with nothing left to come: the rest waits for webhooks that were lost, and is done when all is quiet."""

AHEAD = 40
"""Deals that wait for their order: then people wait too, so that the last deals meet a storm like the first."""


@dataclass
class Act:
    """A disturbance that is due at a step of the business. `do` is False when it could not be done just now."""

    step: float
    lane: str
    do: Callable[[], str]


@dataclass
class Storm:
    acme: Acme
    business: Business
    killer: Killer
    faults: Faults
    slips: Slips
    besides: Besides
    diary: Diary
    tell: Callable[[str], None]
    _acts: list[Act] = field(default_factory=list)
    _waiting: int = 0

    def prepare(self, kills: int, dice: Random, *, postgres: bool) -> None:
        """Lays out every disturbance over the steps of the business."""
        total = self.business.total
        for number, victim in enumerate(draw_kills(kills, dice, postgres=postgres), 1):
            at = total * 0.9 * (number - dice.random() * 0.5) / max(kills, 1)
            self._acts.append(Act(at, "kill", partial(self._kill, victim)))
        stops = draw_stops(-(-kills // 3), dice)
        for number, (victim, seconds) in enumerate(stops):
            at = total * 0.9 * (number + dice.random()) / len(stops)
            self._acts.append(Act(at, "stop", partial(self._stop, victim, seconds)))
        for step in range(0, total, STEPS_PER_GUST):
            self._acts.append(Act(step, "fault", self.faults.gust))
        for step in range(0, total, STEPS_PER_WEATHER):
            self._acts.append(Act(step, "webhook", self.faults.weather))
        for step in range(STEPS_PER_SLIP // 4, total, STEPS_PER_SLIP):
            self._acts.append(Act(step, "people", self.slips.slip))
            self._acts.append(Act(step + STEPS_PER_SLIP / 2, "people", self.slips.mend))
        for step in range(STEPS_PER_BESIDE, total, STEPS_PER_BESIDE):
            self._acts.append(Act(step, "people", self.besides.act))
        self._acts.sort(key=lambda act: act.step)
        self._pace = min(max(SECONDS_PER_KILL * kills / total, SHORTEST_PACE), LONGEST_PACE)

    def rage(self, patience: float) -> None:
        """Until the business is done and everybody was killed who was to be, or `patience` seconds are over."""
        began = busy = disturbed = looked = time.monotonic()
        while (now := time.monotonic()) - began < patience:
            if self._waiting < AHEAD and self.business.play():
                busy = now
            if now - looked > LOOK_EVERY:
                self._look()
                looked = now
            idle = now - max(busy, disturbed)
            if self._acts and (self._acts[0].step <= self.business.steps or idle > IDLE):
                self._disturb()
                disturbed = now
            elif not self._acts and (self.business.is_done or idle > BECALMED):
                return
            self.killer.wake()
            time.sleep(self._pace)

    def _disturb(self) -> None:
        act = self._acts.pop(0)
        done = act.do()
        if done:
            self.diary.note(act.lane, done)
            self.tell(f"{act.lane}: {done}")
        else:  # its victim is just being started anew
            act.step = self.business.steps + 3
            self._acts.append(act)
            self._acts.sort(key=lambda act: act.step)

    def _kill(self, victim: str) -> str:
        return victim if self.killer.kill(victim) else ""

    def _stop(self, victim: str, seconds: float) -> str:
        return f"{victim}, {seconds:.0f} s" if self.killer.stop(victim, seconds) else ""

    def _look(self) -> None:
        books = self.acme.infor.control("GET", "/state")
        self.business.look(books)
        self._waiting = len(self.business.asked) - len(books["salesorders"])
        self.diary.sample(len(self.business.asked), len(books["salesorders"]), len(books["invoices"]))
