"""The records that make or change a customer (Infor API contract, B.8, G.1: CRS610MI)."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.domain.customer_fields import fields_of
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration.domain.party import Address, Customer, CustomerChanges, CustomerDraft
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.infor.m3.contract import called
from streak_infor_orchestration.infor.m3.customer_read import DELIVERY, search_key
from streak_infor_orchestration.infor.m3.mi import MiCall
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.m3.values import one_line
from streak_infor_orchestration.infor.own_fields import own_fields

_BASIC = {"name": "CUNM", "email": "MAIL", "phone": "PHNO"}
_FINANCIAL = {"currency": "CUCD", "tax_id": "VRNO"}
_ORDER = {"payment_terms": "TEPY", "salesperson": "SMCD"}
_ADDRESS = {
    "line1": "CUA1",
    "line2": "CUA2",
    "city": "TOWN",
    "region": "ECAR",
    "postal_code": "PONO",
    "country": "CSCD",
}
Record = dict[str, str]


def targets(section: M3Section, address: str = "billing_address") -> dict[str, str]:
    """Which target of the mapping fills each of M3's fields; `address` is the address that is written."""
    names = {code: f"customer.{name}" for name, code in (_BASIC | _FINANCIAL | _ORDER).items()}
    return {
        **names,
        **{code: f"customer.{address}.{part}" for part, code in _ADDRESS.items()},
        **({section.contact_field: "customer.contact_name"} if section.contact_field else {}),
        **{code: f"customer.custom.{name}" for name, code in section.customer_fields.items()},
    }


def new(section: M3Section, draft: CustomerDraft) -> Record:
    """The record for `Add`. Raises `Misconfigured` without a template customer."""
    if not section.template_customer:
        raise Misconfigured(
            "M3 makes customers after a template: set erp.template_customer", field="erp.template_customer"
        )
    return {
        "CUTM": section.template_customer,
        "CUNO": search_key(draft.reference) if section.customer_number == "ours" else "",
        "STAT": section.customer_status,
        "CUA1": section.unknown_address,
        **_basic(section, draft.model_dump(exclude={"custom"}), draft.billing_address, draft.custom),
        **({section.marker_field: draft.reference} if section.marker_field else {}),
        **({"ALCU": search_key(draft.reference)} if section.customer_lookup == "search_key" else {}),
    }


def details(number: str, values: Mapping[str, Any]) -> list[MiCall]:
    """The changes of what a new customer has from its template; none where nothing is wanted."""
    calls = (
        MiCall("ChgFinancial", _filled(values, _FINANCIAL)),
        MiCall("ChgOrderInfo", _filled(values, _ORDER)),
    )
    return [call._replace(record={"CUNO": number, **call.record}) for call in calls if call.record]


def delivery(section: M3Section, number: str, address: Address | None) -> Record:
    """The record for `AddAddress` or `ChgAddress`; {} where there is no address, or none is kept."""
    if address is None or not section.address_number:
        return {}
    key = {"CUNO": number, "ADRT": DELIVERY, "ADID": section.address_number}
    return {**key, **_address(address)}


def changes(section: M3Section, number: str, wanted: CustomerChanges) -> list[MiCall]:
    """The changes that give a customer these values, but for its delivery address."""
    given = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    custom = given.pop("custom", {})
    basic = _basic(section, given, given.get("billing_address"), custom)
    return [
        *([MiCall("ChgBasicData", {"CUNO": number, **basic})] if basic else []),
        *details(number, given),
    ]


def refuse_emptied(section: M3Section, customer: Customer, wanted: CustomerChanges) -> None:
    """Raises `Rejected` for a field that has a value and should have none: M3 leaves one alone that is not filled."""
    given = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    custom = customer.custom | {name: value or "" for name, value in given.pop("custom", {}).items()}
    after = customer.model_copy(update={**given, "custom": custom})
    for target in sorted(fields_of(customer).keys() - fields_of(after).keys()):
        codes = {filled_by: code for code, filled_by in targets(section, target.split(".")[1]).items()}
        raise Rejected(
            f"M3 does not empty {called(codes.get(target, target))}: have it emptied there.",
            code=ValueCode.MISSING,
            system="infor",
            field=target,
        )


def _basic(
    section: M3Section, values: Mapping[str, Any], address: Address | None, custom: Mapping[str, str | None]
) -> Record:
    contact = {"contact_name": section.contact_field} if section.contact_field else {}
    return {
        **_filled(values, _BASIC | contact),
        **(_address(address) if address else {}),
        **_custom(section, custom),
    }


def _address(address: Address) -> Record:
    return _filled(address.model_dump(), _ADDRESS)


def _custom(section: M3Section, fields: Mapping[str, str | None]) -> Record:
    held = own_fields(
        fields, section.customer_fields, product="M3", setting="erp.customer_fields", such_as="CFC1"
    )
    return {code: one_line(value) for code, value in held.items() if value}


def _filled(values: Mapping[str, Any], codes: Mapping[str, str]) -> Record:
    return {code: one_line(values[name]) for name, code in codes.items() if values.get(name)}
