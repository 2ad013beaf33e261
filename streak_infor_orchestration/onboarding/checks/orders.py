"""What the ERP does by itself: whether this product can tell what the file asks for."""

from collections.abc import Iterator
from typing import Literal

from streak_infor_orchestration.config.write_back import CommentBack, FieldBack
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look

_ONE_BY_ONE: dict[str, tuple[Literal["credit_notes", "payments"], str]] = {
    "credit_note.created": ("credit_notes", "what is credited is told as one amount"),
    "payment.reversed": ("payments", "no reversal is told"),
}
"""What has to be read one by one to be told, and what becomes of it where it is not kept so."""


def made_in_the_erp(context: Context) -> Iterator[Checked]:
    config, erp = context.parts.config, context.parts.erp
    if config.orders.by_hand == "box":
        how = "as they come" if erp.change_feeds else "found once an hour: this ERP keeps no list of changes"
        yield good(
            f'orders typed in the ERP since {config.orders.since} become boxes in "{config.orders.stage}", {how}'
        )
    for position, rule in enumerate(config.write_back):
        place = config.place("write_back", position)
        if isinstance(rule, CommentBack) and rule.once in _ONE_BY_ONE:
            entity, instead = _ONE_BY_ONE[rule.once]
            if not _keeps(erp, entity):
                yield look(f"{place}: this ERP keeps no {entity.replace('_', ' ')} one by one", instead)
        tracks = (
            rule.source == "order.tracking"
            if isinstance(rule, FieldBack)
            else "{order.tracking}" in rule.comment
        )
        if tracks and not erp.traits.tracking:
            yield look(f"{place}: this ERP does not say by which parcel something left", "it stays empty")


def _keeps(erp: Erp, entity: Literal["credit_notes", "payments"]) -> bool:
    try:
        next(iter(erp.records(entity, where={"invoice_id": "none"})), None)
    except Misconfigured:
        return False
    return True
