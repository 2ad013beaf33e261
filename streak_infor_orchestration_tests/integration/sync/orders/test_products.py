"""On M3, which keeps no list of changes, and on SyteLine, which keeps four: an order that was typed there becomes a
box, and what happens to it is told there.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.infor.m3.erp import M3Erp
from streak_infor_orchestration.infor.m3.login import login
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.syteline.product import SYTELINE
from streak_infor_orchestration.sync.watch.open_orders import reread_open
from streak_infor_orchestration.sync.watch.unlinked import look_for_unlinked
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.m3 import create_app as m3_app
from streak_infor_orchestration.twins.syteline import create_app as syteline_app
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.m3_lab import section
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import secrets_of, section_of
from streak_infor_orchestration_tests.integration.sync.orders.typed import BY_HAND, boxes
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

HOUR = 3601
PARTS = '  - {comment: "left {order.delivered}", once: order.partially_shipped}\n'
SETTINGS = {**BY_HAND, "# Numbers typed as text": f"{PARTS}\n# Numbers typed as text"}


@pytest.fixture(params=["m3", "syteline"])
def control(request: pytest.FixtureRequest, acme: Acme) -> Iterator[Control]:
    app = m3_app if request.param == "m3" else syteline_app
    with serve(app(now=acme[0].clock.now)) as base_url, closing(Control(base_url)) as control:
        control.product = request.param  # type: ignore[attr-defined]
        yield control
        assert control.violations() == []


@pytest.fixture
def erp(control: Control, acme: Acme, tmp_path: Path) -> Iterator[Erp]:
    clock = acme[0].clock
    with ExitStack() as open_:
        if control.product == "m3":  # type: ignore[attr-defined]
            file = tmp_path / "m3.ionapi"
            file.write_text(json.dumps(control.get("/ionapi")))
            m3 = section(control.base_url)
            auth = login(m3, Secrets({"INFOR_IONAPI_FILE": str(file)}), clock)
            http = HttpClient("infor", m3.base_url, auth=auth, clock=clock)
            yield M3Erp(open_.enter_context(closing(http)), m3)
        else:
            said, secrets = section_of(control, "gateway"), secrets_of(control, "gateway", tmp_path)
            address = secrets.infor_address(said.base_url)
            http = HttpClient("infor", address, auth=SYTELINE.login(said, secrets, clock), clock=clock)
            yield SYTELINE.open(said, open_.enter_context(closing(http)))


@pytest.fixture
def world(make_world: Callable[..., World], erp: Erp) -> World:
    return make_world(settings=SETTINGS, erp=erp)


def an_hour_later(world: World) -> None:
    """What sweep and sensors do meanwhile."""
    world.clock.advance(HOUR)
    world.poll()
    reread_open(world.ports)
    look_for_unlinked(world.ports)
    world.run_until_quiet()
    world.clock.advance(world.ports.erp.traits.settle_seconds)
    world.run_orders()
    world.run_until_quiet()


def test_an_order_becomes_a_box_that_shows_what_is_done_with_it(world: World, control: Control) -> None:
    an_hour_later(world)
    customer = control.post("/customers", {"Name": "Walk-in Ltd"})["CustomerID"]
    line = {"Product": "BRK-1001", "Quantity": "5", "Price": "180.00"}
    order = control.post("/orders", {"CustomerID": customer, "LineItems": [line]})["OrderID"]
    an_hour_later(world)
    (box,) = boxes(world)
    shown = world.company.box(box)
    assert (shown["name"], shown["stageName"]) == (f"Walk-in Ltd: {order}", "Lead")
    assert shown["fieldsByName"]["ERP order"] == order
    control.post(f"/orders/{order}/ship-part", {"1": "2"})
    an_hour_later(world)
    assert [text for text in world.company.comments(box) if text.startswith("left 2 of 5")]
    an_hour_later(world)
    assert boxes(world) == [box]
    assert len(control.get("/state")["salesorders"]) == 1
