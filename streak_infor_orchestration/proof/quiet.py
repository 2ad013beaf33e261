"""After the storm: nothing fails any more, lost webhooks are made up for, and the product has to come to rest."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from subprocess import TimeoutExpired

from streak_infor_orchestration.demo.company import PROMISES, Acme
from streak_infor_orchestration.demo.evidence import Evidence, gather
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.operator import operator
from streak_infor_orchestration.proof.besides import Besides
from streak_infor_orchestration.proof.business import Business
from streak_infor_orchestration.proof.diary import Diary
from streak_infor_orchestration.proof.lives import Life
from streak_infor_orchestration.proof.oracle import examine, examine_ledger
from streak_infor_orchestration.proof.standing import Unfinished, Watch
from streak_infor_orchestration.proof.wrong import UNCONVERGED, Wrong

LOOK_EVERY = 1.0
SWEEP_AFTER = 15.0
"""Seconds without anything left to do before lost webhooks are looked for (again)."""

STAYS = 8.0
"""Everything has to be well twice, so many seconds apart: a poll of the ERP and a late run lie between."""


@dataclass
class Quiet:
    acme: Acme
    gateway: Gateway
    watch: Watch
    lives: Mapping[str, Life]
    business: Business
    besides: Besides
    diary: Diary
    environ: Mapping[str, str]
    tell: Callable[[str], None]

    def settle(self, patience: float) -> list[Wrong]:
        """What is wrong once everything has come to rest, or when `patience` seconds are over."""
        deadline = time.monotonic() + patience
        self._sweep()
        while time.monotonic() < deadline:
            self._finish_business(deadline)
            wrong = self._wrong_at_rest(deadline)
            if not wrong:
                time.sleep(STAYS)
                if not (wrong := self._wrong_at_rest(deadline)):
                    return []
            self.tell(
                f"{len(wrong)} things are not as they should be yet: {wrong[0].subject}: {wrong[0].what}"
            )
            time.sleep(SWEEP_AFTER if time.monotonic() + SWEEP_AFTER < deadline else 0)
            self._sweep()
        return self._examined()

    def _finish_business(self, deadline: float) -> None:
        """What people could not do in the storm, since its order did not come."""
        while not self.business.is_done and time.monotonic() < deadline:
            self._sample()
            while self.business.play():
                pass
            time.sleep(LOOK_EVERY)

    def _wrong_at_rest(self, deadline: float) -> list[Wrong]:
        """The first look at which nothing is under way any more; the last one when that does not come about."""
        standing: Unfinished | None = None
        while time.monotonic() < deadline:
            self._sample()
            pending = self.acme.streak.control("GET", "/deliveries")["pending"]
            standing = self.watch.standing()
            if standing and standing.is_quiet and not pending:
                break
            self.tell(f"{standing or 'the gateway does not answer'}; {pending} webhooks under way")
            time.sleep(LOOK_EVERY)
        return self._examined()

    def _examined(self) -> list[Wrong]:
        state, books = self.acme.streak.state(), self.acme.infor.control("GET", "/state")
        wrong = examine(self.besides.without(self.evidence()), self.lives, PROMISES)
        wrong += self.besides.judge(state, books)
        wrong += [Wrong(UNCONVERGED, "the business", step) for step in self.business.blocked]
        standing = self.watch.standing()
        if standing is None:
            return [*wrong, Wrong(UNCONVERGED, "the gateway", "does not answer")]
        stories = {name: self.gateway.story(box) for name, box in self.business.boxes.items()}
        return [*wrong, *examine_ledger(standing, stories, self.lives)]

    def evidence(self) -> Evidence:
        return gather(self.acme.streak, self.acme.infor)

    def _sweep(self) -> None:
        """An operator looks for what webhooks lost, as the schedule does once an hour."""
        try:
            swept = operator(self.environ, "sweep", "--full")
            said = (swept.stdout or swept.stderr or f"exit code {swept.returncode}").strip().splitlines()[0]
        except TimeoutExpired:
            said = "took too long"
        self.diary.note("act", f"sweep: {said}")
        self.tell(f"sweep: {said}")

    def _sample(self) -> None:
        books = self.acme.infor.control("GET", "/state")
        self.business.look(books)
        self.diary.sample(len(self.business.asked), len(books["salesorders"]), len(books["invoices"]))
