"""M3: temporary orders, Confirm, real orders, and how an order is found again."""

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.m3.exchange import (
    CONFIRMED,
    LINE,
    NEW_CUSTOMER,
    NEW_HEAD,
    NEW_LINE,
    NEW_ORDER,
    books,
    bulk,
    call,
    kept,
    lever,
    refused,
    single,
)

FLOW, STATUS, LOOKUP, CRASH = "B.6", "B.7", "B.9", "F"
TEMPORARY, ORDER = {"ORNO": "$temporary"}, {"ORNO": "$order"}


def status(stat: str, number: str = "") -> Exchange:
    """OIS275MI/GetTmpOrderStat."""
    record = {"ORNO": "$temporary", "ORNR": number, "STAT": stat}
    return call("OIS275MI", "GetTmpOrderStat", TEMPORARY, record)


STORIES = [
    Story(
        FLOW,
        "the head can be changed while it is temporary, and is told in two programs",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            call(
                "OIS100MI",
                "ChgBatchHead",
                {"ORNO": "$temporary", "ORTP": "A01", "FACI": "100", "CUOR": "STK-000124", "MODL": "AIR"},
            ),
            refused(
                "OIS100MI",
                "ChgBatchHead",
                {"ORNO": "$temporary", "ORTP": "A01", "FACI": "900"},
                "WFA0103",
                "FACI",
            ),
            call(
                "OIS275MI", "GetBatchHead", TEMPORARY, {"CUOR": "STK-000124", "MODL": "AIR", "NTAM": "365.00"}
            ),
            call("CMS100MI", "Lst_OXHEAD_CUOR", {"OACUOR": "STK-000123"}),
            call("OIS275MI", "LstBatchLine", TEMPORARY, {"ITNO": "BRK-1001", "CUPO": "1"}),
            call("OIS275MI", "SearchBatchLine", {"SQRY": "CUOR:STK-000124"}),
            Wait(30),
            call(
                "OIS275MI",
                "SearchBatchLine",
                {"SQRY": "CUOR:STK-000124"},
                {"ORNO": "0000054321", "PONR": "1"},
            ),
            call(
                "OIS100MI",
                "AddBatchAddress",
                {"ORNO": "$temporary", "ADRT": "1", "CUNM": "Gate 7", "TOWN": "Berlin"},
            ),
            CONFIRMED,
            refused(
                "OIS100MI",
                "ChgBatchHead",
                {"ORNO": "$temporary", "ORTP": "A01", "FACI": "100"},
                "OI27590",
                "ORNO",
            ),
        ),
    ),
    Story(
        FLOW,
        "head, lines and Confirm make an order under another number",
        (
            *NEW_ORDER,
            status("90", "0010000001"),
            call("OIS100MI", "GetOrderNo", TEMPORARY, {"ORNR": "0010000001"}),
            call(
                "OIS100MI",
                "LstBatchHead",
                {"CUNO": "$customer"},
                {"ORNO": "0000054321", "CUOR": "STK-000123", "STAT": "90", "ORNR": "0010000001"},
            ),
            call(
                "OIS100MI",
                "GetHead",
                ORDER,
                {
                    "ORNO": "0010000001",
                    "CUNO": "C10001",
                    "CUOR": "STK-000123",
                    "ORSL": "22",
                    "ORST": "22",
                    "NTAM": "365.00",
                    "VTAM": "0.00",
                    "TOPY": "365.00",
                    "CUCD": "EUR",
                    "OBLC": "0",
                    "ORDT": "20260302",
                    "RLDT": "20260401",
                },
            ),
            call(
                "OIS100MI",
                "LstLine",
                ORDER,
                {
                    "PONR": "1",
                    "ITNO": "BRK-1001",
                    "ORQT": "2",
                    "SAPR": "182.50",
                    "SACD": "1",
                    "NLAM": "365.00",
                    "ALUN": "EA",
                    "SPUN": "EA",
                    "CUPO": "1",
                    "ORST": "22",
                    "DWDT": "20260401",
                },
            ),
        ),
    ),
    Story(
        FLOW,
        "nothing is a real order before Confirm, and a temporary one is none",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            status("20"),
            call("OIS100MI", "LstHead", {"CUNO": "$customer"}),
            refused("OIS100MI", "GetHead", TEMPORARY, "WOR0103", "ORNO"),
            refused("OIS100MI", "Confirm", TEMPORARY, "OI27520", "ORNO"),
            status("20"),
            books({"salesorders": [], "temporaryorders": [{"Status": "20", "Lines": 0}]}),
        ),
    ),
    Story(
        FLOW,
        "the order type and what else is not sent fall to the customer's defaults",
        (
            NEW_CUSTOMER,
            call("OIS100MI", "AddBatchHead", {"CUNO": "$customer"}, {"ORNO": "0000054321"}),
            call(
                "OIS100MI",
                "GetBatchHead",
                {"ORNO": "0000054321"},
                {
                    "ORTP": "A01",
                    "FACI": "100",
                    "CUCD": "EUR",
                    "MODL": "TRK",
                    "TEPY": "030",
                    "RLDT": "20260302",
                },
            ),
        ),
    ),
    Story(
        FLOW,
        "a head that names what does not exist is refused at once",
        (
            NEW_CUSTOMER,
            refused("OIS100MI", "AddBatchHead", {"CUNO": "C99999"}, "XIM0002", "CUNO"),
            refused("OIS100MI", "AddBatchHead", {"CUNO": "$customer", "ORTP": "Z99"}, "WOR0103", "ORTP"),
            refused("OIS100MI", "AddBatchHead", {"CUNO": "$customer", "WHLO": "999"}, "WWH0103", "WHLO"),
            refused("OIS100MI", "AddBatchHead", {"CUNO": "$customer", "MODL": "ZZZ"}, "WMO0103", "MODL"),
            refused("OIS100MI", "AddBatchHead", {"CUNO": "TEMPLATE"}, "XIM0003", "CUNO"),
            books({"temporaryorders": []}),
        ),
    ),
    Story(
        FLOW,
        "a line is refused alone: unknown or closed item, unit, quantity",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            refused("OIS100MI", "AddBatchLine", LINE | {"ITNO": "BRK-9999"}, "WIT0103", "ITNO"),
            refused("OIS100MI", "AddBatchLine", LINE | {"ITNO": "BRK-0900"}, "WIT0110", "ITNO"),
            refused("OIS100MI", "AddBatchLine", LINE | {"ALUN": "BOX"}, "WAL0103", "ALUN"),
            refused("OIS100MI", "AddBatchLine", LINE | {"ORQT": "-1"}, "WOR0101", "ORQT"),
            refused("OIS100MI", "AddBatchLine", LINE | {"ORNO": "0000099999"}, "WOR0103", "ORNO"),
            call("OIS100MI", "LstBatchLine", TEMPORARY),
        ),
    ),
    Story(
        FLOW,
        "without SAPR the price is M3's: the customer's, else the item's in its own currency, else none",
        (
            NEW_CUSTOMER,
            lever("/prices", {"CUNO": "$customer", "ITNO": "BRK-2001", "CUCD": "EUR", "SAPR": "40"}),
            NEW_HEAD,
            bulk(
                "OIS100MI",
                *(
                    ("AddBatchLine", {"ORNO": "$temporary", "ITNO": item, "ORQT": "1"})
                    for item in ("BRK-1001", "BRK-2001", "SNS-6001")
                ),
            ),
            call(
                "OIS100MI",
                "LstBatchLine",
                TEMPORARY,
                {"PONR": "1", "SAPR": "189.90"},
                {"PONR": "2", "SAPR": "40.00"},
                {"PONR": "3", "SAPR": "0.00"},
            ),
        ),
    ),
    Story(
        FLOW,
        "SACD is the quantity that the price is for, and discounts are taken off",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            call("OIS100MI", "AddBatchLine", LINE | {"SAPR": "1825", "SACD": "10", "DIP1": "10"}, ...),
            call("OIS100MI", "AddBatchLine", LINE | {"CUPO": "2", "DIA1": "2.50"}, {"PONR": "2"}),
            CONFIRMED,
            call(
                "OIS100MI",
                "LstLine",
                ORDER,
                {"SAPR": "1825.00", "SACD": "10", "NEPR": "1642.50", "NLAM": "328.50"},
                {"SAPR": "182.50", "NEPR": "180.00", "NLAM": "360.00"},
            ),
            call("OIS100MI", "GetOrderValue", ORDER, {"NTAM": "688.50", "TOPY": "688.50"}),
        ),
    ),
    Story(
        FLOW,
        "lines and the whole temporary order can be taken away until it is made",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            call("OIS100MI", "DelBatchLine", {"ORNO": "$temporary", "PONR": "1"}),
            call("OIS100MI", "LstBatchLine", TEMPORARY),
            NEW_LINE,
            call("OIS100MI", "DelBatchHead", TEMPORARY),
            refused("OIS275MI", "GetTmpOrderStat", TEMPORARY, "WOR0103", "ORNO"),
            refused("OIS100MI", "DelBatchHead", TEMPORARY, "WOR0103", "ORNO"),
        ),
    ),
    Story(
        FLOW,
        "what is made cannot be confirmed, changed or deleted as a temporary order again",
        (
            *NEW_ORDER,
            refused("OIS100MI", "Confirm", TEMPORARY, "OI27590", "ORNO"),
            refused("OIS100MI", "AddBatchLine", LINE, "OI27590", "ORNO"),
            refused("OIS100MI", "DelBatchHead", TEMPORARY, "OI27590", "ORNO"),
            books({"salesorders": [{"OrderID": "0010000001"}]}),
        ),
        ("confirmed_twice",),
    ),
    *(
        Story(
            FLOW,
            f"a Confirm may leave the temporary order at {stat}, and a person may release it later",
            (
                NEW_CUSTOMER,
                NEW_HEAD,
                NEW_LINE,
                lever("/confirms", {"STAT": stat, "TX60": "Something is wrong", "MDTA": "BRK-1001"}),
                refused("OIS100MI", "Confirm", TEMPORARY, f"OI275{stat}", "ORNO"),
                status(stat),
                call(
                    "OIS100MI",
                    "LstErrMsgOrder",
                    TEMPORARY,
                    {"MSID": f"OI275{stat}", "TX60": "Something is wrong", "MDTA": "BRK-1001"},
                ),
                books({"salesorders": []}),
                lever("/temporary/$temporary/release", None, {"ORNR": "0010000001"}),
                status("90", "0010000001"),
                call("OIS100MI", "GetHead", {"ORNO": "0010000001"}, {"CUOR": "STK-000123", "NTAM": "365.00"}),
            ),
        )
        for stat in ("15", "25", "30", "55")
    ),
    Story(
        FLOW,
        "a held temporary order may be deleted by a person, or confirmed when nothing is in the way any more",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            lever("/confirms", {"STAT": "25"}),
            refused("OIS100MI", "Confirm", TEMPORARY, "OI27525", "ORNO"),
            CONFIRMED,
            call("OIS100MI", "AddBatchHead", {"CUNO": "$customer"}, ..., **kept("temporary", "ORNO")),
            Exchange("DELETE", "/__twin__/temporary/$temporary", answer={"deleted": True}),
            refused("OIS275MI", "GetTmpOrderStat", TEMPORARY, "WOR0103", "ORNO"),
        ),
    ),
    Story(
        FLOW,
        "a stopped customer leaves the order at 30, an item that was closed meanwhile at 25",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            lever("/customers/$customer/credit-hold"),
            refused("OIS100MI", "Confirm", TEMPORARY, "OI27530", "ORNO"),
            lever("/customers/$customer/credit-hold", {"CreditHold": False}),
            lever("/products", {"ProductID": "BRK-1001", "Status": "Obsolete"}),
            refused("OIS100MI", "Confirm", TEMPORARY, "OI27525", "ORNO"),
            lever("/products", {"ProductID": "BRK-1001", "Status": "Active"}),
            CONFIRMED,
        ),
    ),
    Story(
        FLOW,
        "a Confirm that is held may answer with number and status instead",
        (
            lever("/habits", {"confirm_tells": True}),
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            lever("/confirms", {"STAT": "55"}),
            call("OIS100MI", "Confirm", TEMPORARY, {"ORNO": "0000054321", "STAT": "55"}),
        ),
    ),
    Story(
        FLOW,
        "the direct calls make a real order at once, where the tenant has them",
        (
            NEW_CUSTOMER,
            call(
                "OIS100MI",
                "AddOrderHead",
                {"CUNO": "$customer", "CUOR": "STK-7"},
                ...,
                **kept("order", "ORNO"),
            ),
            call(
                "OIS100MI", "AddOrderLine", {"ORNO": "$order", "ITNO": "BRK-1001", "ORQT": "1"}, {"PONR": "1"}
            ),
            call("OIS100MI", "GetHead", ORDER, {"CUOR": "STK-7", "ORSL": "22", "TOPY": "189.90"}),
            lever("/habits", {"direct_orders": False}),
            single(
                "OIS100MI/AddOrderHead?CUNO=$customer",
                {"terminationErrorType": "TransactionNotFound", "terminationReason": ...},
                400,
                absent=("errorCode",),
            ),
        ),
    ),
    Story(
        FLOW,
        "DIA may be taken off the line as a whole instead of each unit",
        (
            lever("/habits", {"discount_amounts": "line"}),
            NEW_CUSTOMER,
            NEW_HEAD,
            call("OIS100MI", "AddBatchLine", LINE | {"DIA1": "2.50"}, ...),
            CONFIRMED,
            call("OIS100MI", "LstLine", ORDER, {"DIA1": "2.50", "NLAM": "362.50"}),
        ),
    ),
    Story(
        STATUS,
        "a stopped customer's order may also be made, with a stop of its own",
        (
            lever("/habits", {"stops_instead_of_30": True}),
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            lever("/customers/$customer/credit-hold"),
            CONFIRMED,
            call("OIS100MI", "GetHead", ORDER, {"OBLC": "1", "ORSL": "22"}),
            books({"salesorders": [{"OrderStatus": "Stopped"}]}),
        ),
    ),
    Story(
        STATUS,
        "a limit that the order passes is a credit stop too",
        (
            NEW_CUSTOMER,
            call("CRS610MI", "ChgFinancial", {"CUNO": "$customer", "CRLM": "364.99"}),
            NEW_HEAD,
            NEW_LINE,
            refused("OIS100MI", "Confirm", TEMPORARY, "OI27530", "ORNO"),
            call("CRS610MI", "ChgFinancial", {"CUNO": "$customer", "CRLM": "365"}),
            CONFIRMED,
        ),
    ),
    Story(
        STATUS,
        "a status is the lowest and highest digit of what a quantity has reached",
        (
            *NEW_ORDER,
            lever("/orders/$order/status", {"OrderStatus": "Allocated"}, {"OrderStatus": "Allocated"}),
            call("OIS100MI", "GetHead", ORDER, {"ORSL": "33", "ORST": "33"}),
            lever("/orders/$order/status", {"OrderStatus": "Open"}),
            lever("/orders/$order/ship-part", {"1": "1"}, {"OrderStatus": "Open"}),
            call("OIS100MI", "LstLine", ORDER, {"ORST": "26", "DLQT": "1", "IVQT": "0"}),
            lever("/orders/$order/invoice", None, {"TotalAmount": "182.50"}),
            call("OIS100MI", "LstLine", ORDER, {"ORST": "27", "DLQT": "1", "IVQT": "1"}),
            lever("/orders/$order/ship", None),
            call("OIS100MI", "LstLine", ORDER, {"ORST": "67"}),
            lever("/orders/$order/invoice", None, {"TotalAmount": "182.50"}),
            call("OIS100MI", "GetHead", ORDER, {"ORSL": "77", "ORST": "77"}),
        ),
    ),
    Story(
        STATUS,
        "the head has the lowest and the highest of its lines; goods leave with a delivery",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            call("OIS100MI", "AddBatchLine", LINE | {"CUPO": "2", "ITNO": "BRK-2001"}, {"PONR": "2"}),
            CONFIRMED,
            lever("/orders/$order/ship-part", {"2": "2"}, {"OrderStatus": "Partially shipped"}),
            call("OIS100MI", "GetHead", ORDER, {"ORSL": "22", "ORST": "66"}),
            call(
                "OIS100MI",
                "LstDelLineByCO",
                {"ORNO": "$order", "PONR": "2"},
                {"DLIX": "00000001001", "ITNO": "BRK-2001", "TRQT": "2", "PGRS": "60"},
            ),
            call("OIS100MI", "LstDelLineByCO", {"ORNO": "$order", "PONR": "1"}),
            lever("/orders/$order/ship", None, {"OrderStatus": "Shipped"}),
            call("OIS100MI", "LstHead", {"CUNO": "$customer"}, {"ORSL": "66", "ORST": "66"}),
        ),
    ),
    Story(
        STATUS,
        "a deleted order stays with 90, or is gone; what is on its way cannot be deleted",
        (
            *NEW_ORDER,
            call("OIS100MI", "DelHead", ORDER),
            call("OIS100MI", "GetHead", ORDER, {"ORSL": "90", "ORST": "90"}),
            books({"salesorders": [{"OrderStatus": "Cancelled"}]}),
            lever("/habits", {"deleted_stay": False}),
            refused("OIS100MI", "GetHead", ORDER, "WOR0103", "ORNO"),
            call("OIS100MI", "LstHead", {"CUNO": "$customer"}),
        ),
    ),
    Story(
        STATUS,
        "an order that has left is not deleted, and a line is closed whatever of it was delivered",
        (
            *NEW_ORDER,
            lever("/orders/$order/ship-part", {"1": "1"}),
            refused("OIS100MI", "DelHead", ORDER, "OI10144", "PONR"),
            refused("OIS100MI", "DelLine", {"ORNO": "$order", "PONR": "1"}, "OI10144", "PONR"),
            call("OIS100MI", "CloLine", {"ORNO": "$order", "PONR": "1", "POSX": "0"}),
            call("OIS100MI", "GetHead", ORDER, {"ORSL": "99", "ORST": "99"}),
            refused("OIS100MI", "ChgOrderRef", {"ORNO": "$order", "CUOR": "X"}, "OI10077", "ORNO"),
        ),
    ),
    Story(
        STATUS,
        "OBLC above zero is a stop",
        (
            *NEW_ORDER,
            lever("/orders/$order/stop", {"OBLC": "1"}),
            call("OIS100MI", "GetHead", ORDER, {"OBLC": "1"}),
            call("OIS120MI", "LstCOStopByCUOR", {"CUOR": "STK-000123", "NFTR": "0"}, {"ORNO": "0010000001"}),
            call("OIS120MI", "UpdCOStop", {"ORNO": "$order", "OBLC": "0"}),
            call("OIS120MI", "GetCOStopInfo", ORDER, {"OBLC": "0", "ORSL": "22"}),
        ),
    ),
    Story(
        "B.8",
        "references, lines, prices and charges of a real order can be changed",
        (
            lever("/habits", {"free_fields": {"FRE1": "Reason"}}),
            *NEW_ORDER,
            call("OIS100MI", "ChgOrderRef", {"ORNO": "$order", "YREF": "Ask for Ada", "FRE1": "NORTH"}),
            call("OIS100MI", "ChgLineBatchEnt", {"ORNO": "$order", "PONR": "1", "ORQA": "3"}, {"STAT": "22"}),
            call("OIS100MI", "UpdPriceInfo", {"ORNO": "$order", "PONR": "1", "SAPR": "100"}),
            call(
                "OIS100MI",
                "AddLineBatchEnt",
                {"ORNO": "$order", "ITNO": "FLD-5001", "ORQT": "10", "SAPR": "7.95"},
                {"ORNO": "0010000001", "PONR": "2", "STAT": "22"},
            ),
            call("OIS100MI", "AddConnCOCharge", {"ORNO": "$order", "CRID": "FREIGH", "CRAM": "12.50"}),
            refused("OIS100MI", "AddConnCOCharge", {"ORNO": "$order", "CRID": "NONE"}, "WCR0103", "CRID"),
            call("OIS100MI", "LstConnCOCharge", ORDER, {"CRID": "FREIGH", "CRAM": "12.50"}),
            call("OIS100MI", "GetHead", ORDER, {"NTAM": "379.50", "EXAM": "12.50", "TOPY": "392.00"}),
            call("OIS100MI", "UpdConnCOCharge", {"ORNO": "$order", "CRID": "FREIGH", "CRAM": "13"}),
            call("OIS100MI", "LstOrderCharge", ORDER, {"CRID": "FREIGH", "PBAM": "13", "CUCD": "EUR"}),
            call(
                "OIS100MI", "GetLine", {"ORNO": "$order", "PONR": "2"}, {"ITNO": "FLD-5001", "NLAM": "79.50"}
            ),
            refused("OIS100MI", "GetLine", {"ORNO": "$order", "PONR": "3"}, "WPO0103", "PONR"),
            call(
                "OIS100MI",
                "AddLineBatchEnt",
                {"ORNO": "$order", "ITNO": "FLD-5001", "ORQT": "1"},
                {"PONR": "3"},
            ),
            call("OIS100MI", "DelLineBatchEnt", {"ORNO": "$order", "PONR": "3"}, {"ORNO": "0010000001"}),
            call("OIS100MI", "DelLine", {"ORNO": "$order", "PONR": "1"}),
            call("OIS100MI", "DelConnCOCharge", {"ORNO": "$order", "CRID": "FREIGH"}),
            books(
                {
                    "salesorders": [
                        {
                            "TotalAmount": "79.50",
                            "OrderDescription": "Ask for Ada",
                            "CustomFields": {"Reason": "NORTH"},
                            "Freight": "0.00",
                        }
                    ]
                }
            ),
        ),
    ),
    Story(
        FLOW,
        "charges and texts of the temporary order go with it",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            call("OIS100MI", "AddBatchHeadChg", {"ORNO": "$temporary", "CRID": "FREIGH", "CRAM": "9.90"}),
            call(
                "OIS100MI",
                "AddBatchText",
                {"ORNO": "$temporary", "TYPE": "1", "TYTR": "1", "PARM": "Brakes for the winter"},
            ),
            CONFIRMED,
            call("OIS100MI", "GetOrderValue", ORDER, {"NTAM": "365.00", "EXAM": "9.90", "TOPY": "374.90"}),
            call(
                "OIS100MI", "LstHeadText", {"ORNO": "$order", "TYTR": "1"}, {"TX60": "Brakes for the winter"}
            ),
            books({"salesorders": [{"Freight": "9.90", "OrderDescription": "Brakes for the winter"}]}),
        ),
    ),
    Story(
        LOOKUP,
        "lists have no filter for CUOR, but return it; the tenant's own query finds it at once",
        (
            *NEW_ORDER,
            call("OIS100MI", "LstHead", {"CUNO": "$customer"}, {"ORNO": "0010000001", "CUOR": "STK-000123"}),
            call(
                "CMS100MI",
                "Lst_OOHEAD_CUOR",
                {"OACUOR": "STK-000123"},
                {"OAORNO": "0010000001", "OAORST": "22"},
            ),
            call(
                "CMS100MI",
                "Lst_OXHEAD_CUOR",
                {"OACUOR": "STK-000123"},
                {"OAORNO": "0000054321", "OASTAT": "90", "OAORNR": "0010000001"},
            ),
            call("CMS100MI", "Lst_OOHEAD_CUOR", {"OACUOR": "STK-000124"}),
            lever("/habits", {"unpublished": ["Lst_OOHEAD_CUOR"]}),
            bulk(
                "CMS100MI",
                ("Lst_OOHEAD_CUOR", {"OACUOR": "STK-000123"}),
                answer={"results": [{"errorType": "TransactionNotFound"}], "nrOfFailedTransactions": 1},
            ),
        ),
    ),
    Story(
        LOOKUP,
        "EXPORTMI reads the file: one delimited string per row; a tenant may refuse it",
        (
            *NEW_ORDER,
            call(
                "EXPORTMI",
                "Select",
                {
                    "QERY": "OAORNO,OACUOR from OOHEAD where OACONO = 100 and OACUOR = 'STK-000123'",
                    "SEPC": ";",
                    "HDRS": "1",
                },
                {"REPL": "OAORNO;OACUOR"},
                {"REPL": "0010000001;STK-000123"},
            ),
            call(
                "EXPORTMI",
                "Select",
                {"QERY": "OAORNO,OASTAT from OXHEAD where OACUOR = 'it''s none'", "SEPC": ";"},
            ),
            refused("EXPORTMI", "Select", {"QERY": "delete OOHEAD"}, "XEX0002", "QERY"),
            refused("EXPORTMI", "Select", {"QERY": "OBORNO from OOHEAD"}, "XEX0003", "QERY"),
            lever("/habits", {"export": False}),
            refused("EXPORTMI", "Select", {"QERY": "OAORNO from OOHEAD"}, "XEX0001", ""),
        ),
    ),
    Story(
        LOOKUP,
        "a search knows an order only when the index has caught up",
        (
            *NEW_ORDER,
            call("OIS100MI", "SearchHead", {"SQRY": "CUOR:STK-000123"}),
            Wait(30),
            call("OIS100MI", "SearchHead", {"SQRY": "CUOR:STK-000123"}, {"ORNO": "0010000001"}),
        ),
    ),
    Story(
        LOOKUP,
        "whether OIS120MI lists orders without a stop differs",
        (
            *NEW_ORDER,
            call("OIS120MI", "LstCOStopByCUOR", {"CUOR": "STK-000123"}),
            lever("/habits", {"stops_show_all": True}),
            call(
                "OIS120MI",
                "LstCOStopByCUOR",
                {"FACI": "100", "CUOR": "STK-000123", "NFTR": "2"},
                {"ORNO": "0010000001", "CUNM": "Gearbox GmbH"},
            ),
        ),
    ),
    Story(
        CRASH,
        "no reference is unique: the same one makes a second order",
        (
            *NEW_ORDER,
            call(
                "OIS100MI",
                "AddBatchHead",
                {"CUNO": "$customer", "CUOR": "STK-000123"},
                {"ORNO": "0000054322"},
                **kept("temporary", "ORNO"),
            ),
            NEW_LINE,
            call("OIS100MI", "Confirm", TEMPORARY, {"ORNO": "0010000002"}),
        ),
    ),
    Story(
        CRASH,
        "an order type may refuse the same item and date twice in an order",
        (
            NEW_CUSTOMER,
            call(
                "OIS100MI",
                "AddBatchHead",
                {"CUNO": "$customer", "ORTP": "A02"},
                ...,
                **kept("temporary", "ORNO"),
            ),
            NEW_LINE,
            refused("OIS100MI", "AddBatchLine", LINE, "OI10012", "ITNO"),
            call("OIS100MI", "AddBatchLine", LINE | {"DWDT": "20260501"}, {"PONR": "2"}),
        ),
    ),
    Story(
        CRASH,
        "a Confirm that is answered 504 may commit later, under the time it then is",
        (
            NEW_CUSTOMER,
            NEW_HEAD,
            NEW_LINE,
            lever("/late-commit", {"seconds": 20, "collection": "Confirm"}),
            bulk("OIS100MI", ("Confirm", TEMPORARY), status=504),
            status("20"),
            Wait(19),
            status("20"),
            Wait(1),
            status("90", "0010000001"),
        ),
    ),
]
