"""Infor façade contract: invoices, payments, credit notes."""

from streak_infor_orchestration_tests.twins.exchange import Story, Wait
from streak_infor_orchestration_tests.twins.infor.exchange import (
    NEW_CUSTOMER,
    NEW_INVOICE,
    NEW_ORDER,
    get,
    lever,
    order_of,
    post,
    put,
    refusal,
)

COLLECTIONS = "Collections"
NO_PROMISE = "What the façade does not promise"

TAXED_ORDER = post(
    "/salesorders",
    order_of(
        "EUR",
        {"Product": "BRK-1001", "Quantity": "1", "Price": "100.00", "Tax": "19.00"},
        Freight="10.00",
    ),
    keep={"order": "OrderID"},
)


def payment(amount: str, **members: object) -> dict[str, object]:
    return {"InvoiceID": "$invoice", "Amount": amount, **members}


STORIES = [
    Story(
        COLLECTIONS,
        "an invoice takes its amounts from the order; Subtotal includes freight",
        (
            post("/customers", {"Name": "A", "PaymentTerms": "NET14"}, keep={"customer": "CustomerID"}),
            TAXED_ORDER,
            Wait(5),
            post(
                "/invoices",
                {"OrderID": "$order", "InvoiceDate": "2026-03-03"},
                {
                    "InvoiceID": ...,
                    "OrderID": "$order",
                    "CustomerID": "$customer",
                    "InvoiceDate": "2026-03-03",
                    "DueDate": "2026-03-17",
                    "Currency": "EUR",
                    "Subtotal": "110.00",
                    "TaxAmount": "19.00",
                    "TotalAmount": "129.00",
                    "PaidAmount": "0.00",
                    "Balance": "129.00",
                    "Status": "Open",
                    "GLAccount": None,
                },
                answer_headers={"location": ...},
                keep={"invoice": "InvoiceID"},
            ),
            get("/invoices/$invoice", {"Balance": "129.00"}, answer_headers={"etag": ...}),
            get(
                "/salesorders/$order",
                {
                    "OrderStatus": "Invoiced",
                    "PaymentStatus": "Unpaid",
                    "ModifiedAt": "2026-03-02T09:00:05.000000Z",
                },
            ),
            get(
                "/invoices?orderId=$order&customerId=$customer&status=Open",
                {"Items": [{"InvoiceID": "$invoice"}]},
            ),
            get("/invoices?status=Paid", {"Items": []}),
        ),
    ),
    Story(
        COLLECTIONS,
        "an invoice's date is today unless told, and it takes three fields only",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            post("/invoices", {"OrderID": "$order"}, {"InvoiceDate": "2026-03-02", "DueDate": "2026-04-01"}),
            post(
                "/invoices",
                {"Currency": "EUR", "Total": "1.00"},
                refusal(
                    "validation",
                    400,
                    ("Currency", "read_only"),
                    ("OrderID", "required"),
                    ("Total", "unknown_field"),
                ),
                400,
            ),
            post("/invoices", {"OrderID": "SO-0"}, refusal("not_found", 422, ("OrderID", "unknown")), 422),
            put("/invoices/INV-0", {"GLAccount": "4000"}, refusal("validation", 405), 405),
        ),
        violations=("read_only", "required", "unknown_field", "method"),
    ),
    Story(
        NO_PROMISE,
        "a second invoice for an order is 409 and names the first",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            NEW_INVOICE,
            post("/invoices", {"OrderID": "$order"}, refusal("duplicate", 409, InvoiceID="$invoice"), 409),
            get("/invoices?orderId=$order", {"Items": [{"InvoiceID": "$invoice"}]}),
        ),
    ),
    Story(
        COLLECTIONS,
        "a cancelled order is not invoiced",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            put("/salesorders/$order", {"OrderStatus": "Cancelled"}),
            post("/invoices", {"OrderID": "$order"}, refusal("conflict", 409), 409, absent=("InvoiceID",)),
        ),
    ),
    Story(
        COLLECTIONS,
        "payments lower the balance and move invoice and order",
        (
            NEW_CUSTOMER,
            TAXED_ORDER,
            NEW_INVOICE,
            Wait(10),
            lever(
                "/payments",
                payment("29.00", Method="Transfer", Reference="R1"),
                {
                    "PaymentID": ...,
                    "Amount": "29.00",
                    "Currency": "EUR",
                    "CustomerID": "$customer",
                    "PaymentDate": "2026-03-02",
                },
                keep={"payment": "PaymentID"},
            ),
            get(
                "/invoices/$invoice",
                {
                    "PaidAmount": "29.00",
                    "Balance": "100.00",
                    "Status": "PartiallyPaid",
                    "ModifiedAt": "2026-03-02T09:00:10.000000Z",
                },
            ),
            get(
                "/salesorders/$order",
                {"PaymentStatus": "PartiallyPaid", "ModifiedAt": "2026-03-02T09:00:10.000000Z"},
            ),
            get("/payments/$payment", {"Method": "Transfer", "Reference": "R1", "InvoiceID": "$invoice"}),
            get("/payments?invoiceId=$invoice", {"Items": [{"PaymentID": "$payment"}]}),
            get("/payments?customerId=$customer", {"Items": [{"PaymentID": "$payment"}]}),
            lever("/payments", payment("100")),
            get("/invoices/$invoice", {"PaidAmount": "129.00", "Balance": "0.00", "Status": "Paid"}),
            get("/salesorders/$order", {"OrderStatus": "Invoiced", "PaymentStatus": "Paid"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "a credit note may take Balance below zero; covering the total makes Credited",
        (
            NEW_CUSTOMER,
            TAXED_ORDER,
            NEW_INVOICE,
            lever("/payments", payment("129.00")),
            lever(
                "/creditnotes",
                payment("50.00", Reason="Damaged"),
                {"CreditNoteID": ..., "CreditDate": "2026-03-02"},
            ),
            get("/invoices/$invoice", {"Balance": "-50.00", "PaidAmount": "129.00", "Status": "Paid"}),
            lever("/creditnotes", payment("79.00")),
            get("/invoices/$invoice", {"Balance": "-129.00", "Status": "Credited"}),
            get(
                "/creditnotes?invoiceId=$invoice",
                {"Items": [{"Amount": "50.00", "Reason": "Damaged"}, {"Amount": "79.00"}]},
            ),
            get("/creditnotes?customerId=$customer&limit=1", {"Items": [{"Currency": "EUR"}]}),
        ),
    ),
    Story(
        COLLECTIONS,
        "shipped, invoiced and paid makes Completed",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            lever("/orders/$order/ship", {}, {"OrderStatus": "Shipped"}),
            NEW_INVOICE,
            get("/salesorders/$order", {"OrderStatus": "Invoiced"}),
            lever("/payments", payment("379.80")),
            get("/salesorders/$order", {"OrderStatus": "Completed", "PaymentStatus": "Paid"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "goods that leave after the invoice make Shipped, and Completed with the last payment",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            NEW_INVOICE,
            lever("/orders/$order/ship", {}, {"OrderStatus": "Shipped"}),
            lever("/payments", payment("100.00")),
            get("/salesorders/$order", {"OrderStatus": "Shipped", "PaymentStatus": "PartiallyPaid"}),
            lever("/payments", payment("279.80")),
            get("/salesorders/$order", {"OrderStatus": "Completed", "PaymentStatus": "Paid"}),
            lever("/orders/$order/ship", {}, {"OrderStatus": "Completed"}),
        ),
    ),
]
