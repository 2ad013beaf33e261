"""A customer as flat fields, named as the mapping's targets are: `customer.phone`, `customer.custom.Region`."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.domain.party import Address, Customer, CustomerChanges, CustomerDraft

_TEXTS = ("name", "contact_name", "email", "phone", "tax_id", "payment_terms", "salesperson")
_ADDRESSES = ("billing_address", "shipping_address")


def fields_of(customer: Customer | CustomerDraft) -> dict[str, str]:
    """Those that have a value."""
    flat = {f"customer.{name}": getattr(customer, name) for name in _TEXTS}
    for name in _ADDRESSES:
        address: Address | None = getattr(customer, name)
        parts = address.model_dump() if address else {}
        flat |= {f"customer.{name}.{part}": value for part, value in parts.items()}
    flat |= {f"customer.custom.{name}": value for name, value in customer.custom.items()}
    return {target: value for target, value in flat.items() if value}


def changes_of(customer: Customer, wanted: Mapping[str, str]) -> CustomerChanges:
    """The request that gives these fields these values. An address is written whole: its other parts stay."""
    changes: dict[str, Any] = {}
    for target, value in wanted.items():
        _, name, *part = target.split(".", 2)
        if name == "custom":
            changes.setdefault("custom", {})[part[0]] = value
        elif name in _ADDRESSES:
            address = changes.get(name) or getattr(customer, name) or Address()
            changes[name] = address.model_copy(update={part[0]: value})
        else:
            changes[name] = value
    return CustomerChanges(**changes)
