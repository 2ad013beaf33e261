"""The ERP's entities as tables: the columns are the fields of its records in `domain/`."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.analytics.schema import EntityTable, table
from streak_infor_orchestration.domain.money import plain

if TYPE_CHECKING:  # the models of the records cost more than all of the tables
    from streak_infor_orchestration.domain.entities import Entity
    from streak_infor_orchestration.domain.model import Record

_STAMPS = """
created instant When it was entered
modified instant When the ERP last changed it
"""


def _entity(name: str, description: str, columns: str, refers_to: str = "") -> EntityTable:
    named = " ".join(f"infor/{other}" for other in refers_to.split())
    return table(
        f"infor/{name}", description, columns + _STAMPS, changed="modified", windows=True, refers_to=named
    )


INFOR_TABLES: dict["Entity", EntityTable] = {
    "customers": _entity(
        "customers",
        "Who buys, as the ERP knows them.",
        """
        id text Customer number
        name text Name
        contact_name text Person to ask for
        email text E-mail address
        phone text Telephone number
        tax_id text Tax or VAT number
        currency text Currency the customer pays in (ISO 4217)
        payment_terms text Payment terms
        credit_limit amount Credit limit in the customer's currency
        credit_hold flag Whether orders are refused
        status text Prospect, Active, Hold or Closed
        billing_address address Where invoices go
        shipping_address address Where goods go
        salesperson text Employee who sells to the customer
        reference text External reference: which Streak record it belongs to
        custom named The ERP's custom fields
        """,
    ),
    "contacts": _entity(
        "contacts",
        "People at customers, as the ERP knows them.",
        """
        id text Contact number
        customer_id text Customer the person works for
        given_name text Given name
        family_name text Family name
        email text E-mail address
        phone text Telephone number
        role text What the person does there
        active flag Whether the person still works there
        reference text External reference: which Streak record it belongs to
        custom named The ERP's custom fields
        """,
        refers_to="customers",
    ),
    "products": _entity(
        "products",
        "What is sold.",
        """
        id text SKU
        description text Description
        price amount List price per unit
        currency text Currency of the price (ISO 4217)
        unit text Unit of measure
        obsolete flag Whether it can no longer be ordered
        tax_rate amount Tax as a fraction: 0.19 is 19 %
        """,
    ),
    "sales_orders": _entity(
        "sales_orders",
        "Sales orders with their lines.",
        """
        id text Order number
        reference text External reference: which Streak box it belongs to
        customer_id text Customer
        currency text Currency (ISO 4217)
        lines lines Lines: price per unit; discount, tax and total (before tax) of all; delivered, invoiced: how many
        total amount What the order comes to, with tax and freight
        status text Draft, Open, Allocated, Shipped, Invoiced, Completed or Cancelled
        payment_status text Unpaid, PartiallyPaid or Paid
        order_date day Date of the order
        requested_date day When the customer wants it
        description text Description
        shipping_method text How it is shipped
        salesperson text Employee who sold it
        freight amount Freight
        tax amount Tax of the whole order, where the ERP does not tell that of each line
        custom named The ERP's custom fields
        """,
        refers_to="customers products",
    ),
    "inventory_items": _entity(
        "inventory_items",
        "Stock of a product in a warehouse.",
        """
        id text Product and warehouse
        product_id text Product
        warehouse text Warehouse
        on_hand amount What is there
        allocated amount What of it is promised
        available amount What of it can be sold
        """,
        refers_to="products",
    ),
    "invoices": _entity(
        "invoices",
        "Invoices and what is still to be paid of them.",
        """
        id text Invoice number
        order_id text Order
        customer_id text Customer
        currency text Currency (ISO 4217)
        total amount Amount with tax
        paid amount What was paid
        balance amount Total - payments - credit notes
        status text Open, PartiallyPaid, Paid or Credited
        invoice_date day Date of the invoice
        due_date day When it is to be paid
        subtotal amount Amount before tax, with freight
        tax amount Tax
        freight amount What of the subtotal is freight, where the ERP says
        gl_account text Account of the general ledger
        """,
        refers_to="sales_orders customers",
    ),
    "credit_notes": _entity(
        "credit_notes",
        "Amounts of invoices that need not be paid.",
        """
        id text Credit note number
        invoice_id text Invoice
        customer_id text Customer
        credit_date day Date
        amount amount Amount in the invoice's currency
        currency text Currency (ISO 4217)
        reason text Why
        """,
        refers_to="invoices",
    ),
    "payments": _entity(
        "payments",
        "Amounts that were paid on invoices.",
        """
        id text Payment number
        invoice_id text Invoice
        customer_id text Customer
        payment_date day Date
        amount amount Amount in the invoice's currency
        currency text Currency (ISO 4217)
        method text How it was paid
        reference text What the payer wrote
        """,
        refers_to="invoices",
    ),
    "vendors": _entity(
        "vendors",
        "Whom the company buys from.",
        """
        id text Vendor number
        name text Name
        currency text Currency (ISO 4217)
        status text Status
        """,
    ),
    "employees": _entity(
        "employees",
        "The company's people, among them its salespeople.",
        """
        id text Employee number
        name text Name
        email text E-mail address: how the Streak user is recognised
        role text Role
        active flag Whether the person still works here
        """,
    ),
    "gl_accounts": _entity(
        "gl_accounts",
        "Accounts of the general ledger.",
        """
        id text Account number
        description text Description
        type text Kind of account
        blocked flag Whether nothing can be booked to it
        """,
    ),
    "exchange_rates": _entity(
        "exchange_rates",
        "Exchange rates by day.",
        """
        id text Currencies and day
        base text Currency that is converted (ISO 4217)
        quote text Currency it is converted to (ISO 4217)
        day day From this day on, until a later rate
        rate rate Units of quote for one unit of base
        """,
    ),
}


def row(entity: "Entity", record: "Record") -> dict[str, Any]:
    """The record as its table has it."""
    its = INFOR_TABLES[entity]
    dumped: dict[str, Any] = record.model_dump(mode="json", include={column.name for column in its.columns})
    for _, _, holder, name in its.numbers(dumped):
        holder[name] = plain(Decimal(holder[name]))  # an ERP's 0.00000000 would be written 0E-8
    return dumped
