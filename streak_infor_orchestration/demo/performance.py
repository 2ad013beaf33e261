"""The performance: the company settles in, the story is told, deals are timed, the oracle gives its verdict."""

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from rich.console import Console
from rich.text import Text

from streak_infor_orchestration.demo.both_ways import BothWays
from streak_infor_orchestration.demo.catalogue import CatalogueReader
from streak_infor_orchestration.demo.company import PROMISES, Acme
from streak_infor_orchestration.demo.evidence import gather
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.http import TooLate
from streak_infor_orchestration.demo.operator import operator
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET, DemoPlaces
from streak_infor_orchestration.demo.story import DemoStory, Played
from streak_infor_orchestration.demo.timing import (
    APART,
    BAR,
    DEALS,
    WARM_UPS,
    Timed,
    Times,
    measure,
    prepare,
    settled,
)
from streak_infor_orchestration.demo.verdict import as_table, judge, wrongs

ERP_SECONDS = 0.05
"""What the simulated ERP takes for each call; a real one would not answer at once either."""


class Performance:
    """Plays on a running stack and prints to `console`."""

    def __init__(self, places: DemoPlaces, webserver_url: str, console: Console) -> None:
        self._operator = partial(operator, places.environment(os.environ))
        self._acme = Acme(places.streak, places.infor, places.erp)
        self._gateway = Gateway(places.gateway, webserver_url)
        self._catalogue = CatalogueReader(webserver_url)
        self._webhooks = places.gateway
        self._console = console

    def play(self) -> bool:
        """Whether everything ended as it should."""
        self._acme.settle_in(self._webhooks, WEBHOOK_SECRET)
        self._acme.infor.takes(ERP_SECONDS)
        try:
            self._tell()
            boxes = prepare(self._acme, self._gateway)
            runs_known = self._time(boxes)
            self._win(boxes)
        except TooLate as late:
            self._console.print(f"✗ {late}", style="red", markup=False, soft_wrap=True)
            return False
        well = self._judge() and runs_known
        return self._cross(boxes[0]) and self._read_tables() and self._report() and well

    def _tell(self) -> None:
        (deal,) = self._acme.deals("spring overhaul", 1)
        self._heading(f"One deal, all the way: {deal.name}")
        story = DemoStory(self._acme, self._gateway, self._acme.streak.open_deal(deal))
        for turn in story.turns:
            with self._console.status(turn.title):
                told = story.play(turn)
            self._say(told)

    def _say(self, told: Played) -> None:
        link = self._gateway.link(told.run)
        step = (("✓ ", "green"), f"{told.title:<18}", (f"{told.seconds:5.1f} s  ", "cyan"), told.appeared)
        self._console.print(Text.assemble(*step), soft_wrap=True)
        self._console.print(Text(f"{'':28}{link}", style=f"dim link {link}"), soft_wrap=True)

    def _time(self, boxes: Sequence[str]) -> bool:
        """Whether Dagster knows the run behind every order. Too slow is told, but is no wrong."""
        self._heading(f"{DEALS} deals more, {APART} s apart, after {WARM_UPS} to warm up")
        timed: list[Timed] = []
        with self._console.status("proposals are being accepted"):
            for deal in measure(self._acme, self._gateway, boxes):
                timed.append(deal)
                shade = "dim" if len(timed) <= WARM_UPS else "cyan"
                self._console.print(f"{deal.seconds:.2f}", end=" ", style=shade, highlight=False)
        self._console.print("s")
        times = Times(tuple(timed[WARM_UPS:]))
        known = sum(self._gateway.run_status(deal.run) != "" for deal in timed)
        slow = "" if times.ours < BAR else f" [yellow]The bar is {BAR:.0f} s without the ERP: too slow.[/]"
        self._print(
            f"From webhook acknowledged to order in the ERP: [bold]median {times.median:.2f} s[/], "
            f"p99 {times.p99:.2f} s; the ERP's share {times.erp:.2f} s.{slow}"
        )
        self._print(
            f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores. "
            f"Dagster knows the runs of {known} of {len(timed)} orders."
        )
        return known == len(timed)

    def _win(self, boxes: Sequence[str]) -> None:
        since, started = datetime.now(UTC), time.monotonic()
        for box in boxes:
            self._acme.streak.edit(box, stage="Closed-Won")
        with self._console.status("all are won at once"):
            settled(self._gateway, boxes, since)
        self._print(
            f"All {len(boxes)} won at once: invoiced and told after {time.monotonic() - started:.1f} s."
        )

    def _judge(self) -> bool:
        self._heading("Verdict, from reading both systems")
        rulings = judge(gather(self._acme.streak, self._acme.infor), PROMISES)
        self._console.print(as_table(rulings))
        for wrong in wrongs(rulings):
            self._console.print(f"✗ {wrong}", style="red", markup=False, soft_wrap=True)
        return not wrongs(rulings)

    def _cross(self, won: str) -> bool:
        """After the verdict on deals, in which an order that is nobody's deal would be one too many."""
        both = BothWays(self._acme, won)
        self._heading(f"Both systems agree: {both.workshop.name}")
        for crossing in both.crossings:
            try:
                with self._console.status(crossing.title):
                    seconds, seen = both.play(crossing)
            except TooLate as late:
                self._console.print(f"✗ {late}", style="red", markup=False, soft_wrap=True)
                return False
            step = (("✓ ", "green"), f"{crossing.title:<30}", (f"{seconds:5.1f} s  ", "cyan"), seen)
            self._console.print(Text.assemble(*step), soft_wrap=True)
        return True

    def _report(self) -> bool:
        """What the product itself says of the customer, and of both systems."""
        self._heading("One customer, and whether both systems agree, as the product tells it")
        well = True
        for command in (("customer", self._acme.workshops[0].name), ("reconcile",)):
            said = self._operator(*command)
            self._console.print(said.stdout or said.stderr, markup=False, highlight=False, soft_wrap=True)
            well = well and said.returncode == 0
        return well

    def _read_tables(self) -> bool:
        """Last, so that no deal of the story waited for it."""
        self._heading("Both systems as tables")
        started = time.monotonic()
        try:
            with self._console.status("the tables are read and checked"):
                found = self._catalogue.read_tables()
        except TooLate as late:
            self._console.print(f"✗ {late}", style="red", markup=False, soft_wrap=True)
            return False
        for check in found.failed:
            self._console.print(f"✗ {check}", style="red", markup=False, soft_wrap=True)
        self._print(
            f"{len(found.assets)} assets, {found.checks - len(found.failed)} of {found.checks} checks hold, "
            f"after {time.monotonic() - started:.0f} s."
        )
        return found.is_good

    def _print(self, text: str) -> None:
        self._console.print(text, soft_wrap=True, highlight=False)

    def _heading(self, text: str) -> None:
        self._console.print()
        if self._console.is_terminal:
            self._console.rule(f"[bold]{text}", align="left")
        else:  # as wide as a line may be
            self._print(f"── {text} ──")
