"""A table is read with its own system alone: the other may be away, or nobody may have a login for it."""

import dagster as dg
import pytest

from streak_infor_orchestration.defs.infor.assets import infor_entities
from streak_infor_orchestration.defs.infor.job import infor_by_month
from streak_infor_orchestration.defs.ledger.assets import ledger_entities
from streak_infor_orchestration.defs.resources import own_resources
from streak_infor_orchestration.defs.streak.assets import streak_entities
from streak_infor_orchestration.defs.streak.job import streak_by_month
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import credentials
from streak_infor_orchestration_tests.world.world import World


@pytest.mark.parametrize(
    ("entities", "system", "table", "others"),
    [
        (streak_entities, "streak", "streak/pipelines", "INFOR"),
        (streak_entities, "streak", "streak/deals", "INFOR"),
        (infor_entities, "infor", "infor/customers", "STREAK_API"),
        (ledger_entities, "ledger", "ledger/links", ("STREAK_API", "INFOR")),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" in value else "",
)
def test_without_the_others_resource_and_login(
    process: Wiring,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    entities: dg.AssetsDefinition,
    system: str,
    table: str,
    others: str | tuple[str, ...],
) -> None:
    ours = {name: own for name, own in own_resources().items() if name in (system, "ledger", "tables")}
    with monkeypatch.context() as without:
        for name in credentials(world.company):
            if name.startswith(others):
                without.delenv(name)
        result = dg.materialize([entities], resources=ours, selection=[dg.AssetKey(table.split("/"))])
    assert result.success
    assert process.warehouse.handle_of(table) is not None


@pytest.mark.parametrize(("job", "other"), [(streak_by_month, "infor"), (infor_by_month, "streak")])
def test_so_is_a_month_of_it(job: dg.JobDefinition, other: str) -> None:
    (node,) = job.nodes
    assert other not in node.definition.required_resource_keys
