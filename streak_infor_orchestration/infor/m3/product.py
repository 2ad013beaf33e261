"""M3 as one of the products."""

from collections.abc import Iterator, Mapping

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.infor.m3.hints import hints
from streak_infor_orchestration.infor.m3.login import login
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.product import ErpProduct, SetUp
from streak_infor_orchestration.transport.http import HttpClient

LABELS: dict[Entity, str] = {
    "customers": "customers (CRS610)",
    "sales_orders": "customer orders (OIS100)",
    "products": "items (MMS001)",
    "inventory_items": "warehouse balances (MMS002)",
    "invoices": "customer invoices (OIS350)",
    "payments": "payments in receivables (ARS200)",
    "vendors": "suppliers (CRS620)",
    "employees": "employees (CRS530)",
    "gl_accounts": "accounts (CRS630)",
    "exchange_rates": "exchange rates (CRS055)",
}
"""What M3's people call the entities it keeps. It has no people at a customer and no credit notes of their own."""


def fields(section: M3Section) -> Mapping[str, str]:
    from streak_infor_orchestration.infor.m3 import fields as named

    return named.fields(section)


def open_erp(section: M3Section, http: HttpClient) -> Erp:
    from streak_infor_orchestration.infor.m3.erp import M3Erp

    return M3Erp(http, section)


def set_up(erp: Erp) -> Iterator[SetUp]:
    from streak_infor_orchestration.infor.m3.erp import M3Erp
    from streak_infor_orchestration.infor.m3.set_up import looked_up

    return looked_up(erp.mi) if isinstance(erp, M3Erp) else iter(())


M3 = ErpProduct(
    section=M3Section,
    title="M3",
    labels=LABELS,
    login=login,
    open=open_erp,
    hints=hints,
    fields=fields,
    set_up=set_up,
)
