"""Every ERP the effect suite runs against, with the ways in which its answers get lost and an auditor's view of it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Erp, Found, Steps
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.erps.base import SmallErp
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.two_hundred import TwoHundredErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import Company, Connections

WRITES = {"facade": 1, "two_hundred": 1, "three_call": 4}
"""Calls it takes to make an order of two lines."""


@dataclass(frozen=True)
class Booked:
    """An order as the ERP has it: each line's SKU, quantity and price."""

    id: str
    total: Decimal
    lines: tuple[tuple[str, Decimal, Decimal], ...]


def nothing() -> None: ...


class Watched:
    """The port as it is, with moments before an order is looked for, before it is made, and after."""

    def __init__(self, erp: Any) -> None:
        self._erp = erp
        self.before_probe: Callable[[], object] = nothing
        self.before_create: Callable[[], object] = nothing
        self.after_create: Callable[[], object] = nothing
        self.creates = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._erp, name)

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        self.before_probe()
        return cast(Found, self._erp.find_order(reference, request))

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        self.creates += 1
        self.before_create()
        try:
            return cast(SalesOrder, self._erp.create_order(draft, steps))
        finally:
            self.after_create()


class Rig(ABC):
    """`first_order` is the number the ERP gives to its first order; `resumes`: a half-made order can be finished."""

    first_order: str
    resumes = False

    def __init__(self, erp: Any) -> None:
        self.watched = Watched(erp)

    @property
    def erp(self) -> Erp:
        return cast(Erp, self.watched)

    @property
    def settle_seconds(self) -> float:
        return self.erp.traits.settle_seconds

    def lose(self, nth: int, fault: str) -> None:
        """The `nth` write of the next order is lost "before" or "after" it is done, or never gets there ("refused")."""
        self.watched.before_create = lambda: self.lose_now(nth, fault)

    @abstractmethod
    def lose_now(self, nth: int, fault: str) -> None:
        """The `nth` write from now on."""

    @abstractmethod
    def delay(self, seconds: float) -> None:
        """The next order is made that late, and its answer is lost."""

    @abstractmethod
    def refuse(self) -> None:
        """From now on orders are refused."""

    @abstractmethod
    def relent(self) -> None: ...

    @abstractmethod
    def booked(self) -> list[Booked]: ...

    def begun(self) -> int:
        """Orders that were begun, finished or not."""
        return len(self.booked())


class FacadeRig(Rig):
    first_order = "SO-100001"

    def __init__(self, company: Company, connections: Connections, dead_end: HttpClient) -> None:
        self._facade = FacadeErp(connections.erp, settle_seconds=60)
        self._company = company
        self._dead_end = dead_end
        super().__init__(self._facade)

    def lose_now(self, nth: int, fault: str) -> None:
        self.watched.before_create = nothing
        if fault == "refused":
            self._unplug()
        else:
            switch = {"kind": f"cut_{fault}", "method": "POST", "path": "/salesorders$", "after": nth - 1}
            self._company.erp("/faults", switch)

    def _unplug(self) -> None:
        """For this one call."""
        plugged = self._facade.http
        self._facade.http = self._dead_end
        self.watched.after_create = lambda: setattr(self._facade, "http", plugged)

    def delay(self, seconds: float) -> None:
        self._company.erp("/late-commit", {"seconds": seconds, "collection": "salesorders"})

    def refuse(self) -> None:
        self.watched.before_create = lambda: self._credit_hold(True)

    def relent(self) -> None:
        self.watched.before_create = lambda: self._credit_hold(False)

    def _credit_hold(self, held: bool) -> None:
        for customer in self._company.found_in_erp("customers"):
            self._company.erp(f"/customers/{customer['CustomerID']}/credit-hold", {"CreditHold": held})

    def booked(self) -> list[Booked]:
        return [
            Booked(
                order["OrderID"],
                Decimal(order["TotalAmount"]),
                tuple(
                    (x["Product"], Decimal(x["Quantity"]), Decimal(x["Price"])) for x in order["LineItems"]
                ),
            )
            for order in self._company.found_in_erp("salesorders")
        ]


class SmallRig(Rig):
    def __init__(self, erp: SmallErp, writes: int) -> None:
        super().__init__(erp)
        self._small = erp
        self._writes = writes
        self._stock = erp.stock

    def lose_now(self, nth: int, fault: str) -> None:
        self.watched.before_create = nothing
        self._small.wire.lose(nth, fault)

    def delay(self, seconds: float) -> None:
        self._small.wire.late_seconds = seconds
        self.lose(self._writes, "late")

    def refuse(self) -> None:
        self.watched.before_create = lambda: setattr(self._small, "stock", {})

    def relent(self) -> None:
        self.watched.before_create = nothing
        self._small.stock = self._stock

    def booked(self) -> list[Booked]:
        return [
            Booked(o.id, o.total, tuple((x.sku, x.quantity, x.price) for x in o.lines))
            for o in self._small.committed.values()
        ]


class ThreeCallRig(SmallRig):
    first_order = "0000000001"
    resumes = True

    def __init__(self, clock: Clock) -> None:
        self.small = ThreeCallErp(Wire(clock))
        super().__init__(self.small, WRITES["three_call"])

    @property
    def sent(self) -> list[str]:
        return self.small.wire.sent

    def during(self, write: str, happens: Callable[[], object]) -> None:
        """Once, when that write arrives, before it is done."""
        self.small.wire.arrives[write] = happens

    def begun(self) -> int:
        return len(self.small.temporary)

    def half_made(self) -> list[str]:
        return self.small.half_made()

    def delete(self, number: str) -> None:
        """As a person does in the ERP."""
        self.small.delete(number)


class TwoHundredRig(SmallRig):
    first_order = "1001"

    def __init__(self, clock: Clock) -> None:
        super().__init__(TwoHundredErp(Wire(clock)), WRITES["two_hundred"])
