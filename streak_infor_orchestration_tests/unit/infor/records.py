"""A full record of each entity as the façade's contract has it, and what it is in our words."""

from datetime import UTC, date, datetime
from decimal import Decimal

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate, GLAccount, Vendor
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import OrderedLine, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Address, Customer, CustomerContact
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration_tests.unit.infor.facade import STAMPS, Json

CREATED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MODIFIED = datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)
ADDRESS = {
    "Line1": "Kai 1",
    "Line2": "Hof",
    "City": "Hamburg",
    "Region": "HH",
    "PostalCode": "20457",
    "Country": "DE",
}
OUR_ADDRESS = Address(
    line1="Kai 1", line2="Hof", city="Hamburg", region="HH", postal_code="20457", country="DE"
)
LINE = {
    "LineNumber": 1,
    "Product": "BRK-1001",
    "Description": "Bracket",
    "Quantity": "2.5",
    "Price": "180.00",
    "Discount": "1.10",
    "Tax": "3.20",
    "GLAccount": "4000",
    "LineTotal": "448.90",
}

SENT: dict[Entity, tuple[str, Json]] = {
    "customers": (
        "C-1",
        {
            "CustomerID": "C-1",
            "Name": "Northwind GmbH",
            "ContactName": "Ada Lund",
            "Email": "buyer@northwind.example",
            "Phone": "+49401234",
            "TaxID": "DE1",
            "Currency": "EUR",
            "PaymentTerms": "NET14",
            "CreditLimit": "1000.50",
            "CreditHold": True,
            "Status": "Active",
            "BillingAddress": ADDRESS,
            "ShippingAddress": {"City": "Kiel"},
            "SalespersonID": "E-1",
            "ExternalReference": "REF-1",
            "CustomFields": {"Region": "North"},
        },
    ),
    "contacts": (
        "P-1",
        {
            "ContactID": "P-1",
            "CustomerID": "C-1",
            "GivenName": "Ada",
            "FamilyName": "Lund",
            "Email": "ada@northwind.example",
            "Phone": "+49405678",
            "Role": "Buyer",
            "Active": False,
            "ExternalReference": "REF-2",
            "CustomFields": {"Desk": "3"},
        },
    ),
    "sales_orders": (
        "SO-1",
        {
            "OrderID": "SO-1",
            "CustomerID": "C-1",
            "OrderDate": "2026-03-01",
            "RequestedDate": "2026-03-09",
            "OrderDescription": "Brackets",
            "Currency": "EUR",
            "LineItems": [LINE],
            "Freight": "5.00",
            "TotalAmount": "457.10",
            "OrderStatus": "Allocated",
            "ShippingMethod": "UPSG",
            "PaymentStatus": "Unpaid",
            "SalespersonID": "E-1",
            "ExternalReference": "STK-1",
            "CustomFields": {"Campaign": "Spring"},
        },
    ),
    "invoices": (
        "INV-1",
        {
            "InvoiceID": "INV-1",
            "OrderID": "SO-1",
            "CustomerID": "C-1",
            "InvoiceDate": "2026-03-10",
            "DueDate": "2026-03-24",
            "Currency": "EUR",
            "Subtotal": "453.90",
            "TaxAmount": "3.20",
            "TotalAmount": "457.10",
            "PaidAmount": "100.00",
            "Balance": "357.10",
            "Status": "PartiallyPaid",
            "GLAccount": "4000",
        },
    ),
    "credit_notes": (
        "CN-1",
        {
            "CreditNoteID": "CN-1",
            "InvoiceID": "INV-1",
            "CustomerID": "C-1",
            "CreditDate": "2026-03-11",
            "Amount": "9.80",
            "Currency": "EUR",
            "Reason": "scratched",
        },
    ),
    "payments": (
        "PAY-1",
        {
            "PaymentID": "PAY-1",
            "InvoiceID": "INV-1",
            "CustomerID": "C-1",
            "PaymentDate": "2026-03-12",
            "Amount": "100.00",
            "Currency": "EUR",
            "Method": "transfer",
            "Reference": "bank",
        },
    ),
    "products": (
        "BRK-1001",
        {
            "ProductID": "BRK-1001",
            "Description": "Bracket",
            "UnitPrice": "180.00",
            "Currency": "EUR",
            "UnitOfMeasure": "EA",
            "Status": "Obsolete",
            "TaxRate": "0.19",
        },
    ),
    "inventory_items": (
        "BRK-1001:100",
        {
            "ProductID": "BRK-1001",
            "Warehouse": "100",
            "OnHand": "10",
            "Allocated": "12.5",
            "Available": "-2.5",
        },
    ),
    "vendors": ("V-1", {"VendorID": "V-1", "Name": "Steel AG", "Currency": "EUR", "Status": "Active"}),
    "employees": (
        "E-1",
        {
            "EmployeeID": "E-1",
            "Name": "Eva",
            "Email": "eva@acme.example",
            "Role": "Sales",
            "Active": False,
        },
    ),
    "gl_accounts": (
        "4000",
        {"AccountID": "4000", "Description": "Sales", "Type": "Revenue", "Blocked": True},
    ),
    "exchange_rates": (
        "EUR:USD:2026-03-01",
        {"Base": "EUR", "Quote": "USD", "Date": "2026-03-01", "Rate": "1.0834"},
    ),
}
SENT = {entity: (key, record | STAMPS) for entity, (key, record) in SENT.items()}

