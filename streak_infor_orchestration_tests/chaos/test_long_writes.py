"""Death at every commit and call of an order that takes several calls: one order, whole, and nothing half-made."""

from collections.abc import Callable
from itertools import count

import pytest

from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Killed, Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

LINES = [("BRK-1001", "2", "180.00"), ("BRK-1001", "3", "4.45"), ("BRK-1001", "1", "7.00")]
KNOWN_POINTS = 66
"""May only rise."""

SHARDS = 4

_names = (f"Long {number}" for number in count(1))


@pytest.fixture
def erp(acme: Acme) -> ThreeCallErp:
    return ThreeCallErp(Wire(acme[0].clock))


@pytest.fixture
def world(make_world: Callable[..., World], erp: ThreeCallErp) -> World:
    return make_world(erp=erp)


def told(world: World, erp: ThreeCallErp, mortality: Mortality, name: str) -> str:
    """The deal, looked at until nothing is left to do; the calls of the ERP are points of death too."""
    deal = world.company.deal(name, lines=LINES, stage="Proposal Accepted")
    write = Wire.write

    def dying(wire: Wire, what: str, serve: Callable[[], object]) -> object:
        mortality.at(f"before {what}")
        answer = write(wire, what, serve)
        mortality.at(f"after {what}")
        return answer

    world.webhook(deal)
    with pytest.MonkeyPatch.context() as patch, mortal(mortality):
        patch.setattr(Wire, "write", dying)
        try:
            world.run()
        except Killed:
            pass
        else:
            return deal
    world.restart()
    world.webhook(deal)
    world.run_until_quiet()
    return deal


def judge(world: World, erp: ThreeCallErp, deal: str) -> None:
    reference = world.ports.reference(deal)
    (order,) = [order for order in erp.committed.values() if order.reference == reference]
    assert [str(line.quantity) for line in order.lines] == ["2", "3", "1"]
    assert world.ports.store.links.erp_key("order", deal) == order.id
    assert world.ports.store.effects.unsettled(deal) == []
    assert erp.half_made() == []


@pytest.mark.parametrize("shard", range(SHARDS))
def test_there_is_one_whole_order_whenever_its_process_dies(
    world: World, erp: ThreeCallErp, shard: int
) -> None:
    told(world, erp, Mortality(), next(_names))  # in an installation's first story names are pinned too
    rehearsal = Mortality()
    judge(world, erp, told(world, erp, rehearsal, next(_names)))
    assert len(rehearsal.points) >= KNOWN_POINTS
    for number in range(shard, len(rehearsal.points), SHARDS):
        begun = erp.begun
        deal = told(world, erp, Mortality(fatal=number), next(_names))
        judge(world, erp, deal)
        # what was not known to be begun is found by its reference
        assert erp.begun == begun + 1, rehearsal.points[number]
