"""The names a rule may write to (`to:`) and read from (`from:`), and what kind of value each target takes."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from streak_infor_orchestration.config.faults import fault, nearest, one_of
from streak_infor_orchestration.domain.model import Model


class ValueKind(StrEnum):
    """What a target takes: decides how the value is converted and what is refused."""

    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"
    DISCOUNT = "discount"
    RATE = "rate"
    CURRENCY = "currency"
    COUNTRY = "country"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


_ADDRESS = {
    "line1": ValueKind.TEXT,
    "line2": ValueKind.TEXT,
    "city": ValueKind.TEXT,
    "region": ValueKind.TEXT,
    "postal_code": ValueKind.TEXT,
    "country": ValueKind.COUNTRY,
}
TARGETS: dict[str, ValueKind] = {
    "order.description": ValueKind.TEXT,
    "order.requested_date": ValueKind.DATE,
    "order.order_date": ValueKind.DATE,
    "order.shipping_method": ValueKind.TEXT,
    "order.salesperson": ValueKind.TEXT,
    "order.warehouse": ValueKind.TEXT,
    "order.freight": ValueKind.AMOUNT,
    "order.discount": ValueKind.DISCOUNT,
    "order.tax_rate": ValueKind.RATE,
    "order.currency": ValueKind.CURRENCY,
    "customer.name": ValueKind.TEXT,
    "customer.contact_name": ValueKind.TEXT,
    "customer.email": ValueKind.EMAIL,
    "customer.phone": ValueKind.PHONE,
    "customer.tax_id": ValueKind.TEXT,
    "customer.payment_terms": ValueKind.TEXT,
    "customer.salesperson": ValueKind.TEXT,
    "customer.billing_address": ValueKind.ADDRESS,
    "customer.shipping_address": ValueKind.ADDRESS,
    **{f"customer.billing_address.{part}": kind for part, kind in _ADDRESS.items()},
    **{f"customer.shipping_address.{part}": kind for part, kind in _ADDRESS.items()},
}
CUSTOM_TARGETS = ("order.custom.", "customer.custom.")


def kind_of(target: str) -> ValueKind:
    return TARGETS.get(target, ValueKind.TEXT)


def _check_target(target: str) -> str:
    if target in TARGETS or any(target.startswith(p) and len(target) > len(p) for p in CUSTOM_TARGETS):
        return target
    names = [*TARGETS, *(prefix + "Name" for prefix in CUSTOM_TARGETS)]
    raise fault(
        f'unknown target "{target}"', fix=nearest(target, names) or "see the list of targets in the docs"
    )


def _names(names: Iterable[str], pattern: str) -> dict[str, Any]:
    """Schema of a text that editors complete: these names, or what `pattern` says."""
    return {"anyOf": [{"enum": list(names)}, {"type": "string", "pattern": pattern}]}


_CUSTOM = r"^(order|customer)\.custom\..+"
Target = Annotated[str, AfterValidator(_check_target), WithJsonSchema(_names(TARGETS, _CUSTOM))]

Record = Literal["box", "field", "lines", "contact", "organization", "const"]
PROPERTIES: dict[Record, tuple[str, ...]] = {
    "box": ("name", "notes", "key", "stage", "creator", "created", "stage_changed"),
    "lines": ("currency",),
    "contact": ("key", "name", "given_name", "family_name", "title", "email", "phone", "address"),
    "organization": ("key", "name", "domain", "industry", "phone", "address"),
}
"""Properties by record. `email`, `phone`, `domain` and `address` are the first of their list; `lines.currency` is the
one that all prices state, and empty where they state several."""


class Source(Model):
    """One place a value is read from. `custom` says that `name` is a custom field's name, else a property's.

    Written as `box.name`, `contact.email`, `field:Ship via` (a field of the box), `contact.field:Birthday`,
    `organization.field:VAT id`, `const:text`.
    """

    record: Record
    name: str
    custom: bool = False

    def __str__(self) -> str:
        if self.record in ("field", "const"):
            return f"{self.record}:{self.name}"
        return f"{self.record}.{'field:' if self.custom else ''}{self.name}"


def _parse_source(text: object) -> object:
    if not isinstance(text, str):
        return text
    head, colon, name = text.partition(":")
    if colon and head in ("field", "const", "contact.field", "organization.field"):
        if not name.strip():
            raise fault(f'"{text}" names nothing after the colon', fix="write what is meant behind it")
        record = cast(Record, head.removesuffix(".field"))
        return Source(record=record, name=name if head == "const" else name.strip(), custom=head != "const")
    head, _, name = text.partition(".")
    for record, names in PROPERTIES.items():
        if head == record and name in names:
            return Source(record=record, name=name)
    known = [f"{r}.{p}" for r, names in PROPERTIES.items() for p in names]
    hint = (
        nearest(text, known) or 'use box.name, contact.email, organization.name, "field:Name" or "const:text"'
    )
    raise fault(f'unknown source "{text}"', fix=hint)


SOURCE_SCHEMA = _names(
    (f"{record}.{name}" for record, names in PROPERTIES.items() for name in names),
    r"^(field|const|contact\.field|organization\.field):.*\S",
)
SourceName = Annotated[
    Source,
    BeforeValidator(_parse_source),
    WithJsonSchema(SOURCE_SCHEMA),
]

ORDER_FACTS = (
    "order.id",
    "order.status",
    "order.total",
    "order.currency",
    "order.payment_status",
    "order.order_date",
    "order.requested_date",
    "order.description",
    "order.shipping_method",
    "order.salesperson",
    "order.freight",
    "order.delivered",
    "order.tracking",
)
INVOICE_FACTS = (
    "invoice.id",
    "invoice.number",
    "invoice.total",
    "invoice.balance",
    "invoice.paid",
    "invoice.payment_status",
    "invoice.invoice_date",
    "invoice.due_date",
    "invoice.credited",
    "invoice.overpaid",
)
CREDIT_NOTE_FACTS = ("credit_note.id", "credit_note.amount", "credit_note.reason")
PAYMENT_FACTS = ("payment.id", "payment.amount", "payment.method", "payment.reference")
"""Of one of several: only the comment about it can tell them."""
CUSTOMER_FACTS = (
    "customer.id",
    "customer.name",
    "customer.email",
    "customer.phone",
    "customer.tax_id",
    "customer.status",
    "customer.payment_terms",
    "customer.credit_limit",
    "customer.credit_hold",
    "customer.salesperson",
)
DATE_FACTS = ("order.order_date", "order.requested_date", "invoice.invoice_date", "invoice.due_date")
YES_OR_NO = frozenset({"true", "yes", "1", "false", "no", "0"})
"""What a checkbox understands."""


def is_fact(name: str, facts: tuple[str, ...]) -> bool:
    """One of `facts`, or a custom field of the order or customer."""
    return name in facts or any(name.startswith(p) and len(name) > len(p) for p in CUSTOM_TARGETS)


def _check_fact(name: str) -> str:
    facts = ORDER_FACTS + INVOICE_FACTS + CUSTOMER_FACTS
    if is_fact(name, facts):
        return name
    raise fault(f'unknown source "{name}"', fix=one_of(name, facts))


Fact = Annotated[
    str,
    AfterValidator(_check_fact),
    WithJsonSchema(_names(ORDER_FACTS + INVOICE_FACTS + CUSTOMER_FACTS, _CUSTOM)),
]
"""What the ERP knows and `write_back` may tell."""
