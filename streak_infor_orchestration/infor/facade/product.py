"""The façade as one of the products."""

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.infor.facade.login import login
from streak_infor_orchestration.infor.facade.section import FacadeSection
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.product import ErpProduct
from streak_infor_orchestration.transport.http import HttpClient

LABELS: dict[Entity, str] = {
    "customers": "customers",
    "contacts": "contacts",
    "sales_orders": "orders",
    "products": "products",
    "inventory_items": "stock",
    "invoices": "invoices",
    "credit_notes": "credit notes",
    "payments": "payments",
    "vendors": "vendors",
    "employees": "employees",
    "gl_accounts": "accounts",
    "exchange_rates": "exchange rates",
}


def open_erp(section: FacadeSection, http: HttpClient) -> Erp:
    from streak_infor_orchestration.infor.facade.erp import FacadeErp

    return FacadeErp(http, settle_seconds=section.settle_seconds)


FACADE = ErpProduct(section=FacadeSection, labels=LABELS, login=login, open=open_erp)
