"""What M3 sends of its own accord: events of its tables from Event Hub, and BODs (Infor API contract E.4, E.5).

The form of an event is not published. What is known of it: it holds the whole record, before and after, of a table such
as OOHEAD, OOLINE or FSLEDG, so the columns with an order's number or an invoice's key are in it.
"""

from collections.abc import Iterator

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.push.bod import bod_hints, is_bod
from streak_infor_orchestration.infor.push.by_fields import by_fields
from streak_infor_orchestration.infor.push.message import Hint, PushMessage, Record

ORDER = ("ORNO",)
INVOICES = (("YEA4", "IVNO"), ("INYR", "CINO"))
"""As invoices and as receivables know one (contract G.1)."""
TABLES = ("OOHEAD", "OOLINE", "FSLEDG")
"""Events of these name a record, or something is wrong with them; those of others may concern something else."""


def hints(section: M3Section, push: PushSection, message: PushMessage) -> tuple[Hint, ...] | None:
    """Of an invoice's BOD only the orders: the number in it is no key without its year. None for a table that concerns
    neither."""
    if is_bod(message):
        return bod_hints(message, invoices=False)
    short = PushMessage(message.name, tuple(dict(_short(record)) for record in message.records))
    orders = push.order_fields or ORDER
    keys = (push.invoice_fields,) if push.invoice_fields else INVOICES
    found = [by_fields(short, orders, key) for key in keys]
    best = next(filter(None, found), ())
    if not best and message.name and message.name not in TABLES:
        return None
    return tuple(_in_division(section, hint) for hint in best)


def _short(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A column by its field: `OAORNO` is ORNO in table OOHEAD, whose columns all begin with OA."""
    for path, values in record.items():
        around, stroke, name = path.rpartition("/")
        yield path, values
        if len(name) == 6:
            yield f"{around}{stroke}{name[2:]}", values


def _in_division(section: M3Section, hint: Hint) -> Hint:
    """As the port tells invoices: with the division before them where the file has one."""
    if hint.entity == "order" or not section.divi:
        return hint
    return Hint("invoice", f"{section.divi}/{hint.key}")
