"""The records that make an order (Infor API contract, B.6, G.1): OIS100MI AddBatchHead and AddBatchLine."""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.money import line_total, plain, round_money
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.infor.m3 import contract
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.m3.values import one_line, written
from streak_infor_orchestration.infor.own_fields import own_fields

HEAD_TARGETS = {
    "CUCD": "order.currency",
    "MODL": "order.shipping_method",
    "OREF": "order.description",
    "ORDT": "order.order_date",
    "RLDT": "order.requested_date",
    "SMCD": "order.salesperson",
    "WHLO": "order.warehouse",
}
LINE_TARGETS = {
    "ITNO": "lines.sku",
    "ORQT": "lines.quantity",
    "SAPR": "lines.price",
    "TEDS": "lines.description",
}
"""Which target of the mapping fills each of M3's fields."""

_PROGRAM = "OIS100MI"


def head(section: M3Section, draft: OrderDraft) -> dict[str, str]:
    """A description is cut to what its field holds: it says nothing that the deal does not. Raises `Rejected`."""
    record = {
        "CUNO": draft.customer_id,
        "ORTP": section.order_type,
        "FACI": section.facility,
        "WHLO": draft.warehouse,
        "ORDT": written(draft.order_date),
        "RLDT": written(draft.requested_date),
        "CUCD": draft.currency,
        "MODL": draft.shipping_method,
        "SMCD": draft.salesperson,
        **_described(section, draft),
        section.second_reference_field: draft.reference,
        section.reference_field: draft.reference,
        **_custom(section, draft.custom),
    }
    return _checked(section, "AddBatchHead", record, head_targets(section))


def head_targets(section: M3Section) -> dict[str, str]:
    return HEAD_TARGETS | {code: f"order.custom.{name}" for name, code in section.order_fields.items()}


def line(section: M3Section, draft: OrderDraft, number: int, unit: str) -> dict[str, str]:
    """The record of the line at position `number` (from 1) but for the order's number, in the item's basic unit.

    Raises `Rejected`, also for a discount that M3 could not take off to the cent.
    """
    wanted = draft.lines[number - 1]
    priced = {} if section.prices == "erp" else prices(section, wanted, draft.currency)
    record = {
        "ORNO": "0",
        "ITNO": wanted.sku,
        "ORQT": plain(wanted.quantity.normalize()),
        "ALUN": unit,
        "SPUN": unit if priced else "",
        "SACD": "1" if priced else "",
        **priced,
        "WHLO": draft.warehouse,
        "DWDT": written(draft.requested_date),
        "CUPO": str(number),
        "TEDS": one_line(wanted.description),
    }
    return _checked(section, "AddBatchLine", record, LINE_TARGETS)


def prices(section: M3Section, wanted: Line, currency: str) -> dict[str, str]:
    """Price and discount in the form that is configured. Raises `Rejected` where the line would come to other cents."""
    total = line_total(wanted.quantity, wanted.price, wanted.discount, currency)
    gross = wanted.quantity * wanted.price
    exact = Decimal(1).scaleb(-section.price_decimals)
    price, given, comes_to = wanted.price, {}, gross
    if wanted.discount and section.discount == "line_amount":
        given, comes_to = {"DIA1": plain(wanted.discount)}, gross - wanted.discount
    elif wanted.discount and section.discount == "unit_amount":
        each = (wanted.discount / wanted.quantity).quantize(exact, ROUND_HALF_EVEN)
        given, comes_to = {"DIA1": plain(each)}, gross - each * wanted.quantity
    elif wanted.discount and section.discount == "percent":
        percent = (wanted.discount / gross * 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        given, comes_to = {"DIP1": plain(percent)}, gross * (1 - percent / 100)
    elif wanted.discount:
        price = ((gross - wanted.discount) / wanted.quantity).quantize(exact, ROUND_HALF_EVEN)
        comes_to = price * wanted.quantity
    if round_money(comes_to, currency) != total or price != price.quantize(exact, ROUND_HALF_EVEN):
        raise Rejected(
            f'"{wanted.sku}" must come to {plain(total)} {currency}, and M3 cannot take {plain(wanted.discount)} off '
            f"{plain(wanted.quantity)} of {plain(wanted.price)} to the cent, the way erp.discount says.",
            code=LineCode.INEXPRESSIBLE,
            system="infor",
            field="lines.discount" if wanted.discount else "lines.price",
            value=wanted.sku,
        )
    return {"SAPR": plain(price.normalize()), **given}


def charge(section: M3Section, draft: OrderDraft) -> dict[str, str]:
    """The record of freight but for the order's number, {} for none. Raises `Rejected` where it cannot be made."""
    if not draft.freight:
        return {}
    if not section.freight_charge:
        raise Rejected(
            "M3 books freight as a charge, and erp.freight_charge names none.",
            code=DealCode.NO_FREIGHT,
            system="infor",
            field="order.freight",
            value=plain(draft.freight),
        )
    record = {
        "ORNO": "0",
        "CRID": section.freight_charge,
        "CRAM": plain(draft.freight),
        "CUCD": draft.currency,
    }
    return _checked(section, "AddBatchHeadChg", record, {"CRAM": "order.freight"})


def _described(section: M3Section, draft: OrderDraft) -> dict[str, str]:
    field = section.description_field
    if not field:
        return {}
    return {
        field: one_line(draft.description)[: contract.inputs(_PROGRAM, "AddBatchHead")[field].length].rstrip()
    }


def _custom(section: M3Section, fields: Mapping[str, str]) -> dict[str, str]:
    held = own_fields(fields, section.order_fields, product="M3", setting="erp.order_fields", such_as="PROJ")
    return {code: one_line(value) for code, value in held.items()}


def _checked(
    section: M3Section, transaction: str, record: Mapping[str, str], targets: Mapping[str, str]
) -> dict[str, str]:
    given = {code: value for code, value in record.items() if code}
    return contract.checked(_PROGRAM, transaction, given, targets, upper_case_keys=section.upper_case_keys)
