"""Which fields of the ERP the rules fill, as its people call them: a product's own names say little to others."""

from collections.abc import Iterator

from streak_infor_orchestration.infor.products import product_of
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good


def targets(context: Context) -> Iterator[Checked]:
    """Nothing of a product that calls its fields as the mapping does."""
    config = context.parts.config
    known = product_of(config.erp).fields(config.erp)
    for rule in config.fields:
        if field := known.get(rule.to):
            yield good(f"{rule.to} fills {field}")
