"""Customers as M3 has them: CRS610MI and their delivery address (Infor API contract, B.8, G.1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from streak_infor_orchestration.domain.party import Address, Customer
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.m3.values import Row, milliseconds, number, text
from streak_infor_orchestration.infor.m3.walk import pages

PROGRAM = "CRS610MI"
DELIVERY = "1"
"""ADRT of a delivery address (contract, Appendix 1: AddAddress)."""

_BASIC = "CUNO CUNM CUA1 CUA2 CUA3 CUA4 PONO TOWN ECAR CSCD PHNO MAIL STAT CHNO"
_FINANCIAL = "CUCD VRNO CRLM BLCD CHNO"
_ORDER = "TEPY SMCD CHNO"
_LISTED = "CUNO CUNM CUA1 CUA2 CUA3 CUA4 PONO TOWN ECAR CSCD PHNO MAIL STAT CUCD VRNO CRLM TEPY SMCD"
_KEY_LENGTH = 10


def read(mi: Mi, numbers: Iterable[str]) -> dict[str, Customer]:
    """Those of the customers that exist, by number; all that M3 keeps of one in one call, and many in few."""
    wanted = list(dict.fromkeys(numbers))
    calls = [_calls(mi.section, number_) for number_ in wanted]
    found = iter(mi.all(PROGRAM, [call for of_one in calls for call in of_one]))
    customers = {}
    for number_, of_one in zip(wanted, calls, strict=True):
        basic, financial, order, *address = (next(iter(rows), {}) for rows in [next(found) for _ in of_one])
        if basic:
            customers[number_] = customer_of(mi.section, basic, financial, order, *address)
    return customers


def _calls(section: M3Section, number_: str) -> list[MiCall]:
    key = {"CUNO": number_}
    address = {**key, "ADRT": DELIVERY, "ADID": section.address_number}
    own = _own_fields(section)
    return [
        MiCall("GetBasicData", key, " ".join(dict.fromkeys([*_BASIC.split(), *own]))),
        MiCall("GetFinancial", key, _FINANCIAL),
        MiCall("GetOrderInfo", key, _ORDER),
        *([MiCall("GetAddress", address)] if section.address_number else []),
    ]


def customer_of(
    section: M3Section, basic: Row, financial: Row, order: Row, delivery: Row | None = None
) -> Customer:
    """Raises ValueError for what is no customer. `version` holds the change numbers of its three parts."""
    if not text(basic, "CUNO"):
        raise ValueError("a customer without a number")
    return Customer(
        id=text(basic, "CUNO"),
        name=text(basic, "CUNM"),
        contact_name=text(basic, section.contact_field),
        email=text(basic, "MAIL"),
        phone=text(basic, "PHNO"),
        tax_id=text(financial, "VRNO"),
        currency=text(financial, "CUCD"),
        payment_terms=text(order, "TEPY"),
        salesperson=text(order, "SMCD"),
        billing_address=address_of(section, basic),
        shipping_address=address_of(section, delivery or {}),
        credit_limit=number(financial, "CRLM") or None,
        credit_hold=bool(text(financial, "BLCD").strip("0")),
        status="Closed" if text(basic, "STAT") in section.closed_customers else "Active",
        reference=text(basic, section.marker_field),
        custom={name: said for name, code in section.customer_fields.items() if (said := text(basic, code))},
        version=" ".join(text(part, "CHNO") or "0" for part in (basic, financial, order)),
    )


def address_of(section: M3Section, row: Row) -> Address | None:
    """None where there is none but the line that stands for an unknown one; the lines after the first are one."""
    address = Address(
        line1=text(row, "CUA1"),
        line2=" ".join(filter(None, (text(row, code) for code in ("CUA2", "CUA3", "CUA4")))),
        city=text(row, "TOWN"),
        region=text(row, "ECAR"),
        postal_code=text(row, "PONO"),
        country=text(row, "CSCD"),
    )
    return None if address in (Address(), Address(line1=section.unknown_address)) else address


def listed(mi: Mi, since: datetime | None = None) -> Iterator[Sequence[Customer]]:
    """All customers by number, a page at a time; those changed since where the change stamp is known.

    Who asks for what changed is shown what the list itself says, at a call a page: neither stops nor delivery
    addresses. All of them are shown with both, 50 customers in a call more.
    """
    own = _own_fields(mi.section)
    for page in numbers(mi, since, " ".join(dict.fromkeys([*_LISTED.split(), *own]))):
        more = [{} for _ in page] if since is not None else _firsts(mi, page, "GetFinancial", _FINANCIAL, {})
        key = {"ADRT": DELIVERY, "ADID": mi.section.address_number}
        shown = since is None and mi.section.address_number
        addresses = _firsts(mi, page, "GetAddress", "", key) if shown else [{} for _ in page]
        yield [
            customer_of(mi.section, row, {**row, **financial}, row, address).model_copy(
                update={"version": ""}
            )
            for row, financial, address in zip(page, more, addresses, strict=True)
        ]


def _firsts(mi: Mi, page: Sequence[Row], transaction: str, columns: str, key: Mapping[str, str]) -> list[Row]:
    calls = [MiCall(transaction, {"CUNO": text(row, "CUNO"), **key}, columns) for row in page]
    return [next(iter(rows), {}) for rows in mi.all(PROGRAM, calls)]


def _own_fields(section: M3Section) -> list[str]:
    named = [section.marker_field, section.contact_field, *section.customer_fields.values()]
    return [code for code in named if code]


def numbers(mi: Mi, since: datetime | None = None, columns: str = "CUNO") -> Iterator[tuple[Row, ...]]:
    """Pages of LstByNumber."""
    stamped: Mapping[str, str] = {}
    if since is not None and mi.section.change_stamp == "milliseconds":
        stamped = {"LMTS": milliseconds(since)}
    yield from pages(mi, PROGRAM, "LstByNumber", start="CUNO", key="CUNO", columns=columns, record=stamped)


def marked(mi: Mi, reference: str, since: datetime | None) -> list[str]:
    """Numbers of the customers that bear our reference: by the search key where it holds the beginning of it, in one
    call; else M3 filters by nothing of the kind, and all that may have been made since are looked through."""
    field = mi.section.marker_field
    if not reference:
        return []
    if mi.section.customer_lookup == "search_key":
        key = search_key(reference)
        call = MiCall("LstBySearchKey", {"ALCU": key}, f"CUNO ALCU {field}".rstrip())
        found = [row for row in mi.rows(PROGRAM, call, most=mi.section.page_size) if text(row, "ALCU") == key]
        return [text(row, "CUNO") for row in found if not field or text(row, field) == reference]
    if not field:
        return []
    return [
        text(row, "CUNO")
        for page in numbers(mi, since, f"CUNO {field}")
        for row in page
        if text(row, field) == reference
    ]


def search_key(reference: str) -> str:
    """As much of a reference as M3 holds in a key: a customer's number where we number, or its search key."""
    return reference[:_KEY_LENGTH]


def references(mi: Mi) -> Iterator[tuple[str, str]]:
    """Our reference and the number of every customer that has one."""
    field = mi.section.marker_field
    for page in numbers(mi, columns=f"CUNO {field}") if field else ():
        told = ((text(row, field), text(row, "CUNO")) for row in page)
        yield from ((reference, number_) for reference, number_ in told if reference)
