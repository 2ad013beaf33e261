"""What SyteLine sends of its own accord: rows from handlers of its Application Event System, and BODs (Infor API
contract E.5, E.6). A handler is the customer's own, and so is its message's form: properties by their names will do.
"""

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.infor.push.bod import bod_hints, is_bod
from streak_infor_orchestration.infor.push.by_fields import by_fields
from streak_infor_orchestration.infor.push.message import Hint, PushMessage
from streak_infor_orchestration.infor.syteline.section import SytelineSection

ORDER = ("CoNum",)
INVOICES = ("ApplyToInvNum", "InvNum")
"""What a payment is applied to, before the number it has itself."""
IDOS = ("SLCos", "SLCoitems", "SLInvHdrs", "SLArtrans")
"""Rows of these name a record, or something is wrong with them; those of others may concern something else."""


def hints(section: SytelineSection, push: PushSection, message: PushMessage) -> tuple[Hint, ...] | None:
    """An invoice by its number alone: of several of one number, the first has what is paid of it. None for an IDO that
    concerns neither."""
    if is_bod(message):
        return bod_hints(message, invoices=True)
    orders = push.order_fields or ORDER
    keys = (push.invoice_fields,) if push.invoice_fields else tuple((name,) for name in INVOICES)
    found = next(filter(None, (by_fields(message, orders, key) for key in keys)), ())
    if (
        not found
        and message.name
        and message.name not in {*IDOS, *(section.idos.get(ido, ido) for ido in IDOS)}
    ):
        return None
    return found
