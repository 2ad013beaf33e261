"""M3: invoices as they are issued, and the ledger of receivables."""

from streak_infor_orchestration_tests.twins.exchange import Story, Wait
from streak_infor_orchestration_tests.twins.m3.exchange import (
    CONFIRMED,
    LINE,
    NEW_CUSTOMER,
    NEW_HEAD,
    NEW_LINE,
    NEW_ORDER,
    books,
    call,
    kept,
    lever,
    refused,
)

PROGRAMS, FIELDS = "B.8", "G.1"
ORDER = {"ORNO": "$order"}
INVOICED = lever(
    "/orders/$order/invoice", None, {"InvoiceID": "AAA/2026/100000001"}, keep={"invoice": "InvoiceNumber"}
)
RECEIVABLE = {"PYNO": "$customer", "CINO": "$invoice", "INYR": "2026", "CUNO": "$customer"}
TAXED = call(
    "CRS610MI",
    "Add",
    {"CUTM": "TAXED", "CUNM": "Gearbox GmbH", "CUA1": "Ring 1"},
    {"CUNO": "C10001"},
    **kept("customer", "CUNO"),
)


def payment(amount: str, **more: str) -> dict[str, str]:
    return {"InvoiceID": "$invoice", "Amount": amount, **more}


STORIES = [
    Story(
        PROGRAMS,
        "an invoice is listed by order, payer and year, with what is open of it",
        (
            *NEW_ORDER,
            call("OIS350MI", "LstAllInvByCO", ORDER),
            INVOICED,
            call(
                "OIS350MI",
                "LstAllInvByCO",
                ORDER,
                {
                    "IVNO": "100000001",
                    "YEA4": "2026",
                    "IDAT": "20260302",
                    "DUDT": "20260401",
                    "IVAV": "365.00",
                    "RAFC": "365.00",
                    "CUCD": "EUR",
                    "PYNO": "C10001",
                    "EXIN": "",
                },
            ),
            call("OIS350MI", "LstInvHeadByCo", ORDER, {"IVNO": "100000001"}),
            call(
                "OIS350MI",
                "GetInvHead",
                {"YEA4": "2026", "IVNO": "100000001"},
                {"AMT1": "365.00", "CUNO": "C10001"},
            ),
            call("OIS350MI", "LstInvHead", {"YEA4": "2026"}, {"IVNO": "100000001"}),
            call("OIS350MI", "LstInvHead", {"YEA4": "2026", "IVNO": "100000002"}),
            call("OIS350MI", "LstInvHead", {"YEA4": "2025"}),
            call("OIS350MI", "LstInvHeadByPay", {"YEA4": "2026", "PYNO": "$customer"}, {"IVNO": "100000001"}),
            refused("OIS350MI", "GetInvHead", {"YEA4": "2026", "IVNO": "7"}, "WIV0103", "IVNO"),
        ),
    ),
    Story(
        PROGRAMS,
        "its lines name order and line; the first invoice bears the charges",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            call("OIS100MI", "AddBatchHeadChg", {"ORNO": "$temporary", "CRID": "FREIGH", "CRAM": "10"}),
            CONFIRMED,
            lever("/orders/$order/ship-part", {"1": "1"}),
            INVOICED,
            call(
                "OIS350MI",
                "LstInvLine",
                {"YEA4": "2026", "IVNO": "$invoice"},
                {"IVTP": "31", "ORNO": "0010000001", "IVRF": "1", "AMT1": "182.50", "VTAM": "0.00"},
                {"IVTP": "60", "IVRF": "FREIGH", "AMT1": "10"},
            ),
            call(
                "OIS350MI",
                "GetInvLine",
                {
                    "DIVI": "AAA",
                    "YEA4": "2026",
                    "IVNO": "$invoice",
                    "IVTP": "31",
                    "ORNO": "$order",
                    "DLIX": "1001",
                    "WHLO": "100",
                    "IVRF": "1",
                },
                {"AMT1": "182.50"},
            ),
            call("OIS350MI", "LstInvLineByTyp", {"YEA4": "2026", "IVNO": "$invoice", "IVTP": "60"}, ...),
            call(
                "OIS350MI", "LstInvByCOLine", {"ORNO": "$order", "PONR": "1", "POSX": "0"}, {"IVLA": "182.50"}
            ),
            lever("/orders/$order/invoice", None, {"InvoiceNumber": "100000002", "TotalAmount": "182.50"}),
            call("OIS350MI", "LstAllInvByCO", ORDER, {"IVAV": "192.50"}, {"IVAV": "182.50"}),
            lever("/orders/$order/invoice", status=409),
        ),
    ),
    Story(
        FIELDS,
        "tax is M3's, by the customer's code and the item's rate",
        (
            TAXED,
            NEW_HEAD,
            NEW_LINE,
            CONFIRMED,
            call("OIS100MI", "GetHead", ORDER, {"NTAM": "365.00", "VTAM": "69.35", "TOPY": "434.35"}),
            lever(
                "/orders/$order/invoice",
                None,
                {"Subtotal": "365.00", "TaxAmount": "69.35", "TotalAmount": "434.35"},
            ),
            books(
                {
                    "salesorders": [
                        {"TotalAmount": "434.35", "LineItems": [{"Tax": "69.35", "LineTotal": "365.00"}]}
                    ]
                }
            ),
        ),
    ),
    Story(
        PROGRAMS,
        "the ledger knows what was paid and what is open; RECO 9 is paid",
        (
            *NEW_ORDER,
            INVOICED,
            call(
                "ARS200MI",
                "GetInvTotInfo",
                RECEIVABLE,
                {"CUAM": "365.00", "PCUA": "0.00", "OCUA": "365.00", "RECO": "0"},
            ),
            call(
                "ARS200MI",
                "LstInvoices",
                {"CUNO": "$customer", "AAC0": "1"},
                {"CINO": "100000001", "TRCD": "10"},
            ),
            Wait(86400),
            lever(
                "/payments",
                payment("100.00", Method="BANK", Reference="r1"),
                {"Amount": "100.00", "PaymentDate": "2026-03-03"},
            ),
            call("ARS200MI", "GetInvTotInfo", RECEIVABLE, {"PCUA": "100.00", "OCUA": "265.00", "RECO": "0"}),
            call("OIS350MI", "LstAllInvByCO", ORDER, {"IVAV": "365.00", "RAFC": "265.00"}),
            books(
                {
                    "invoices": [{"Status": "PartiallyPaid", "Balance": "265.00"}],
                    "payments": [{"Amount": "100.00"}],
                }
            ),
            lever("/payments", payment("265.00", PaymentDate="2026-03-05")),
            call("ARS200MI", "GetInvTotInfo", RECEIVABLE, {"PCUA": "365.00", "OCUA": "0.00", "RECO": "9"}),
            call(
                "ARS200MI",
                "LstInvoiceTrans",
                {**RECEIVABLE, "TRCD": "20"},
                {"CUAM": "-100.00", "ACDT": "20260303", "PYCD": "BAN"},
                {"CUAM": "-265.00", "ACDT": "20260305"},
            ),
            call("ARS200MI", "LstInvoices", {"CUNO": "$customer", "AAC0": "1"}),
            call(
                "ARS200MI", "LstInvByDivi", {"FDIV": "AAA", "TDIV": "AAA", "CUNO": "$customer"}, ..., ..., ...
            ),
            call("ARS200MI", "LstInvByDivi", {"IVDT": "20260303"}),
            call("OIS350MI", "LstAllInvByCO", ORDER, {"RAFC": "0.00"}),
            books(
                {
                    "salesorders": [{"OrderStatus": "Completed", "PaymentStatus": "Paid"}],
                    "invoices": [{"Status": "Paid"}],
                }
            ),
            refused("ARS200MI", "GetInvTotInfo", {**RECEIVABLE, "CINO": "7"}, "WCI0103", "CINO"),
        ),
    ),
    Story(
        FIELDS,
        "a credit note takes away from what was invoiced; payments may stand without a minus",
        (
            lever("/habits", {"payments_negative": False}),
            *NEW_ORDER,
            INVOICED,
            lever("/payments", payment("65.00")),
            lever(
                "/creditnotes",
                payment("100.00", Reason="scratched"),
                {"Amount": "100.00", "Reason": "scratched"},
            ),
            call(
                "ARS200MI",
                "LstInvoiceTrans",
                RECEIVABLE,
                {"CUAM": "365.00"},
                {"TRCD": "20", "CUAM": "65.00"},
                {"TRCD": "10", "CUAM": "-100.00"},
            ),
            call("ARS200MI", "GetInvTotInfo", RECEIVABLE, {"PCUA": "65.00", "OCUA": "200.00"}),
            books({"creditnotes": [{"Amount": "100.00"}], "payments": [{"Amount": "65.00"}]}),
            lever("/creditnotes", payment("300.00")),
            books({"invoices": [{"Status": "Credited"}]}),
        ),
    ),
    Story(
        FIELDS,
        "the printed number may be EXIN, and then is what the ledger knows the invoice by",
        (
            lever("/habits", {"extended_numbers": True}),
            *NEW_ORDER,
            lever(
                "/orders/$order/invoice",
                None,
                {"InvoiceNumber": "IN202600000001", "InvoiceID": "AAA/2026/100000001"},
                keep={"invoice": "InvoiceNumber"},
            ),
            call(
                "OIS350MI",
                "LstAllInvByCO",
                ORDER,
                {"IVNO": "100000001", "EXIN": "IN202600000001", "INPX": "IN"},
            ),
            call("ARS200MI", "GetInvTotInfo", RECEIVABLE, {"CINO": "IN202600000001", "OCUA": "365.00"}),
            lever(
                "/payments",
                {"InvoiceID": "AAA/2026/100000001", "Amount": "1.00"},
                {"InvoiceID": "AAA/2026/100000001"},
            ),
        ),
    ),
    Story(
        FIELDS,
        "an entry of the ledger is known by year, journal and number in it",
        (
            *NEW_ORDER,
            INVOICED,
            lever("/payments", payment("5.00")),
            call(
                "ARS200MI",
                "GetInvoice",
                {"YEA4": "2026", "JRNO": "1000002", "JSNO": "1"},
                {"TRCD": "20", "CUAM": "-5.00"},
            ),
            refused("ARS200MI", "GetInvoice", {"YEA4": "2026", "JRNO": "1", "JSNO": "1"}, "WJR0103", "JRNO"),
            call("ARS200MI", "SearchInvoices", {"SQRY": "CINO:$invoice"}),
            Wait(30),
            call("ARS200MI", "SearchInvoices", {"SQRY": "CINO:$invoice"}, {"CINO": "100000001"}),
        ),
    ),
    Story(
        FIELDS,
        "M3 may make the invoice by itself: when the goods have left, or when the company's field says that it may",
        (
            lever("/invoicing", {"seconds": 60}),
            *NEW_ORDER,
            lever("/orders/$order/ship"),
            Wait(59),
            call("OIS350MI", "LstAllInvByCO", ORDER),
            Wait(1),
            call("OIS350MI", "LstAllInvByCO", ORDER, {"IVAV": "365.00"}),
            lever("/invoicing", {"seconds": 10, "after": "ready"}),
            lever("/habits", {"ready_value": "NOW"}),
            call("OIS100MI", "AddBatchHead", {"CUNO": "$customer"}, ..., **kept("temporary", "ORNO")),
            NEW_LINE,
            call("OIS100MI", "Confirm", {"ORNO": "$temporary"}, ..., **kept("order", "ORNO")),
            lever("/orders/$order/ship"),
            Wait(60),
            call("OIS350MI", "LstAllInvByCO", ORDER),
            call("OIS100MI", "ChgOrderRef", {"ORNO": "$order", "FRE1": "NOW"}),
            Wait(10),
            call("OIS350MI", "LstAllInvByCO", ORDER, {"IVAV": "365.00"}),
            call("OIS100MI", "GetHead", ORDER, {"ORSL": "77", "ORST": "77"}),
        ),
    ),
    Story(
        FIELDS,
        "amounts have the digits of their currency",
        (
            NEW_CUSTOMER,
            call(
                "OIS100MI",
                "AddBatchHead",
                {"CUNO": "$customer", "CUCD": "JPY"},
                ...,
                **kept("temporary", "ORNO"),
            ),
            call("OIS100MI", "AddBatchLine", LINE | {"ITNO": "CAL-8001", "SAPR": "14800", "ORQT": "3"}, ...),
            CONFIRMED,
            lever("/orders/$order/invoice", None, {"TotalAmount": "44400", "Balance": "44400"}),
        ),
    ),
]
