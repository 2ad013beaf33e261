"""What an administrator has to have set up in M3, looked up by reads (Infor API contract, B.8, G.2)."""

from collections.abc import Iterator

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.infor.m3 import order_lookup
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import text
from streak_infor_orchestration.infor.product import SetUp

_NOBODY = "STKNOBODY"


def looked_up(mi: Mi) -> Iterator[SetUp]:
    """Each code of the section by itself, the lookup by a try."""
    section = mi.section
    yield from _code(mi, "order_type", section.order_type, "OIS010MI", "LstOrderTypes", "ORTP", "order type")
    yield from _code(mi, "facility", section.facility, "CRS008MI", "Get", "FACI", "facility")
    yield from _code(
        mi, "defaults.warehouse", section.defaults.warehouse, "MMS005MI", "GetWarehouse", "WHLO", "warehouse"
    )
    yield from _code(
        mi,
        "defaults.shipping_method",
        section.defaults.shipping_method,
        "CRS070MI",
        "LstDelyMethod",
        "MODL",
        "delivery method",
    )
    yield from _template(mi)
    yield from _lookup(mi)
    if section.ready is not None:
        yield from _transaction(mi, "ready", section.ready)


def _code(
    mi: Mi, option: str, value: str, program: str, transaction: str, field: str, what: str
) -> Iterator[SetUp]:
    """The look-up of one code, where it is set. M3's lists begin at a code, so only the code itself counts."""
    if value:
        row = mi.one(program, MiCall(transaction, {field: value}, field))
        known = row is not None and text(row, field) == value
        yield SetUp(option, value, "" if known else f"is no {what} in M3")


def _template(mi: Mi) -> Iterator[SetUp]:
    number = mi.section.template_customer
    if not number:
        yield SetUp("template_customer", number, "names nobody: no customer can be made in M3")
        return
    row = mi.one("CRS610MI", MiCall("GetBasicData", {"CUNO": number}, "CUNO"))
    yield SetUp("template_customer", number, "" if row else "is no customer in M3 to make others after")


def _lookup(mi: Mi) -> Iterator[SetUp]:
    """Tries the configured lookup with a reference that no order has."""
    lookup = mi.section.lookup
    if lookup.by == "transaction":
        for option, name in (("orders", lookup.orders), ("temporary", lookup.temporary)):
            if name:
                yield from _transaction(mi, f"lookup.{option}", name)
    try:
        order_lookup.locate(mi, _NOBODY, mi.section.template_customer or _NOBODY)
    except IntegrationError as error:
        yield SetUp("lookup.by", lookup.by, f"finds no order by its reference: {error.message}")
    else:
        yield SetUp("lookup.by", lookup.by)


def _transaction(mi: Mi, option: str, name: str) -> Iterator[SetUp]:
    program, _, transaction = name.partition("/")
    rows = mi.rows("MRS001MI", MiCall("LstTransactions", {"MINM": program}, "TRNM"))
    known = any(text(row, "TRNM") == transaction for row in rows)
    yield SetUp(option, name, "" if known else "is no transaction of this M3, or may not be used")
