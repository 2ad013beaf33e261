"""Everything running, as `streak-infor demo` has it: both twins, the gateway, Dagster and its workers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streak_infor_orchestration.demo.erps import FACADE, DemoErp
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.places import DemoPlaces
from streak_infor_orchestration.stack import Stack

ANY_PORT = {
    f"STREAK_INFOR_{name}_PORT": "0" for name in ("STREAK_TWIN", "INFOR_TWIN", "GATEWAY", "WEBSERVER")
}


@dataclass(frozen=True)
class Installation:
    places: DemoPlaces
    stack: Stack
    gateway: Gateway


@contextmanager
def installed(state_dir: Path, configuration: str, erp: DemoErp = FACADE) -> Iterator[Installation]:
    """`configuration`: the integration.yaml; in it `{infor}` stands for the address of the simulated ERP."""
    environ = {**os.environ, **ANY_PORT}
    places = DemoPlaces.choose(state_dir, environ, erp)
    with places.stack(configuration.replace("{infor}", places.infor), environ) as stack:
        yield Installation(places, stack, Gateway(places.gateway, stack.webserver_url))
