"""Whatever happens to a deal, in whatever order, it ends with one order: the protocol alone, without the phases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.once import Done
from streak_infor_orchestration.sync.effects.sales_order import make_sales_order
from streak_infor_orchestration.sync.effects.sending import Sender
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.row.outcome import verdict_of
from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.two_hundred import TwoHundredErp
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED

COMMITS = 24
"""Points of the longest undisturbed call: three calls, four steps."""

AnyErp = ThreeCallErp | TwoHundredErp

_deals = (f"box-{number}" for number in count(1))


@dataclass(frozen=True)
class Misfortune:
    """What happens to the `nth` write of the next try, or at the `nth` commit; then time passes, and maybe an edit."""

    nth: int
    kind: str
    seconds: float
    edited: bool


misfortunes = st.builds(
    Misfortune,
    nth=st.integers(1, COMMITS),
    kind=st.sampled_from(
        ["before", "after", "refused", "late", "killed before", "killed after", "killed at a commit"]
    ),
    seconds=st.sampled_from([0.0, 1.0, 30.0, 100.0, 400.0]),
    edited=st.booleans(),
)


class Deal:
    """Tried again and again on one ERP, by processes that may die."""

    def __init__(self, world: World, erp: AnyErp) -> None:
        self.key = next(_deals)
        self.erp = erp
        self.quantity = Decimal(1)
        self._world = world
        self._store = world.ports.store
        self._store.inbox.record([Event("streak", "BOX_EDIT", "deal", self.key)])

    @property
    def draft(self) -> OrderDraft:
        return OrderDraft(
            reference=f"REF-{self.key}",
            customer_id="C0001",
            order_date=date(2026, 3, 2),
            currency="EUR",
            lines=tuple(
                Line(sku="BRK-1001", quantity=self.quantity, price=Decimal(p)) for p in ("9.99", "5")
            ),
        )

    def suffer(self, misfortune: Misfortune) -> None:
        mortality = Mortality()
        if misfortune.kind == "killed at a commit":
            mortality = Mortality(fatal=misfortune.nth)
        else:
            self.erp.wire.late_seconds = self.erp.traits.settle_seconds * 0.9
            self.erp.wire.lose(1 + misfortune.nth % 4, misfortune.kind)
        try:
            with mortal(mortality):
                self.attempt()
        except Killed:
            self._world.lease_clock.advance(LEASE_OUTLIVED)
        self.erp.wire.faults.clear()
        self._world.clock.advance(misfortune.seconds)
        if misfortune.edited:
            self.quantity += 1

    def attempt(self) -> Done[SalesOrder] | None:
        """One run's try, settled as a run would. None while there is no answer."""
        (claim,) = self._store.inbox.claim(kinds=("deal",), owner="me", limit=1, only=(self.key,))
        done, due_at = None, self._world.clock.now()
        try:
            writes = Writes(
                self._world.ports, Sender(self._store, self._world.ports.leases, self._world.clock, "run")
            )
            done = make_sales_order(writes, claim, self.draft)
        except Exception as error:
            verdict = verdict_of(error, attempts=0, now=self._world.clock.now())
            assert isinstance(error, Later) or verdict.due_at is not None, repr(error)
        self._store.inbox.settle(claim, due_at=due_at)
        return done


@pytest.mark.parametrize("product", [ThreeCallErp, TwoHundredErp])
def test_whatever_happens_there_is_one_order(make_world: Callable[..., World], product: type[AnyErp]) -> None:
    erp: AnyErp = product()
    world = make_world(erp=erp)
    erp.wire.clock = world.clock

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(fate=st.lists(misfortunes, max_size=4))
    def ends_well(fate: list[Misfortune]) -> None:
        deal = Deal(world, erp)
        for misfortune in fate:
            deal.suffer(misfortune)
        for _ in range(40):
            done = deal.attempt()
            if done is not None and done.verify_at is None:
                break
            world.clock.advance(60)
        else:
            raise AssertionError("never confirmed")
        (order,) = [o for o in erp.committed.values() if o.reference == deal.draft.reference]
        assert {line.quantity for line in order.lines} <= {deal.quantity - n for n in range(len(fate) + 1)}
        assert len(order.lines) == 2
        assert world.ports.store.links.erp_key("order", deal.key) == order.id
        assert world.ports.store.effects.unsettled(deal.key) == []

    ends_well()
