"""What commands share that show tables which are worked out."""

from collections.abc import Callable
from typing import Any

import click

from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.domain.money import plain, round_money
from streak_infor_orchestration.wiring import Wiring, wiring

FRESH = click.option("--fresh", is_flag=True, help="Read what changed in both systems, and work it out now.")


def worked_out(*names: str, fresh: bool) -> Wiring:
    """This installation, its tables as Dagster left them or, `fresh`, worked out now."""
    parts = begun(wiring())
    if fresh:
        from streak_infor_orchestration.sync.tables.working_out import read_and_work_out

        read_and_work_out(parts.ports, parts.warehouse, names)
    return parts


def amount(value: Any, currency: str) -> str:
    """ "" for none."""
    return "" if value is None else f"{plain(round_money(value, currency))} {currency}"


def shown(value: Any, tell: Callable[[Any], str] = str) -> str:
    return "" if value is None else tell(value)
