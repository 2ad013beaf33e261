"""Infor API contract, C.4, C.5 and F: order numbers, headers that are real before their lines, lines, status."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.syteline.exchange import (
    CUSTOMER,
    DELETE,
    HEADER,
    INSERT,
    LINE,
    ORDER,
    ORDER_LINE,
    RELOAD,
    UPDATE,
    change,
    insert,
    lever,
    load,
    refused,
    update,
)

NUMBERS, STATUS, QUIRKS, IDEMPOTENCY = "C.4", "C.5", "C.3", "F"


def header(**values: str | None) -> dict[str, str | None]:
    return {**HEADER, **values}


def numbered(given: str | None, assigned: str, **values: str | None) -> Exchange:
    return insert("SLCos", header(CoNum=given, **values), {"CoNum": assigned})


def refused_header(message: str | Any = ..., **values: str | None) -> Exchange:
    return update("SLCos", change(INSERT, header(**values)), refused(message))


def refused_line(message: str | Any = ..., **values: str | None) -> Exchange:
    return update("SLCoitems", change(INSERT, {**LINE, **values}), refused(message))


def edit(ido: str, lock: str, message: str | Any = None, **values: str | None) -> Exchange:
    return update(ido, change(UPDATE, values, lock), None if message is None else refused(message))


LINES = Exchange(
    "GET", "/load/SLCoitems?properties=CoLine", answer={"Success": True}, keep={"line": "Items.0._ItemId"}
)

STORIES = [
    Story(
        NUMBERS,
        "TBD, nothing, zeros and a question mark leave the number to the server, which keeps a prefix",
        (
            CUSTOMER,
            numbered("TBD", "      1001"),
            numbered(None, "      1002"),
            numbered("0000000000", "      1003"),
            numbered("STK?", "STK0001001"),
            numbered("STK?", "STK0001002"),
            numbered("?", "      1004"),
        ),
    ),
    Story(
        NUMBERS,
        "estimates have a series of their own",
        (
            CUSTOMER,
            numbered("TBD", "      1001"),
            numbered("EST?", "EST0001001", Type="E", Stat="W"),
            numbered("EST?", "EST0001002", Type="E", Stat="Q"),
        ),
    ),
    Story(
        IDEMPOTENCY,
        "any other number is the key as given; there is none a second time",
        (
            CUSTOMER,
            ORDER,
            refused_header(CustPo="STK-000777"),
            load("SLCos", [{"CoNum": "  STK00123", "CustPo": "STK-000123"}]),
            numbered("  STK00124", "  STK00124"),
        ),
    ),
    Story(
        IDEMPOTENCY,
        "CustPo is unique to nobody, and found by filter",
        (
            CUSTOMER,
            ORDER,
            numbered("TBD", "      1001"),
            load(
                "SLCos",
                [{"CoNum": "      1001"}, {"CoNum": "  STK00123"}],
                filter="CustNum = N'   1001' AND CustPo = N'STK-000123'",
            ),
        ),
    ),
    Story(
        QUIRKS,
        "numbers that are not as wide as the column, or wider",
        (
            CUSTOMER,
            refused_header(CoNum="STK00123"),
            refused_header(CoNum="STK00000123"),
            refused_header(CustNum="1001"),
        ),
        violations=("key_not_padded", "value_too_long", "key_not_padded"),
    ),
    Story(
        NUMBERS,
        "the smallest header: what is not sent has a default",
        (
            CUSTOMER,
            insert("SLCos", {"CoNum": "TBD", "CustNum": "   1001"}, {"CoNum": "      1001"}),
            load(
                "SLCos",
                [
                    {
                        "CustSeq": "0",
                        "OrderDate": "20260302 00:00:00.000",
                        "Stat": "O",
                        "Type": "R",
                        "CurrCode": "EUR",
                        "Whse": "MAIN",
                        "Price": "0.00000000",
                        "CreditHold": "0",
                        "OrigSite": "MAIN",
                        "Invoiced": "0",
                    }
                ],
            ),
        ),
    ),
    Story(
        QUIRKS,
        "what an insert ignores is there after an update",
        (
            CUSTOMER,
            insert("SLCos", header(Freight="12.50"), {"Freight": "0.00000000"}),
            RELOAD,
            update("SLCos", change(UPDATE, {"Freight": "12.50"}, "$order")),
            load("SLCos", [{"Freight": "12.50000000"}]),
            lever("/settings", {"ignored_at_insert": {"SLCos": ["CustPo", "Uf_Region"]}}),
            insert("XX_SLCos", header(CoNum="TBD", Freight="3", Uf_Region="NORTH"), {"CoNum": "      1001"}),
            load(
                "XX_SLCos",
                [{"CustPo": None, "Freight": "3.00000000", "Uf_Region": None}],
                filter="CoNum = N'      1001'",
            ),
        ),
    ),
    Story(
        STATUS,
        "customer, ship-to, currency, warehouse, terms and ship code of a header must exist",
        (
            CUSTOMER,
            refused_header("Customer [   9999, 0] is not valid", CustNum="   9999"),
            refused_header("Customer [   1001, 1] is not valid", CustSeq="1"),
            refused_header(CurrCode="XXX"),
            refused_header(Whse="999"),
            refused_header(TermsCode="N99"),
            refused_header(ShipCode="BIKE"),
            insert("SLCustomers", {"CustNum": "   1001", "CustSeq": "1", "Name": "Dock 1"}),
            insert(
                "SLCos",
                header(CustSeq="1", ShipCode="UPSA", TermsCode="N14", Whse="100"),
                {"CoNum": "  STK00123"},
            ),
        ),
    ),
    Story(
        STATUS,
        "a header needs a customer",
        (update("SLCos", change(INSERT, {"CoNum": "TBD"}), refused("CustNum is required")),),
        violations=("required",),
    ),
    Story(
        STATUS,
        "a regular order is planned, ordered, stopped or complete",
        (
            CUSTOMER,
            refused_header(Stat="X"),
            refused_header(Stat="W"),
            refused_header(Type="E", Stat="O"),
            refused_header(Type="X"),
            ORDER,
            edit("SLCos", "$order", Stat="O"),
            RELOAD,
            edit("SLCos", "$order", ..., Stat="Q"),
            edit("SLCos", "$order", Stat="S"),
            RELOAD,
            edit("SLCos", "$order", Stat="C"),
            RELOAD,
            edit("SLCos", "$order", "Order   STK00123 is complete", Stat="O"),
        ),
        violations=("value_not_listed",) * 5,
    ),
    Story(
        STATUS,
        "a customer on credit hold gets no order",
        (
            CUSTOMER,
            lever("/customers/1001/credit-hold", {"CreditHold": True}, {"CreditHold": True}),
            refused_header("Customer [   1001] is on Credit Hold"),
            lever("/settings", {"refuses_credit_hold": False}),
            ORDER,
            load("SLCos", [{"CreditHold": "1"}]),
            edit("SLCos", "$order", Stat="O"),
            Exchange("GET", "/__twin__/state", answer={"salesorders": [{"OrderStatus": "Credit hold"}]}),
        ),
    ),
    Story(
        NUMBERS,
        "lines go in one by one, each with its number, and move the header's price and lock",
        (
            CUSTOMER,
            ORDER,
            Wait(1),
            ORDER_LINE,
            insert(
                "SLCoitems", {**LINE, "CoLine": "2", "Item": "FLD-5001", "Price": "8.90", "PriceConv": "8.90"}
            ),
            load(
                "SLCos",
                [{"Price": "397.60000000", "RecordDate": "20260302 09:00:01.001"}],
            ),
            edit("SLCos", "$order", ..., Stat="O"),
            RELOAD,
            edit("SLCos", "$order", Stat="O"),
        ),
    ),
    Story(
        NUMBERS,
        "a line takes description, unit, warehouse and date from item and header",
        (
            CUSTOMER,
            ORDER,
            ORDER_LINE,
            load(
                "SLCoitems",
                [
                    {
                        "CoNum": "  STK00123",
                        "CoLine": "1",
                        "CoRelease": "0",
                        "Description": "Brake caliper, front left",
                        "UM": "EA",
                        "QtyOrdered": "2.00000000",
                        "QtyShipped": "0.00000000",
                        "QtyInvoiced": "0.00000000",
                        "DerExtPrice": "379.80000000",
                        "DerNetPrice": "189.90000000",
                        "DueDate": "20260302 00:00:00.000",
                        "Stat": "O",
                        "Whse": "MAIN",
                    }
                ],
            ),
        ),
    ),
    Story(
        NUMBERS,
        "a line without a number gets the next",
        (
            CUSTOMER,
            ORDER,
            ORDER_LINE,
            insert("SLCoitems", {**LINE, "CoLine": None}, {"CoLine": "2"}),
            insert("SLCoitems", {**LINE, "CoLine": "7"}, {"CoLine": "7"}),
            insert("SLCoitems", {**LINE, "CoLine": "0"}, {"CoLine": "8"}),
        ),
    ),
    Story(
        NUMBERS,
        "a line number stands once",
        (CUSTOMER, ORDER, ORDER_LINE, refused_line(), load("SLCoitems", [{"CoLine": "1"}])),
    ),
    Story(
        NUMBERS,
        "quantity and price are sent twice, alike, in the item's unit",
        (
            CUSTOMER,
            ORDER,
            refused_line(QtyOrderedConv=None),
            refused_line(PriceConv=None),
            refused_line(Price=None),
            refused_line(QtyOrderedConv="3"),
            refused_line("U/M [BOX] is not valid for item [BRK-1001]", UM="BOX"),
            load("SLCoitems", [], properties="CoLine"),
        ),
        violations=("sent_once", "sent_once", "sent_once", "pair_differs"),
    ),
    Story(
        NUMBERS,
        "without a price the ERP takes its own, in the order's currency",
        (
            CUSTOMER,
            insert("SLCos", header(CurrCode="USD"), {"CoNum": "  STK00123"}),
            insert(
                "SLCoitems",
                {**LINE, "Item": "KIT-7001", "Price": None, "PriceConv": None},
            ),
            load("SLCoitems", [{"Price": "1299.90000000", "PriceConv": "1299.90000000"}]),
            refused_line(CoLine="2", Item="CAL-8001", Price=None, PriceConv=None),
        ),
        violations=("sent_once",),
    ),
    Story(
        NUMBERS,
        "percentages of line and header lower the amounts",
        (
            CUSTOMER,
            insert("SLCos", header(Disc="10"), {"CoNum": "  STK00123"}),
            insert("SLCoitems", {**LINE, "Disc": "2.5"}),
            load("SLCoitems", [{"DerExtPrice": "370.30000000", "DerNetPrice": "185.15250000"}]),
            load("SLCos", [{"Price": "333.27000000"}]),
        ),
    ),
    Story(
        STATUS,
        "an unknown item, an obsolete one, no order, no quantity",
        (
            CUSTOMER,
            ORDER,
            refused_line("Item [NOPE] is not valid", Item="NOPE"),
            refused_line("Item [BRK-0900] is obsolete", Item="BRK-0900"),
            refused_line("Order [  STK99999] is not valid", CoNum="  STK99999"),
            refused_line(QtyOrdered="0", QtyOrderedConv="0"),
            refused_line(QtyOrdered="-1", QtyOrderedConv="-1"),
            refused_line("Item is required", Item=None),
        ),
        violations=("required",),
    ),
    Story(
        QUIRKS,
        "a line's order number is padded too",
        (CUSTOMER, ORDER, refused_line(CoNum="STK00123")),
        violations=("key_not_padded",),
    ),
    Story(
        STATUS,
        "a line changes while nothing was shipped or invoiced; pairs change together",
        (
            CUSTOMER,
            ORDER,
            ORDER_LINE,
            edit("SLCoitems", "$line", QtyOrdered="5", QtyOrderedConv="5", Item="BRK-1002"),
            load("SLCos", [{"Price": "949.50000000"}]),
            LINES,
            edit("SLCoitems", "$line", ..., QtyOrdered="6"),
            edit("SLCoitems", "$line", ..., CoLine="2"),
            lever("/orders/STK00123/ship", {}),
            LINES,
            edit("SLCoitems", "$line", ..., QtyOrdered="1", QtyOrderedConv="1"),
            edit("SLCoitems", "$line", ..., Item="BRK-1001"),
            update("SLCoitems", change(DELETE, {}, "$line"), refused()),
        ),
        violations=("sent_once", "key_changed"),
    ),
    Story(
        STATUS,
        "a half-made order is taken away: lines first, then the header",
        (
            CUSTOMER,
            ORDER,
            ORDER_LINE,
            RELOAD,
            update("SLCos", change(DELETE, {}, "$order"), refused("Order   STK00123 has lines")),
            update("SLCoitems", change(DELETE, {}, "$line"), {"Success": True, "RefreshItems": []}),
            RELOAD,
            update("SLCos", change(DELETE, {}, "$order"), {"Success": True, "RefreshItems": []}),
            load("SLCos", [], properties="CoNum"),
            ORDER,
        ),
    ),
    Story(
        STATUS,
        "a cancelled order: its lines complete, then the header; nothing goes in after that",
        (
            CUSTOMER,
            ORDER,
            ORDER_LINE,
            edit("SLCoitems", "$line", Stat="C"),
            RELOAD,
            edit("SLCos", "$order", Stat="C"),
            refused_line("Order   STK00123 is complete", CoLine="2"),
            LINES,
            edit("SLCoitems", "$line", ..., Stat="O"),
            lever("/orders/STK00123/ship", {}, status=409),
        ),
    ),
    Story(
        STATUS,
        "an order's customer changes until goods leave, its currency and number never",
        (
            CUSTOMER,
            insert("SLCustomers", {"CustNum": "TBD", "Name": "Other"}, {"CustNum": "   1002"}),
            ORDER,
            edit("SLCos", "$order", CustNum="   1002"),
            RELOAD,
            edit("SLCos", "$order", ..., CurrCode="USD"),
            edit("SLCos", "$order", ..., CustNum="   9999"),
            ORDER_LINE,
            lever("/orders/STK00123/ship", {}),
            RELOAD,
            edit("SLCos", "$order", ..., CustNum="   1001"),
        ),
        violations=("key_changed",),
    ),
    Story(
        "H.4",
        "SalesTax as sent, or by the items' codes",
        (
            CUSTOMER,
            insert("SLCos", header(SalesTax="1.00"), {"CoNum": "  STK00123"}),
            ORDER_LINE,
            load("SLCos", [{"SalesTax": "1.00000000", "Price": "379.80000000"}]),
            lever("/settings", {"computes_tax": True, "price_is_total": True}),
            insert("SLCoitems", {**LINE, "CoLine": "2"}),
            load("SLCos", [{"SalesTax": "144.32000000", "Price": "903.92000000"}]),
        ),
    ),
    Story(
        "Appendix 2",
        "a header that commits only after the answer was a timeout",
        (
            CUSTOMER,
            lever("/late-commit", {"seconds": 30, "collection": "salesorders"}),
            Exchange(
                "POST",
                "/update/SLCos",
                {"IDOName": "SLCos", "Changes": [change(INSERT, HEADER)]},
                504,
            ),
            load("SLCos", [], properties="CoNum"),
            Wait(30),
            load("SLCos", [{"CoNum": "  STK00123", "CreateDate": "20260302 09:00:30.000"}]),
        ),
    ),
    Story(
        "Appendix 2",
        "so does any other step, unless somebody was faster",
        (
            CUSTOMER,
            ORDER,
            lever("/late-commit", {"seconds": 30, "collection": "SLCoitems"}),
            Exchange(
                "POST", "/update/SLCoitems", {"IDOName": "SLCoitems", "Changes": [change(INSERT, LINE)]}, 504
            ),
            lever("/late-commit", {"seconds": 40, "collection": "update SLCos"}),
            Exchange(
                "POST",
                "/update/SLCos",
                {"IDOName": "SLCos", "Changes": [change(UPDATE, {"Stat": "O"}, "$order")]},
                504,
            ),
            Wait(30),
            load("SLCoitems", [{"CoLine": "1"}]),
            Wait(10),
            load("SLCos", [{"Stat": "P"}]),
        ),
    ),
]
