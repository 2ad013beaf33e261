"""Two lots of orders beside each other: before and after a day, or typed by hand and by the integration."""

from dataclasses import dataclass
from datetime import date

from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.times.steps import STEPS, TAKEN
from streak_infor_orchestration.analytics.warehouse import Warehouse


@dataclass(frozen=True)
class Pace:
    """How long a step took, in hours, of so many orders."""

    orders: int
    median: float
    p90: float


@dataclass(frozen=True)
class Faster:
    """A step in both lots; None where no order of a lot has come so far. `change`: of the median, -0.3 is 30 % less
    time."""

    step: str
    first: Pace | None
    second: Pace | None

    @property
    def change(self) -> float | None:
        if self.first is None or self.second is None or not self.first.median:
            return None
        return self.second.median / self.first.median - 1


def before_and_after(warehouse: Warehouse, day: date) -> list[Faster]:
    """Orders from before the day, and from it on."""
    return _compared(warehouse, f"ordered >= {quoted(day.isoformat())}::DATE")


def by_hand_and_not(warehouse: Warehouse) -> list[Faster]:
    """Orders that somebody typed in the ERP, and those that we made."""
    return _compared(warehouse, "NOT by_hand")


def _compared(warehouse: Warehouse, second: str) -> list[Faster]:
    handle = warehouse.needed("analytics/times")
    with engine(warehouse.work) as connection:
        handle.relation(connection).create_view("times")
        rows = connection.execute(
            f"""
            SELECT step, {second} AS second, count(*), median(hours), quantile_cont(hours, 0.9)
            FROM ({TAKEN}) GROUP BY ALL
            """
        ).fetchall()
    paces = {(step, bool(later)): Pace(count, median, p90) for step, later, count, median, p90 in rows}
    steps = [f"{since} to {until}" for since, until in STEPS]
    return [Faster(step, paces.get((step, False)), paces.get((step, True))) for step in steps]


WEEKS_SHOWN = 12


def by_week(warehouse: Warehouse) -> dict[str, list[tuple[str, float, int]]]:
    """By step the last weeks in which an order came through it: week, median hours, orders."""
    with engine(warehouse.work) as connection:
        warehouse.needed("analytics/times_by_week").relation(connection).create_view("weeks")
        rows = connection.execute(
            f"""
            SELECT step, week, median_hours, orders FROM weeks
            QUALIFY row_number() OVER (PARTITION BY step ORDER BY week DESC) <= {WEEKS_SHOWN} ORDER BY week
            """
        ).fetchall()
    steps = [f"{since} to {until}" for since, until in STEPS]
    return {
        step: found
        for step in steps
        if (found := [(week, float(median), orders) for name, week, median, orders in rows if name == step])
    }
