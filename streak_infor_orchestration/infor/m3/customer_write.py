"""Making and changing customers (Infor API contract, B.8: CRS610MI Add, Chg…, AddAddress)."""

from datetime import datetime, timedelta
from functools import partial

from streak_infor_orchestration.domain.errors import Rejected, Stale, Transient, Unknown
from streak_infor_orchestration.domain.party import Customer, CustomerChanges, CustomerDraft
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.m3 import customer_read, customer_requests
from streak_infor_orchestration.infor.m3.contract import called, checked
from streak_infor_orchestration.infor.m3.customer_read import PROGRAM
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import one_line, text
from streak_infor_orchestration.infor.port import FoundCustomer, Steps

CUSTOMER, DETAILS, ADDRESS = "customer", "details", "address"
"""Names of steps."""

_BEFORE = timedelta(days=1)
"""So much earlier than it was sent a customer is looked for: M3's day may be another than ours."""


_LATER = ("currency", "tax_id", "payment_terms", "salesperson")
_PART = {"ChgBasicData": 0, "ChgFinancial": 1, "ChgOrderInfo": 2}
"""Which part of a customer's version belongs to which change."""


def create(mi: Mi, draft: CustomerDraft, steps: Steps) -> Customer:
    """After the template; then what the template would have said otherwise, and the delivery address.

    Raises `Rejected` before anything is sent for what M3 could only refuse.
    """
    section, of = mi.section, customer_requests.targets(mi.section)
    record = checked(
        PROGRAM,
        "Add",
        customer_requests.new(section, draft),
        of,
        upper_case_keys=section.upper_case_keys,
    )
    delivered = customer_requests.targets(section, "shipping_address")
    later = [
        *((call, of) for call in _details("0", draft)),
        *((c, delivered) for c in _address(mi, "0", draft)),
    ]
    for call, filled_by in later:
        checked(PROGRAM, call.transaction, call.record, filled_by, upper_case_keys=section.upper_case_keys)
    number = steps.take(CUSTOMER, partial(_add, mi, record))
    if details := _details(number, draft):
        steps.take(DETAILS, lambda: str(len(mi.write_all(PROGRAM, details, targets=of))))
    for call in _address(mi, number, draft):
        steps.take(ADDRESS, partial(_add_address, mi, call))
    made = customer_read.read(mi, [number]).get(number)
    if made is None:
        raise Transient(f"M3 does not show customer {number} yet", code=SystemCode.TRANSIENT, system="infor")
    return made


def find(mi: Mi, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
    """By our number where we number, else by the marker; one whose details are not there yet is half-made."""
    section = mi.section
    if section.customer_number == "ours":
        numbers = [customer_read.search_key(draft.reference)]
    else:
        numbers = customer_read.marked(mi, draft.reference, since - _BEFORE if since else None)
    found = customer_read.read(mi, numbers).values()
    ours = [c for c in found if c.reference == draft.reference or not section.marker_field]
    if len(ours) == 1 and not _is_whole(mi, ours[0], draft):
        return FoundCustomer(steps={CUSTOMER: ours[0].id})
    return FoundCustomer(customers=tuple(ours))


def update(mi: Mi, customer: Customer, changes: CustomerChanges) -> Customer:
    """All of it in one call. Raises `Stale` if somebody changed the customer since it was read by its number."""
    section, of = mi.section, customer_requests.targets(mi.section)
    customer_requests.refuse_emptied(section, customer, changes)
    calls = customer_requests.changes(section, customer.id, changes)
    if calls and customer.version:
        first, version = calls[0], customer.version.split()[_PART[calls[0].transaction]]
        # the change number goes with the first call only, because each call counts it up
        calls[0] = first._replace(record={**first.record, **({"CHNO": version} if version != "0" else {})})
    try:
        mi.write_all(PROGRAM, calls, targets=of)
    except Rejected as refusal:
        if refusal.field == called("CHNO"):
            raise Stale(refusal.message, code=refusal.code, system="infor") from None
        raise
    if address := customer_requests.delivery(section, customer.id, changes.shipping_address):
        known = customer.shipping_address is not None
        if known:
            mi.write(
                PROGRAM, "ChgAddress", address, targets=customer_requests.targets(section, "shipping_address")
            )
        else:
            _add_address(mi, MiCall("AddAddress", address))
    after = customer_read.read(mi, [customer.id]).get(customer.id)
    if after is None:
        raise Unknown(f"customer {customer.id} was changed and is not there", system="infor")
    return after


def _add(mi: Mi, record: dict[str, str]) -> str:
    number = text(mi.write(PROGRAM, "Add", record, columns="CUNO ERRM"), "CUNO") or record.get("CUNO", "")
    if not number:
        raise Unknown("M3 answered Add without the number of the customer", system="infor")
    return number


def _details(number: str, draft: CustomerDraft) -> list[MiCall]:
    return customer_requests.details(number, draft.model_dump(exclude={"custom"}))


def _address(mi: Mi, number: str, draft: CustomerDraft) -> list[MiCall]:
    record = customer_requests.delivery(mi.section, number, draft.shipping_address)
    return [MiCall("AddAddress", record)] if record else []


def _add_address(mi: Mi, call: MiCall) -> str:
    """Adds the address, or changes one that is there already from a call whose answer was lost."""
    of = customer_requests.targets(mi.section, "shipping_address")
    key = {code: call.record[code] for code in ("CUNO", "ADRT", "ADID")}
    try:
        mi.write(PROGRAM, "AddAddress", call.record, columns="ADID", targets=of)
    except Rejected:
        if mi.one(PROGRAM, MiCall("GetAddress", key, "ADID")) is None:
            raise
        mi.write(PROGRAM, "ChgAddress", call.record, targets=of)
    return call.record["ADID"]


def _is_whole(mi: Mi, customer: Customer, draft: CustomerDraft) -> bool:
    """Whether a customer that was made has what it was to be given afterwards."""
    wanted = {name: one_line(value) for name in _LATER if (value := getattr(draft, name))}
    delivered = not _address(mi, customer.id, draft) or customer.shipping_address is not None
    return delivered and all(getattr(customer, name) == value for name, value in wanted.items())
