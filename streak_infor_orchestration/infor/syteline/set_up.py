"""What an administrator has to have set up in SyteLine, looked up by reads (Infor API contract C.3, C.5)."""

from collections.abc import Iterator

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.infor.product import SetUp
from streak_infor_orchestration.infor.syteline.filters import equal
from streak_infor_orchestration.infor.syteline.ido import Ido
from streak_infor_orchestration.infor.syteline.section import SytelineSection


def looked_up(ido: Ido, section: SytelineSection) -> Iterator[SetUp]:
    """Each property that the section names by a read of its IDO, each code by itself, and the width of numbers."""
    for name, value in section.idos.items():
        yield SetUp(f"idos.{name}", value, _readable(ido, name, "RecordDate"))
    for option, name, of in _properties(section):
        yield SetUp(option, name, _readable(ido, of, name))
    yield from _width(ido, section)
    for option, code, of, key in (
        ("defaults.shipping_method", section.defaults.shipping_method, "SLShipcodes", "ShipCode"),
        ("defaults.payment_terms", section.defaults.payment_terms, "SLTerms", "TermsCode"),
    ):
        if code:
            known = ido.page(of, (key,), equal(key, code), cap=1).rows
            yield SetUp(option, code, "" if known else f"is none of {of}")
    yield from _sign(ido, section)


def _properties(section: SytelineSection) -> Iterator[tuple[str, str, str]]:
    """Option, property, and the IDO it has to be one of."""
    orders, customers, rates, own = section.orders, section.customers, section.rates, section.custom_fields
    named = [
        ("orders.second_reference", orders.second_reference, "SLCos"),
        ("orders.description", orders.description, "SLCos"),
        ("orders.gl_account", orders.gl_account, "SLCoitems"),
        *((f"orders.set.{name}", name, "SLCos") for name in orders.set),
        *((f"orders.set_lines.{name}", name, "SLCoitems") for name in orders.set_lines),
        *(
            ("orders.from_customer", name, of)
            for name in orders.from_customer
            for of in ("SLCos", "SLCustomers")
        ),
        ("customers.reference", customers.reference, "SLCustomers"),
        ("customers.email", customers.email, "SLCustomers"),
        ("customers.tax_id", customers.tax_id, "SLCustomers"),
        *((f"customers.set.{name}", name, "SLCustomers") for name in customers.set),
        *((f"custom_fields.orders.{name}", prop, "SLCos") for name, prop in own.orders.items()),
        *((f"custom_fields.customers.{name}", prop, "SLCustomers") for name, prop in own.customers.items()),
        ("employee_email", section.employee_email, "SLEmployees"),
        *((f"rates.{part}", name, "SLCurrates") for part, name in rates.model_dump().items()),
    ]
    yield from ((option, name, of) for option, name, of in named if name)


def _readable(ido: Ido, of: str, name: str) -> str:
    try:
        ido.page(of, (name,), cap=1)
    except IntegrationError as error:
        return f"cannot be read from {of}: {error.message}"
    return ""


def _width(ido: Ido, section: SytelineSection) -> Iterator[SetUp]:
    """The width of order numbers, seen by the first order that there is: our own numbers have to fill it."""
    said = section.key_widths.order
    first = next(iter(ido.page("SLCos", ("CoNum",), cap=1).rows), None)
    if first is not None:
        wide = len(str(first.get("CoNum") or ""))
        fault = "" if wide == said else f"is not the width of order numbers there: they are {wide} wide"
        yield SetUp("key_widths.order", str(said), fault)


def _sign(ido: Ido, section: SytelineSection) -> Iterator[SetUp]:
    """Where one is said, what payments there are have to bear it out, most of them."""
    said = section.payment_sign
    if said == "either":
        return
    rows = ido.page("SLArtrans", ("Amount",), equal("Type", "P"), cap=50).rows
    negative = sum(str(row.get("Amount") or "").strip().startswith("-") for row in rows)
    contrary = len(rows) - negative if said == "negative" else negative
    fault = (
        f"is not the sign of {contrary} of the {len(rows)} payments looked at"
        if 2 * contrary > len(rows)
        else ""
    )
    yield SetUp("payment_sign", said, fault)
