"""Where a round is played: a fresh stack beside both simulators, and a company that has settled in."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET, DemoPlaces
from streak_infor_orchestration.proof.postgres import Postgres, database_in
from streak_infor_orchestration.stack import Stack, wipe

UNLIMITED = "\nlimits: {streak: {per_second: null}, erp: {per_second: null}}\n"
"""The simulators bear any load; a budget would only make the campaign longer."""

ANY_PORT = {
    f"STREAK_INFOR_{name}_PORT": "0" for name in ("STREAK_TWIN", "INFOR_TWIN", "GATEWAY", "WEBSERVER")
}
POSTGRES_URL = "STREAK_INFOR_DATABASE_URL"


@dataclass(frozen=True)
class Scene:
    """A running stack, the company settled in, and what the product was told."""

    stack: Stack
    places: DemoPlaces
    acme: Acme
    gateway: Gateway
    environ: Mapping[str, str]
    postgres: Postgres | None


CANCELLING = "\npolicies: {backwards: cancel, reaccepted: new_order}\n"
"""The policies of a company that wants no order to stand whose deal has left."""


@contextmanager
def opened(
    database: str, folder: Path, tell: Callable[[str], None], erp: DemoErp, *, cancels: bool = False
) -> Iterator[Scene]:
    """A `Scene`, from a wiped folder and an empty database. `cancels`: orders of deals that left are cancelled."""
    with ExitStack() as stack_of:
        url, postgres = "", None
        if database == "postgres":
            server_url = os.environ.get(POSTGRES_URL, "")
            if not server_url:
                postgres = stack_of.enter_context(Postgres())
                server_url = postgres.url
            url = stack_of.enter_context(database_in(server_url))
        environ = {**os.environ, **ANY_PORT}
        places = DemoPlaces.choose(folder, environ, erp)
        wipe(folder)
        text = places.erp.configuration(places.infor) + UNLIMITED + (CANCELLING if cancels else "")
        stack = stack_of.enter_context(places.stack(text, environ, database_url=url, say=tell))
        acme = Acme(places.streak, places.infor, places.erp)
        acme.settle_in(places.gateway, WEBHOOK_SECRET)
        told = {**places.environment(environ), **({POSTGRES_URL: url} if url else {})}
        yield Scene(stack, places, acme, Gateway(places.gateway, stack.webserver_url), told, postgres)
