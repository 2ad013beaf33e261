"""docs/data-engineers.md is true: its code is taken from the page and run against the simulators, every line of it."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.defs.resources import InforResource, own_resources
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World

MAIL = "books@northwind.example"
PAGE = Path(__file__).parents[3] / "docs" / "data-engineers.md"


def code() -> CodeType:
    """All blocks as one module, each line where it stands on the page."""
    text = PAGE.read_text(encoding="utf-8")
    kept = ["" for _ in text.split("\n")]
    for block in re.finditer(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        start = text.count("\n", 0, block.start(1))
        lines = block[1].split("\n")
        kept[start : start + len(lines)] = lines
    return compile("\n".join(kept), str(PAGE), "exec")


def lines_of(code: CodeType) -> set[int]:
    own = {line for _, _, line in code.co_lines() if line}
    return own.union(*(lines_of(inner) for inner in code.co_consts if isinstance(inner, CodeType)))


@contextmanager
def followed() -> Iterator[set[int]]:
    """The lines of the page that are run meanwhile."""
    ran: set[int] = set()

    def trace(frame: FrameType, _event: str, _arg: Any) -> Any:
        if frame.f_code.co_filename != str(PAGE):
            return None
        ran.add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield ran
    finally:
        sys.settrace(before)


@pytest.fixture
def booked(definitions: dg.Definitions, process: Wiring, world: World, instance: dg.DagsterInstance) -> str:
    """An invoice, and its table; the customer's number."""
    world.look(world.company.deal("Northwind", stage="Closed-Won"))
    job = definitions.resolve_job_def("infor_tables")
    job.execute_in_process(asset_selection=[dg.AssetKey(["infor", "invoices"])], instance=instance)
    (customer,) = world.company.found_in_erp("customers")
    world.company.correct("customers", customer["CustomerID"], {"Email": MAIL})
    return str(customer["CustomerID"])


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def test_every_line_of_the_page_runs(
    booked: str, definitions: dg.Definitions, world: World, instance: dg.DagsterInstance
) -> None:
    (invoice,) = world.company.found_in_erp("invoices")
    page, module = code(), ModuleType("receivables")
    with followed() as ran:
        exec(page, module.__dict__)
        everything = dg.Definitions.merge(definitions, module.finance())
        chosen = [dg.AssetKey("open_by_customer"), dg.AssetKey("to_remind")]
        result = everything.resolve_implicit_global_asset_job_def().execute_in_process(
            asset_selection=chosen, instance=instance
        )
    frame = result.output_for_node("open_by_customer")
    assert frame.to_dict("records") == [
        {"customer_id": booked, "currency": invoice["Currency"], "balance": Decimal(invoice["Balance"])}
    ]
    assert result.output_for_node("to_remind") == [MAIL]
    (check,) = result.get_asset_check_evaluations()
    assert check.passed and check.check_name == "nobody_overpaid"
    assert len(module.frame) == len(module.largest) == 1 and module.addresses == {booked: MAIL}
    assert module.waiting == 0 and module.pipelines
    assert lines_of(page) - ran == set()


def test_a_twin_takes_the_place_of_a_client(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    """An op that asks for `infor` is given the one that Dagster was given."""

    class Closed(InforResource):
        def erp(self) -> Any:
            return Answerless()

    class Answerless:
        change_feeds = ("orders",)

        def changed(self, *_: object) -> Any:
            raise AssertionError("the twin was asked")

        def __getattr__(self, name: str) -> Any:
            return getattr(process.erp, name)

    sensor = definitions.resolve_sensor_def("erp_changes")
    with (
        dg.DagsterInstance.ephemeral() as instance,
        dg.build_sensor_context(
            instance=instance,
            repository_def=definitions.get_repository_def(),
            resources={**own_resources(), "infor": Closed()},
        ) as context,
        pytest.raises(AssertionError, match="the twin was asked"),
    ):
        sensor.evaluate_tick(context)
