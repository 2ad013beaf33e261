"""Texts with facts of the ERP in braces: `Order {order.id}`."""

import string
from collections.abc import Sequence

from streak_infor_orchestration.config.faults import fault, one_of
from streak_infor_orchestration.config.vocabulary import is_fact


def check_placeholders(text: str, known: Sequence[str], *, at: str, why: str) -> None:
    """Raises the fault of the setting `at` where braces do not match or name what is not `known`; `why` says when or
    where that cannot be told."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise fault(f"the braces do not match: {error}", at=(at,), fix='write "{order.id}"') from None
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if not is_fact(name, tuple(known)) or spec or conversion:
            raise fault(f'"{{{name}}}" cannot be told {why}', at=(at,), fix=one_of(name, known))
