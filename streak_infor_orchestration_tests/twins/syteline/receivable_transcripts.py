"""Infor API contract, C.5 and G.1: shipping, invoices, open items; the control surface that brings them about."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.syteline.exchange import (
    CUSTOMER,
    HEADER,
    LINE,
    ORDER_LINE,
    RELOAD,
    UPDATE,
    change,
    insert,
    lever,
    load,
    update,
)

RECEIVABLES, STATUS = "C.5", "C.5 (order status)"
NUMBER = "        1001"
ORDERED = insert("XX_SLCos", {**HEADER, "Stat": "O", "TermsCode": "N14", "Uf_Description": "Brakes"})
START = (CUSTOMER, ORDERED, ORDER_LINE)
INVOICE = lever("/orders/STK00123/invoice", {}, {"InvoiceID": "1001", "TotalAmount": "379.80"})


def paid(amount: str, **members: Any) -> Exchange:
    return lever("/payments", {"InvoiceID": "1001", "Amount": amount, **members})


def order(**members: Any) -> Exchange:
    return Exchange("GET", "/__twin__/state", answer={"salesorders": [members]})


def invoice(**members: Any) -> Exchange:
    return Exchange("GET", "/__twin__/state", answer={"invoices": [members]})


STORIES = [
    Story(
        STATUS,
        "shipped is told by the lines' quantities, the header stays as it is",
        (
            *START,
            RELOAD,
            Wait(60),
            lever("/orders/STK00123/ship", {}, {"OrderStatus": "Shipped"}),
            load(
                "SLCoitems",
                [
                    {
                        "QtyShipped": "2.00000000",
                        "QtyInvoiced": "0.00000000",
                        "Stat": "F",
                        "ShipDate": "20260302 00:00:00.000",
                        "RecordDate": "20260302 09:01:00.000",
                    }
                ],
            ),
            load("SLCos", [{"Stat": "O"}]),
            update("SLCos", change(UPDATE, {"TakenBy": "me"}, "$order")),
        ),
    ),
    Story(
        STATUS,
        "goods that leave one by one",
        (
            *START,
            lever("/orders/STK00123/ship-part", {"1": "1"}, {"OrderStatus": "Partially shipped"}),
            load("SLCoitems", [{"QtyShipped": "1.00000000", "Stat": "O"}]),
            lever("/orders/STK00123/ship-part", {"7": "1"}, {"OrderStatus": "Partially shipped"}),
            lever("/orders/STK00123/ship-part", {"1": "9"}, {"OrderStatus": "Shipped"}),
            load("SLCoitems", [{"QtyShipped": "2.00000000", "Stat": "F"}]),
        ),
    ),
    Story(
        RECEIVABLES,
        "an invoice: header, lines, the open item; due by the order's terms",
        (
            *START,
            INVOICE,
            load(
                "SLInvHdrs",
                [
                    {
                        "InvNum": NUMBER,
                        "InvSeq": "0",
                        "CoNum": "  STK00123",
                        "CustNum": "   1001",
                        "CustPo": "STK-000123",
                        "InvDate": "20260302 00:00:00.000",
                        "TermsCode": "N14",
                        "Price": "379.80000000",
                    }
                ],
            ),
            load(
                "SLInvItemAlls",
                [
                    {
                        "InvNum": NUMBER,
                        "InvLine": "1",
                        "CoLine": "1",
                        "Item": "BRK-1001",
                        "QtyInvoiced": "2.00000000",
                        "DerExtendedPrice": "379.80000000",
                    }
                ],
            ),
            load(
                "SLArtrans",
                [
                    {
                        "CustNum": "   1001",
                        "InvNum": NUMBER,
                        "CheckSeq": "0",
                        "Type": "I",
                        "Amount": "379.80000000",
                        "SalesTax": "0.00000000",
                        "DueDate": "20260316 00:00:00.000",
                        "ApplyToInvNum": NUMBER,
                        "CoNum": "  STK00123",
                    }
                ],
            ),
            load("SLCos", [{"Stat": "O", "Invoiced": "1"}]),
            load("SLCustomers", [{"DerPostedBal": "379.80000000"}]),
            order(OrderStatus="Invoiced", PaymentStatus="Unpaid", OrderDescription="Brakes"),
            lever("/orders/STK00123/invoice", {}, status=409),
        ),
    ),
    Story(
        RECEIVABLES,
        "an invoice is amount, tax, freight and other charges",
        (
            CUSTOMER,
            insert("SLCos", {**HEADER, "Stat": "O", "SalesTax": "72.16", "MiscCharges": "5"}),
            ORDER_LINE,
            RELOAD,
            update("SLCos", change(UPDATE, {"Freight": "10"}, "$order")),
            lever(
                "/orders/STK00123/invoice",
                {},
                {"Subtotal": "394.80", "TaxAmount": "72.16", "TotalAmount": "466.96", "Balance": "466.96"},
            ),
            load(
                "SLArtrans",
                [
                    {
                        "Amount": "379.80000000",
                        "SalesTax": "72.16000000",
                        "Freight": "10.00000000",
                        "MiscCharges": "5.00000000",
                    }
                ],
            ),
        ),
    ),
    Story(
        RECEIVABLES,
        "payments are open items of type P under the invoice's number",
        (
            *START,
            INVOICE,
            Wait(10),
            paid("79.80", Method="Wire", Reference="R-1"),
            load(
                "SLArtrans",
                [
                    {"Type": "I", "CheckSeq": "0", "Amount": "379.80000000"},
                    {"Type": "P", "CheckSeq": "1", "Amount": "79.80000000"},
                ],
                filter=f"ApplyToInvNum = N'{NUMBER}'",
            ),
            load(
                "SLArtrans",
                [
                    {
                        "Ref": "R-1",
                        "Description": "Wire",
                        "PayType": "W",
                        "RecordDate": "20260302 09:00:10.000",
                    }
                ],
                filter="Type = 'P'",
            ),
            invoice(PaidAmount="79.80", Balance="300.00", Status="PartiallyPaid"),
            paid("300.00", PaymentDate="2026-03-05"),
            invoice(PaidAmount="379.80", Balance="0.00", Status="Paid"),
            order(PaymentStatus="Paid", OrderStatus="Invoiced"),
            paid("-300.00"),
            invoice(PaidAmount="79.80", Balance="300.00", Status="PartiallyPaid"),
        ),
    ),
    Story(
        RECEIVABLES,
        "payments have the other sign where the installation keeps them so",
        (
            lever("/settings", {"payments_negative": True}),
            *START,
            INVOICE,
            paid("79.80"),
            load("SLArtrans", [{"Amount": "-79.80000000"}], filter="Type = 'P'"),
            invoice(PaidAmount="79.80", Balance="300.00"),
            load("SLCustomers", [{"DerPostedBal": "300.00000000"}]),
        ),
    ),
    Story(
        RECEIVABLES,
        "a credit memo is an open item of type C",
        (
            *START,
            INVOICE,
            lever("/creditnotes", {"InvoiceID": "1001", "Amount": "379.80", "Reason": "damaged"}),
            load("SLArtrans", [{"Amount": "379.80000000", "ApplyToInvNum": NUMBER}], filter="Type = 'C'"),
            invoice(Status="Credited", Balance="0.00", PaidAmount="0.00"),
        ),
    ),
    Story(
        STATUS,
        "people complete an order that is shipped, invoiced and paid",
        (
            *START,
            INVOICE,
            lever("/orders/STK00123/ship", {}, {"OrderStatus": "Shipped"}),
            paid("379.80"),
            order(OrderStatus="Completed", PaymentStatus="Paid"),
            load("SLCos", [{"Stat": "C", "CloseDate": "20260302 00:00:00.000"}]),
            load("SLCoitems", [{"Stat": "C"}]),
        ),
    ),
    Story(
        STATUS,
        "each status that somebody in the ERP may bring about",
        (
            *START,
            lever("/orders/STK00123/status", {"OrderStatus": "Draft"}, {"OrderStatus": "Draft"}),
            load("SLCos", [{"Stat": "P"}]),
            lever("/orders/STK00123/status", {"OrderStatus": "Open"}, {"OrderStatus": "Open"}),
            lever("/orders/STK00123/status", {"OrderStatus": "Allocated"}, {"OrderStatus": "Open"}),
            load("SLCoitems", [{"PromiseDate": "20260302 00:00:00.000"}]),
            lever("/orders/STK00123/status", {"OrderStatus": "Invoiced"}, {"OrderStatus": "Invoiced"}),
            lever("/orders/STK00123/status", {"OrderStatus": "Shipped"}, {"OrderStatus": "Shipped"}),
            lever("/orders/STK00123/status", {"OrderStatus": "Completed"}, {"OrderStatus": "Completed"}),
            lever("/orders/STK00123/status", {"OrderStatus": "Gone"}, status=400),
            lever("/orders/NONE/ship", {}, status=404),
        ),
    ),
    Story(
        STATUS,
        "cancelled by somebody in the ERP",
        (
            *START,
            lever("/orders/STK00123/status", {"OrderStatus": "Cancelled"}, {"OrderStatus": "Cancelled"}),
            load("SLCos", [{"Stat": "C"}]),
            load("SLCoitems", [{"Stat": "C", "QtyShipped": "0.00000000"}]),
        ),
    ),
    Story(
        RECEIVABLES,
        "the ERP invoices by itself, some time after the order says it is ready",
        (
            lever("/invoicing", {"seconds": 30, "after": "ready"}),
            *START,
            Wait(60),
            load("SLInvHdrs", [], properties="InvNum"),
            Exchange(
                "POST",
                "/invoke/XX_SLCos?method=MarkReadyToInvoiceSp",
                ["STK00123", None],
                answer={"Success": True, "ReturnValue": "0", "Parameters": ["STK00123", None]},
            ),
            lever("/orders/STK00123/ship", {}),
            Wait(29),
            Exchange("GET", "/__twin__/state", answer={"invoices": []}),
            Wait(1),
            invoice(InvoiceID="1001", TotalAmount="379.80"),
        ),
    ),
    Story(
        RECEIVABLES,
        "or after the goods have left, ready or not",
        (
            lever("/invoicing", {"seconds": 30}),
            *START,
            RELOAD,
            update("XX_SLCos", change(UPDATE, {"Uf_ReadyToInvoice": "1"}, "$order")),
            Wait(60),
            Exchange("GET", "/__twin__/state", answer={"invoices": []}),
            lever("/orders/STK00123/ship", {}),
            Wait(30),
            invoice(InvoiceID="1001"),
        ),
    ),
    Story(
        "the control surface",
        "records vanish, are spoilt, and are listed twice",
        (
            *START,
            INVOICE,
            lever("/records/invoices/1001", {"TotalAmount": "359.99"}, {"TotalAmount": "359.99"}),
            load("SLArtrans", [{"Amount": "359.99000000"}]),
            lever("/records/salesorders/STK00123", {"CustPo": "other"}, {"ExternalReference": "other"}),
            lever("/records/customers/1001", {"Name": None}, {"Name": None}),
            load("SLCustomers", [{"Name": None}]),
            lever("/records/products/BRK-1001", {"UnitPrice": "much"}),
            load("SLItems", [{"UnitPrice": "much"}], filter="Item = N'BRK-1001'"),
            lever("/records/vendors/V-501/double", {"Name": "Twice"}, {"Name": "Twice"}),
            load(
                "SLVendors", [{"Name": "Castings Nord AB"}, {"Name": "Twice"}], filter="VendNum = N'  V-501'"
            ),
            lever("/records/invoices/1001", {}, {"deleted": True}, method="DELETE"),
            load("SLInvHdrs", [], properties="InvNum"),
            load("SLArtrans", [], properties="InvNum"),
            lever("/records/salesorders/STK00123", {}, {"deleted": True}, method="DELETE"),
            lever("/records/salesorders/STK00123", {}, {"deleted": False}, method="DELETE"),
            load("SLCoitems", [], properties="CoLine"),
            lever("/records/customers/1001", {}, {"deleted": True}, method="DELETE"),
            load("SLCustomers", [], properties="Name"),
            lever("/records/robots/1", {}, {"deleted": False}, method="DELETE"),
        ),
    ),
    Story(
        "the control surface",
        "what people maintain is made, then changed",
        (
            lever(
                "/products", {"ProductID": "NEW-1", "UnitPrice": "5", "Currency": "USD", "TaxRate": "0.07"}
            ),
            lever(
                "/products",
                {"ProductID": "NEW-1", "UnitPrice": "6"},
                [{"UnitPrice": "6.00", "Currency": "USD"}],
            ),
            lever(
                "/products",
                {"ProductID": "NEW-1", "Currency": "EUR"},
                [{"UnitPrice": "6.00", "TaxRate": "0.07"}],
            ),
            load(
                "SLItems",
                [{"UnitPrice": "6.00000000", "UM": "EA", "TaxCode1": "T7"}],
                filter="Item = N'NEW-1'",
            ),
            load("SLItemprices", [{"CurrCode": "EUR", "UnitPrice1": "6.00000000"}], filter="Item = N'NEW-1'"),
            lever(
                "/inventory", {"ProductID": "NEW-1", "Warehouse": "100", "OnHand": "5"}, [{"Available": "5"}]
            ),
            lever(
                "/employees",
                {"EmployeeID": "E-101", "Active": False},
                [{"Active": False, "Name": "Mara Lind"}],
            ),
            load("SLEmployees", [{"TermDate": "20260302 00:00:00.000"}], filter="EmpNum = N'  E-101'"),
            lever(
                "/vendors", {"VendorID": "V-9", "Name": "Zinc", "Status": "Blocked"}, [{"Status": "Inactive"}]
            ),
            lever(
                "/glaccounts", {"AccountID": "4999", "Blocked": True}, [{"Blocked": True, "Type": "Revenue"}]
            ),
            lever("/exchangerates", {"Base": "USD", "Quote": "EUR", "Date": "2026-01-01", "Rate": "0.92"}),
            lever("/products", {"UnitPrice": "5"}, status=400),
            lever("/settings", {"speed": 1}, {"error": ...}, 400),
            lever("/settings", {"payments_negative": "yes"}, {"error": ...}, 400),
            lever("/settings", [], {"error": ...}, 400),
            Exchange("GET", "/__twin__/settings", answer={"changes_applied": 1}),
        ),
    ),
    Story(
        "the control surface",
        "a customer as an auditor reads it",
        (
            insert(
                "XX_SLCustomers",
                {
                    "CustNum": "TBD",
                    "Name": "Gearbox GmbH",
                    "Addr_1": "Hauptstr. 1",
                    "City": "Ulm",
                    "Contact_1": "Kim",
                    "Phone_1": "1",
                    "BillToEmail": "a@x.example",
                    "TermsCode": "N30",
                    "CreditLimit": "1000",
                    "Slsman": "  E-101",
                    "CrmGuid": "STK-1",
                    "Uf_TaxId": "DE1",
                    "Uf_Region": "NORTH",
                },
            ),
            insert("SLCustomers", {"CustNum": "   1001", "CustSeq": "1", "Name": "Dock", "City": "Bonn"}),
            Exchange(
                "GET",
                "/__twin__/state",
                answer={
                    "customers": [
                        {
                            "CustomerID": "1001",
                            "Name": "Gearbox GmbH",
                            "ContactName": "Kim",
                            "Email": "a@x.example",
                            "Phone": "1",
                            "TaxID": "DE1",
                            "PaymentTerms": "N30",
                            "CreditLimit": "1000.00",
                            "CreditHold": False,
                            "BillingAddress": {"Line1": "Hauptstr. 1", "City": "Ulm"},
                            "ShippingAddress": {"City": "Bonn"},
                            "SalespersonID": "E-101",
                            "ExternalReference": "STK-1",
                            "CustomFields": {"Region": "NORTH"},
                        }
                    ]
                },
            ),
        ),
    ),
    Story(
        "the control surface",
        "an order as an auditor reads it",
        (
            CUSTOMER,
            insert(
                "XX_SLCos",
                {
                    **HEADER,
                    "Stat": "O",
                    "ShipCode": "UPSA",
                    "ExternalConfirmationRef": "second",
                    "SalesTax": "1.5",
                    "Uf_Description": "Brakes",
                    "Uf_Region": "NORTH",
                },
            ),
            insert("SLCoitems", {**LINE, "Disc": "10", "DueDate": "20260316 00:00:00.000"}),
            order(
                OrderID="STK00123",
                CustomerID="1001",
                OrderDate="2026-03-02",
                RequestedDate="2026-03-16",
                OrderDescription="Brakes",
                Currency="EUR",
                Freight="0.00",
                Tax="1.50",
                TotalAmount="343.32",
                OrderStatus="Open",
                ShippingMethod="UPSA",
                PaymentStatus="Unpaid",
                ExternalReference="STK-000123",
                SecondReference="second",
                CustomFields={"Region": "NORTH"},
                LineItems=[
                    {
                        "LineNumber": 1,
                        "Product": "BRK-1001",
                        "Quantity": "2",
                        "Price": "189.90",
                        "Discount": "37.98",
                        "LineTotal": "341.82",
                    }
                ],
            ),
        ),
    ),
]
