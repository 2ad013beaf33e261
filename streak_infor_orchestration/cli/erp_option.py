"""`--erp`: which Infor product the simulated company runs."""

import click

from streak_infor_orchestration.demo.erps import DEFAULT, ERPS, DemoErp


def _named(context: click.Context, parameter: click.Parameter, name: str) -> DemoErp:
    return ERPS[name]


erp_option = click.option(
    "--erp",
    type=click.Choice(list(ERPS)),
    callback=_named,
    default=DEFAULT.name,
    show_default=True,
    help="The Infor product that is simulated.",
)
"""Hands the command an `erp: DemoErp`."""
