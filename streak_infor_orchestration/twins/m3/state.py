"""M3's books as an auditor of any ERP reads them: in the façade contract's members. Contract, G.1."""

from typing import Any

from streak_infor_orchestration.twins.m3 import state_invoices as settled
from streak_infor_orchestration.twins.m3 import state_orders as orders
from streak_infor_orchestration.twins.m3 import state_records as records
from streak_infor_orchestration.twins.m3.billing import INVOICE
from streak_infor_orchestration.twins.m3.books import Books


def state(books: Books) -> dict[str, list[Any]]:
    invoices = books.invoices.rows()
    return {
        "customers": [
            records.customer(books, row) for row in books.customers.rows() if not row.get("_template")
        ],
        "contacts": [],
        "salesorders": [orders.sales_order(books, order) for order in books.orders.all()],
        "temporaryorders": [orders.temporary_order(order) for order in books.temporary.all()],
        "invoices": [settled.invoice(books, row) for row in invoices],
        "creditnotes": [entry for row in invoices for entry in settled.payments(books, row, INVOICE)],
        "payments": [entry for row in invoices for entry in settled.payments(books, row)],
        "products": [records.product(row) for row in books.items.rows()],
        "inventoryitems": [records.inventory_item(row) for row in books.balances.rows()],
        "vendors": [records.vendor(row) for row in books.suppliers.rows()],
        "employees": [records.employee(row) for row in books.employees.rows()],
        "glaccounts": [records.account(row) for row in books.accounts.rows()],
        "exchangerates": [records.exchange_rate(row) for row in books.rates.rows()],
    }