STAMPED = {"created": CREATED, "modified": MODIFIED}
OURS: dict[Entity, Record] = {
    "customers": Customer(
        id="C-1",
        name="Northwind GmbH",
        contact_name="Ada Lund",
        email="buyer@northwind.example",
        phone="+49401234",
        tax_id="DE1",
        currency="EUR",
        payment_terms="NET14",
        credit_limit=Decimal("1000.50"),
        credit_hold=True,
        status="Active",
        billing_address=OUR_ADDRESS,
        shipping_address=Address(city="Kiel"),
        salesperson="E-1",
        reference="REF-1",
        custom={"Region": "North"},
        **STAMPED,
    ),
    "contacts": CustomerContact(
        id="P-1",
        customer_id="C-1",
        given_name="Ada",
        family_name="Lund",
        email="ada@northwind.example",
        phone="+49405678",
        role="Buyer",
        active=False,
        reference="REF-2",
        custom={"Desk": "3"},
        **STAMPED,
    ),
    "sales_orders": SalesOrder(
        id="SO-1",
        customer_id="C-1",
        order_date=date(2026, 3, 1),
        requested_date=date(2026, 3, 9),
        description="Brackets",
        currency="EUR",
        lines=(
            OrderedLine(
                number=1,
                sku="BRK-1001",
                description="Bracket",
                quantity=Decimal("2.5"),
                price=Decimal("180.00"),
                discount=Decimal("1.10"),
                tax=Decimal("3.20"),
                gl_account="4000",
                total=Decimal("448.90"),
            ),
        ),
        freight=Decimal("5.00"),
        total=Decimal("457.10"),
        status=OrderStatus.ALLOCATED,
        shipping_method="UPSG",
        payment_status="Unpaid",
        salesperson="E-1",
        reference="STK-1",
        custom={"Campaign": "Spring"},
        **STAMPED,
    ),
    "invoices": Invoice(
        id="INV-1",
        order_id="SO-1",
        customer_id="C-1",
        invoice_date=date(2026, 3, 10),
        due_date=date(2026, 3, 24),
        currency="EUR",
        subtotal=Decimal("453.90"),
        tax=Decimal("3.20"),
        total=Decimal("457.10"),
        paid=Decimal("100.00"),
        balance=Decimal("357.10"),
        status="PartiallyPaid",
        gl_account="4000",
        **STAMPED,
    ),
    "credit_notes": CreditNote(
        id="CN-1",
        invoice_id="INV-1",
        customer_id="C-1",
        credit_date=date(2026, 3, 11),
        amount=Decimal("9.80"),
        currency="EUR",
        reason="scratched",
        **STAMPED,
    ),
    "payments": Payment(
        id="PAY-1",
        invoice_id="INV-1",
        customer_id="C-1",
        payment_date=date(2026, 3, 12),
        amount=Decimal("100.00"),
        currency="EUR",
        method="transfer",
        reference="bank",
        **STAMPED,
    ),
    "products": Product(
        id="BRK-1001",
        description="Bracket",
        price=Decimal("180.00"),
        currency="EUR",
        unit="EA",
        obsolete=True,
        tax_rate=Decimal("0.19"),
        **STAMPED,
    ),
    "inventory_items": InventoryItem(
        id="BRK-1001:100",
        product_id="BRK-1001",
        warehouse="100",
        on_hand=Decimal(10),
        allocated=Decimal("12.5"),
        available=Decimal("-2.5"),
        **STAMPED,
    ),
    "vendors": Vendor(id="V-1", name="Steel AG", currency="EUR", status="Active", **STAMPED),
    "employees": Employee(
        id="E-1", name="Eva", email="eva@acme.example", role="Sales", active=False, **STAMPED
    ),
    "gl_accounts": GLAccount(id="4000", description="Sales", type="Revenue", blocked=True, **STAMPED),
    "exchange_rates": ExchangeRate(
        id="EUR:USD:2026-03-01",
        base="EUR",
        quote="USD",
        day=date(2026, 3, 1),
        rate=Decimal("1.0834"),
        **STAMPED,
    ),
}

COLLECTIONS: dict[Entity, str] = {
    "customers": "customers",
    "contacts": "contacts",
    "sales_orders": "salesorders",
    "invoices": "invoices",
    "credit_notes": "creditnotes",
    "payments": "payments",
    "products": "products",
    "inventory_items": "inventoryitems",
    "vendors": "vendors",
    "employees": "employees",
    "gl_accounts": "glaccounts",
    "exchange_rates": "exchangerates",
}

PROMISED: dict[Entity, tuple[str, ...]] = {
    "customers": ("CustomerID", "Name"),
    "contacts": ("ContactID", "CustomerID"),
    "sales_orders": ("OrderID", "CustomerID", "Currency", "LineItems", "TotalAmount", "OrderStatus"),
    "invoices": (
        "InvoiceID",
        "OrderID",
        "CustomerID",
        "Currency",
        "TotalAmount",
        "PaidAmount",
        "Balance",
        "Status",
    ),
    "credit_notes": ("CreditNoteID", "InvoiceID", "CustomerID", "Amount", "Currency"),
    "payments": ("PaymentID", "InvoiceID", "CustomerID", "Amount", "Currency"),
    "products": ("ProductID",),
    "inventory_items": ("ProductID", "Warehouse", "OnHand", "Allocated", "Available"),
    "vendors": ("VendorID",),
    "employees": ("EmployeeID",),
    "gl_accounts": ("AccountID",),
    "exchange_rates": ("Base", "Quote", "Date", "Rate"),
}
"""Members without which a record is none; every record has its ModifiedAt besides. Others may be missing or null."""
