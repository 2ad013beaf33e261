"""The façade as one of the products."""

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.infor.facade.login import login
from streak_infor_orchestration.infor.facade.section import FacadeSection
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.product import ErpProduct
from streak_infor_orchestration.infor.push.by_fields import by_fields
from streak_infor_orchestration.infor.push.message import Hint, PushMessage
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


def hints(_section: FacadeSection, push: PushSection, message: PushMessage) -> tuple[Hint, ...]:
    """Who built a façade may have it send its own records (their members: Infor façade contract)."""
    return by_fields(message, push.order_fields or ("OrderID",), push.invoice_fields or ("InvoiceID",))


FACADE = ErpProduct(
    section=FacadeSection, title="the façade", labels=LABELS, login=login, open=open_erp, hints=hints
)
