"""Which properties of SyteLine's each target of the mapping fills."""

from collections.abc import Mapping

from streak_infor_orchestration.infor.syteline.customer_writes import ADDRESS, NAMES
from streak_infor_orchestration.infor.syteline.labels import called
from streak_infor_orchestration.infor.syteline.order_values import WORDS
from streak_infor_orchestration.infor.syteline.section import SytelineSection

_HEADER = {
    **WORDS,
    "order_date": "OrderDate",
    "currency": "CurrCode",
    "warehouse": "Whse",
    "freight": "Freight",
}


def fields(section: SytelineSection) -> Mapping[str, str]:
    """`SLCos.Slsman (salesperson)` by `order.salesperson`, and so on, under the names of extended IDOs."""
    orders = {f"order.{name}": name_of for name, name_of in _HEADER.items()}
    if section.orders.description:
        orders["order.description"] = section.orders.description
    orders |= {f"order.custom.{name}": own for name, own in section.custom_fields.orders.items()}
    customers = {f"customer.{name}": name_of for name, name_of in NAMES.items()}
    customers["customer.email"] = section.customers.email
    if section.customers.tax_id:
        customers["customer.tax_id"] = section.customers.tax_id
    for address in ("billing_address", "shipping_address"):
        customers |= {f"customer.{address}.{part}": name for part, name in ADDRESS.items()}
    customers |= {f"customer.custom.{name}": own for name, own in section.custom_fields.customers.items()}
    return {
        **_of("SLCos", orders, section),
        **_of("SLCoitems", {"order.requested_date": "DueDate"}, section),
        **_of("SLCustomers", customers, section),
    }


def _of(ido: str, names: Mapping[str, str], section: SytelineSection) -> dict[str, str]:
    return {target: called(f"{section.idos.get(ido, ido)}.{name}") for target, name in names.items()}
