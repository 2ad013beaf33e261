"""Small disasters of an order that takes several calls, as `disturbances`: each with its verdict."""

from collections.abc import Sequence
from itertools import count

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration_tests.chaos.disturbances import Harm
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED

TWO_LINES = [("BRK-1001", "2", "180.00"), ("BRK-1001", "3", "4.45")]
QUARTER = 15 * 60
_names = (f"Half {number}" for number in count(1))


class Teller:
    """One deal of its own, in a world whose ERP makes orders by head, lines and confirm."""

    def __init__(self, world: World, erp: ThreeCallErp) -> None:
        self.world, self.erp = world, erp

    def edited_while_half_made(self) -> None:
        """The second line is lost; then the deal is edited. Whatever is left half-made is released by a person."""
        deal = self._deal()
        self.erp.wire.lose(4, "before")
        self.world.look(deal)
        self.world.company.edit(deal, {"Qty 1": "9"})
        self.world.webhook(deal)
        self.world.run_until_quiet()
        for number in self.erp.half_made():
            self.erp.release(number)
        self._one_order(deal)

    def released_after_a_refusal(self) -> None:
        """Confirming is refused, and a person releases what was begun. Then the deal is edited, and looked at again."""
        deal = self._deal()
        self.erp.refuses_to_confirm = True
        self.world.look(deal)
        self.erp.refuses_to_confirm = False
        (number,) = self.erp.half_made()
        self.erp.release(number)
        self.world.company.edit(deal, {"Qty 1": "9"})
        self.world.look(deal)
        self.world.run_until_quiet()
        self._one_order(deal)

    def deleted_while_kept(self) -> None:
        """A credit stop keeps what was begun, and somebody deletes it: perhaps because it was booked by hand."""
        deal = self._deal()
        self._is_kept(deal, begun=self.erp.begun + 1)
        (number,) = self.erp.half_made()
        self.erp.delete(number)
        self._after_a_quarter()
        if self.erp.half_made() or self._orders(deal):
            raise Harm("begun anew")

    def told_and_asked_again_while_kept(self) -> None:
        """A credit stop keeps what was begun, until a person releases it hours later."""
        deal = self._deal()
        self._is_kept(deal, begun=self.erp.begun + 1)
        for _ in range(2):
            self._is_kept(deal, begun=self.erp.begun, work=self._after_a_quarter())
        if len(self.world.company.comments(deal)) != 1:
            raise Harm("not told once")
        (number,) = self.erp.half_made()
        self.erp.release(number)
        self._after_a_quarter()
        self._one_order(deal)

    def a_run_beside_a_long_order(self) -> None:
        """Four lines of nine seconds each; at the third another run has the deal, whose lease was lost meanwhile."""
        deal = self._deal([("BRK-1001", str(n), "1.00") for n in range(1, 5)])
        other = self.world.another_process()
        seen: list[Work] = []

        def arrives(n: int) -> None:
            self.world.clock.advance(9)
            if n < 3:
                self.erp.wire.arrives["add_line"] = lambda: arrives(n + 1)
                return
            self.world.lease_clock.advance(LEASE_OUTLIVED)
            seen.extend(ORDER_TO_CASH.run(Batch(run_id="other"), other).items)

        self.erp.wire.arrives["add_line"] = lambda: arrives(1)
        self.world.look(deal)
        effect = self._effect(deal)
        if effect is None or effect.doubted or effect.state == "unknown":
            raise Harm("in doubt")
        self.world.run_until_quiet()
        self._one_order(deal)
        other.leases.close()

    def half_made_by_somebody_else(self) -> None:
        """Under the deal's reference something else was begun, of which this ledger knows nothing."""
        deal = self._deal()
        work = self.world.run(only=(deal,), dry_run=True).items[0]
        assert work.draft is not None
        self.erp._add_head(work.draft.model_copy(update={"customer_id": "somebody else"}))
        self.world.look(deal)
        self.world.run_until_quiet()
        for number in self.erp.half_made():
            self.erp.release(number)
        if len(self._orders(deal)) != 1:
            raise Harm(f"{len(self._orders(deal))} orders")

    # -- what each has of its own ---------------------------------------------------------------------

    def _deal(self, lines: Sequence[tuple[str, str, str]] = TWO_LINES) -> str:
        self.erp.stops, self.erp.temporary = "", {}
        self.erp.wire.arrives.clear()
        return self.world.company.deal(next(_names), lines=lines, stage="Proposal Accepted")

    def _is_kept(self, deal: str, *, begun: int, work: Work | None = None) -> None:
        self.erp.stops = "stopped for credit"
        work = work or self.world.look(deal)
        verdict, effect = work.verdict, self._effect(deal)
        assert (
            verdict is not None and verdict.status is Status.PERSON and "stopped for credit" in verdict.reason
        )
        assert effect is not None and effect.steps["head"] == self.erp.half_made()[0]
        assert self.erp.begun == begun

    def _after_a_quarter(self) -> Work:
        self.world.clock.advance(QUARTER)
        looked_at = self.world.run().items
        if not looked_at:
            raise Harm("not asked again")
        return looked_at[0]

    def _orders(self, deal: str) -> list[str]:
        reference = self.world.ports.reference(deal)
        return [order.id for order in self.erp.committed.values() if order.reference == reference]

    def _effect(self, deal: str) -> Effect | None:
        return self.world.ports.store.effects.get(f"deal:{deal}:sales_order:1")

    def _one_order(self, deal: str) -> None:
        orders = self._orders(deal)
        if len(orders) != 1:
            raise Harm(f"{len(orders)} orders")
        if self.world.ports.store.links.erp_key("order", deal) != orders[0]:
            raise Harm("the deal does not know its order")
