"""One round: a fresh stack, a storm, quiet, and the verdict. Everything in it is drawn from one seed."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from streak_infor_orchestration.demo.company import Acme, configuration
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET, Places
from streak_infor_orchestration.stack import Stack, wipe

from .business import Business
from .diary import Diary, Result
from .faults import Faults
from .killer import Killer
from .lives import draw
from .oracle import KINDS_OF_WRONG, Wrong
from .postgres import Postgres, database_in
from .quiet import Quiet
from .standing import Watch
from .storm import Storm

UNLIMITED = "\nlimits: {streak: {per_second: null}, erp: {per_second: null}}\n"
"""The simulators bear any load; a budget would only make the campaign longer."""

ANY_PORT = {
    f"STREAK_INFOR_{name}_PORT": "0" for name in ("STREAK_TWIN", "INFOR_TWIN", "GATEWAY", "WEBSERVER")
}
DICE = ("lives", "business", "storm", "faults", "killer")
"""Each has its own, so that what one draws does not depend on how fast another was."""

POSTGRES_URL = "STREAK_INFOR_DATABASE_URL"


@dataclass(frozen=True)
class Plan:
    seed: int
    deals: int
    kills: int
    database: str


@dataclass(frozen=True)
class Scene:
    """A running stack, the company settled in, and what the product was told."""

    stack: Stack
    places: Places
    acme: Acme
    gateway: Gateway
    environ: Mapping[str, str]
    postgres: Postgres | None


def play(plan: Plan, folder: Path, tell: Callable[[str], None]) -> Result:
    """Wipes `folder`, and leaves it to whoever looks for a cause. Raises what starting a stack raises, NoPostgres."""
    result = Result(plan.seed, plan.database, plan.deals)
    dice = {what: Random(f"{plan.seed} {what}") for what in DICE}  # noqa: S311  # repeatable, not secret
    started = time.monotonic()
    with opened(plan.database, folder, tell) as scene:
        result.starting = round(time.monotonic() - started, 1)
        diary = Diary()
        lives = draw(plan.deals, dice["lives"])
        business = Business(scene.acme, lives, dice["business"])
        faults = Faults(scene.acme, dice["faults"])
        killer = Killer(scene.stack, dice["killer"], scene.postgres)
        storm = Storm(scene.acme, business, killer, faults, diary, tell)
        storm.prepare(plan.kills, dice["storm"], postgres=scene.postgres is not None)
        diary.note("phase", "storm")
        storm.rage(patience=120 + 2.0 * plan.deals + 20 * plan.kills)
        result.storm = diary.now
        diary.note("phase", "quiet")
        killer.wake(everybody=True)
        faults.calm()
        quiet = Quiet(
            scene.acme,
            scene.gateway,
            Watch(scene.places.gateway),
            {life.name: life for life in lives},
            business,
            diary,
            scene.environ,
            tell,
        )
        wrong = quiet.settle(patience=240 + 1.0 * plan.deals)
        diary.note("phase", "at rest")
        _conclude(result, diary, wrong, killer, faults)
        _count(result, quiet, business)
    return result


def _conclude(result: Result, diary: Diary, wrong: list[Wrong], killer: Killer, faults: Faults) -> None:
    result.convergence = round(diary.now - result.storm, 1)
    result.kills, result.stops = dict(killer.kills), dict(killer.stops)
    result.faults = dict(faults.played())
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


@contextmanager
def opened(database: str, folder: Path, tell: Callable[[str], None]) -> Iterator[Scene]:
    """A `Scene`, from a wiped folder and an empty database."""
    with ExitStack() as stack_of:
        url, postgres = "", None
        if database == "postgres":
            server_url = os.environ.get(POSTGRES_URL, "")
            if not server_url:
                postgres = stack_of.enter_context(Postgres())
                server_url = postgres.url
            url = stack_of.enter_context(database_in(server_url))
        environ = {**os.environ, **ANY_PORT}
        places = Places.choose(folder, environ)
        wipe(folder)
        text = configuration(places.infor) + UNLIMITED
        stack = stack_of.enter_context(places.stack(text, environ, database_url=url, say=tell))
        acme = Acme(places.streak, places.infor)
        acme.settle_in(places.gateway, WEBHOOK_SECRET)
        told = {**places.environment(environ), **({POSTGRES_URL: url} if url else {})}
        yield Scene(stack, places, acme, Gateway(places.gateway, stack.webserver_url), told, postgres)
