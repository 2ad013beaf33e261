"""All checks in their order: what needs something that is broken is not looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.problems.catalogue import known
from streak_infor_orchestration.onboarding.checks import (
    customers,
    erp,
    filled,
    hooks,
    machine,
    names,
    orders,
    push,
    queue,
    streak,
)
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Broken, Checked, look, wrong


@dataclass(frozen=True)
class Area:
    name: str
    look: Callable[[Context], Iterator[Checked]]
    needs: tuple[str, ...] = ()


AREAS = (
    Area("configuration", machine.configuration),
    Area("secrets", machine.secrets, ("configuration",)),
    Area("state folder", machine.state_folder),
    Area("database", machine.database, ("state folder",)),
    Area("tables", machine.tables, ("database",)),
    Area("queue", queue.redis),
    Area("Streak", streak.login, ("configuration", "state folder")),
    Area("pipeline", streak.pipeline, ("Streak",)),
    Area("stages", names.stages, ("pipeline", "database")),
    Area("fields", names.fields, ("pipeline", "database")),
    Area("history", streak.history, ("pipeline",)),
    Area("ERP", erp.login, ("configuration", "state folder")),
    Area("permissions", erp.permissions, ("ERP",)),
    Area("set-up", erp.set_up, ("ERP",)),
    Area("currency", erp.currency, ("ERP",)),
    Area("rates", erp.rates, ("ERP",)),
    Area("ERP fields", filled.targets, ("configuration",)),
    Area("codes", erp.codes, ("ERP",)),
    Area("customers", customers.kept_the_same, ("ERP",)),
    Area("orders", orders.made_in_the_erp, ("ERP",)),
    Area("webhooks", hooks.registered, ("pipeline",)),
    Area("gateway", hooks.reachable, ("configuration",)),
    Area("push", push.told_by_the_erp, ("configuration",)),
    Area("clocks", streak.clocks, ("Streak",)),
)


def examine(context: Context) -> Iterator[tuple[str, Checked]]:
    """Each finding with its area. Never raises for what an outside system does."""
    broken: set[str] = set()
    for area in AREAS:
        before = [name for name in area.needs if name in broken]
        if before:
            broken.add(area.name)
            yield area.name, look("not looked at", f"mend first: {', '.join(before)}")
            continue
        try:
            for finding in area.look(context):
                yield area.name, finding
        except Broken:
            broken.add(area.name)
        except IntegrationError as error:
            broken.add(area.name)
            yield (
                area.name,
                wrong(error.message, (known(error.code, error.cure) or error.usual).administrator),
            )
