"""Texts with facts in braces, filled in: `Order {order.id}`. What is not known stays empty."""

import re

from streak_infor_orchestration.mapping.facts import Facts, fact_text

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]+)\}")


def named_in(template: str) -> list[str]:
    """The facts it tells."""
    return [name for name in _BRACES.findall(template) if name]


def filled(template: str, facts: Facts) -> str:
    return _BRACES.sub(
        lambda found: fact_text(facts.get(found[1], "")) if found[1] else found[0][0], template
    )
