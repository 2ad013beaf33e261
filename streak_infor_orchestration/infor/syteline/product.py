"""SyteLine (CloudSuite Industrial) as one of the products."""

from collections.abc import Iterator, Mapping

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.product import ErpProduct, SetUp
from streak_infor_orchestration.infor.syteline.hints import hints
from streak_infor_orchestration.infor.syteline.login import login
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.transport.http import HttpClient

LABELS: dict[Entity, str] = {
    "customers": "customers",
    "sales_orders": "customer orders",
    "products": "items",
    "inventory_items": "item warehouses",
    "invoices": "invoices",
    "credit_notes": "credit memos",
    "payments": "customer payments",
    "vendors": "vendors",
    "employees": "employees",
    "gl_accounts": "chart of accounts",
    "exchange_rates": "currency rates",
}
"""What SyteLine's people call the entities it keeps. It has no people at a customer as records of their own."""


def fields(section: SytelineSection) -> Mapping[str, str]:
    from streak_infor_orchestration.infor.syteline import fields as named

    return named.fields(section)


def open_erp(section: SytelineSection, http: HttpClient) -> Erp:
    from streak_infor_orchestration.infor.syteline.erp import SytelineErp

    return SytelineErp(http, section)


def set_up(erp: Erp) -> Iterator[SetUp]:
    from streak_infor_orchestration.infor.syteline.erp import SytelineErp
    from streak_infor_orchestration.infor.syteline.set_up import looked_up

    return looked_up(erp.ido, erp.section) if isinstance(erp, SytelineErp) else iter(())


SYTELINE = ErpProduct(
    section=SytelineSection,
    title="SyteLine",
    labels=LABELS,
    login=login,
    open=open_erp,
    set_up=set_up,
    hints=hints,
    fields=fields,
)
