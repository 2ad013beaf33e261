"""How sensors ask for runs of a row: from the ledger alone, and once, whoever else asks."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import dagster as dg

from streak_infor_orchestration.defs.resources import LedgerResource, here
from streak_infor_orchestration.sync.row.row import Row

if TYPE_CHECKING:
    from streak_infor_orchestration.ledger.store import Store

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


def guarded(look: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer | dg.SkipReason]:
    """A sensor's look, none while there is no configuration: Dagster loads the definitions without one."""

    @wraps(look)
    def guarded_look(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Answer | dg.SkipReason:
        if not here().configured:
            return dg.SkipReason("no configuration: STREAK_INFOR_CONFIG names no file that exists")
        return look(*args, **kwargs)

    return guarded_look


def inbox_sensor(
    row: Row, job: dg.JobDefinition, *, name: str, every: int, started_by: str, description: str
) -> dg.SensorDefinition:
    """Asks for runs of `row` from the inbox alone, looking at it every so many seconds."""

    @dg.sensor(
        job=job,
        minimum_interval_seconds=every,
        default_status=dg.DefaultSensorStatus.RUNNING,
        name=name,
        description=description,
    )
    @guarded
    def look(ledger: LedgerResource) -> list[dg.RunRequest] | dg.SkipReason:
        store = ledger.store()
        return paused(store) or what_is_due(row, store, started_by)

    return look


def paused(store: "Store") -> dg.SkipReason | None:
    """A run would take nothing."""
    from streak_infor_orchestration.sync.row.claim import SYSTEMS

    pauses = {system: store.pauses.state(system) for system in SYSTEMS}
    waiting = [system for system, pause in pauses.items() if pause and pause.until > store.clock.now()]
    return dg.SkipReason(f"paused: {', '.join(waiting)}") if waiting else None


def what_is_due(row: Row, store: "Store", started_by: str) -> list[dg.RunRequest] | dg.SkipReason:
    """A run for each queue with records that are due, unless somebody has just asked for it."""
    due = store.inbox.due(row.kinds)
    waiting = [queue for queue, lanes in row.lanes.items() if any(due.by_lane.get(lane) for lane in lanes)]
    requests = [request for queue in waiting if (request := a_run(row, store, started_by, queue))]
    if requests:
        return requests
    told = f"{due.count} due, a run was asked for already" if due.count else f"no {row.kind} is due"
    return dg.SkipReason(told)


def a_run(row: Row, store: "Store", started_by: str, queue: str = "") -> dg.RunRequest | None:
    """None where somebody has just asked for one. `queue` of the workers, the row's own by default."""
    queue = queue or row.queue
    if not store.nudges.acquire(row.nudge(queue)):
        return None
    return dg.RunRequest(
        tags={"dagster-celery/queue": queue, "streak-infor/started-by": started_by},
        run_config=dg.RunConfig(ops={row.phases[0]: {"config": {"lanes": list(row.lanes[queue])}}}),
    )
