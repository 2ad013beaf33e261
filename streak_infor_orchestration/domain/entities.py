"""The entities an ERP keeps, and the record that stands for each."""

from typing import Literal

from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate, GLAccount, Vendor
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerContact
from streak_infor_orchestration.domain.product import InventoryItem, Product

Entity = Literal[
    "customers",
    "contacts",
    "sales_orders",
    "products",
    "inventory_items",
    "invoices",
    "credit_notes",
    "payments",
    "vendors",
    "employees",
    "gl_accounts",
    "exchange_rates",
]

RECORDS: dict[Entity, type[Record]] = {
    "customers": Customer,
    "contacts": CustomerContact,
    "sales_orders": SalesOrder,
    "products": Product,
    "inventory_items": InventoryItem,
    "invoices": Invoice,
    "credit_notes": CreditNote,
    "payments": Payment,
    "vendors": Vendor,
    "employees": Employee,
    "gl_accounts": GLAccount,
    "exchange_rates": ExchangeRate,
}
