"""M3: customers and addresses, items, prices and stock, suppliers, employees, accounts, rates and codes."""

from streak_infor_orchestration_tests.twins.exchange import Story, Wait
from streak_infor_orchestration_tests.twins.m3.exchange import NEW_CUSTOMER, books, call, lever, refused

PROGRAMS, FIELDS, QUIRKS = "B.8", "G.1", "B.5"
CUSTOMER = {"CUNO": "$customer"}

STORIES = [
    Story(
        PROGRAMS,
        "a customer is a copy of a template, with what was sent put in its place",
        (
            NEW_CUSTOMER,
            call(
                "CRS610MI",
                "GetBasicData",
                CUSTOMER,
                {
                    "CUNM": "Gearbox GmbH",
                    "CUA1": "Ring 1",
                    "CSCD": "DE",
                    "STAT": "20",
                    "CUCD": "EUR",
                    "CHNO": "1",
                },
            ),
            call(
                "CRS610MI",
                "GetOrderInfo",
                CUSTOMER,
                {"ORTP": "A01", "TEPY": "030", "MODL": "TRK", "PYNO": "C10001"},
            ),
            call("CRS610MI", "GetFinancial", CUSTOMER, {"VTCD": "00", "BLCD": "0"}),
            call("CRS610MI", "LstTemplates", {}, {"CUNO": "TAXED"}, {"CUNO": "TEMPLATE"}),
            refused("CRS610MI", "Add", {"CUTM": "$customer", "CUNM": "A", "CUA1": "B"}, "WCU0103", "CUTM"),
            refused("CRS610MI", "Add", {"CUTM": "NONE", "CUNM": "A", "CUA1": "B"}, "WCU0103", "CUTM"),
        ),
    ),
    Story(
        PROGRAMS,
        "a number of one's own is the key, and taken once",
        (
            call(
                "CRS610MI",
                "Add",
                {"CUTM": "TEMPLATE", "CUNO": "STK1", "CUNM": "A", "CUA1": "B"},
                {"CUNO": "STK1"},
            ),
            refused(
                "CRS610MI",
                "Add",
                {"CUTM": "TEMPLATE", "CUNO": "STK1", "CUNM": "A", "CUA1": "B"},
                "WCU0104",
                "CUNO",
            ),
            call("CRS610MI", "Add", {"CUTM": "TEMPLATE", "CUNM": "A", "CUA1": "B"}, {"CUNO": "C10001"}),
            books({"customers": [{"CustomerID": "C10001"}, {"CustomerID": "STK1"}]}),
        ),
    ),
    Story(
        PROGRAMS,
        "changes name what changes; codes must exist; CHNO guards against another's change",
        (
            NEW_CUSTOMER,
            call(
                "CRS610MI",
                "ChgBasicData",
                {**CUSTOMER, "MAIL": "office@gearbox.example", "CHNO": "1"},
                {"CUNO": "C10001"},
            ),
            call(
                "CRS610MI",
                "GetBasicData",
                CUSTOMER,
                {"MAIL": "office@gearbox.example", "CUNM": "Gearbox GmbH", "CHNO": "2"},
            ),
            refused("CRS610MI", "ChgBasicData", {**CUSTOMER, "CUNM": "B", "CHNO": "1"}, "XRE0103", "CHNO"),
            call("CRS610MI", "ChgFinancial", {**CUSTOMER, "VRNO": "DE123", "CRLM": "5000"}),
            call("CRS610MI", "ChgOrderInfo", {**CUSTOMER, "TEPY": "014", "SMCD": "E-101"}),
            refused("CRS610MI", "ChgOrderInfo", {**CUSTOMER, "TEPY": "999"}, "WTE0103", "TEPY"),
            refused("CRS610MI", "ChgBasicData", {**CUSTOMER, "CSCD": "XX"}, "WCS0103", "CSCD"),
            refused("CRS610MI", "ChgFinancial", {**CUSTOMER, "CUCD": "XXX"}, "WCU0103", "CUCD"),
            books(
                {
                    "customers": [
                        {
                            "Email": "office@gearbox.example",
                            "TaxID": "DE123",
                            "PaymentTerms": "014",
                            "CreditLimit": "5000",
                            "SalespersonID": "E-101",
                            "BillingAddress": {"Line1": "Ring 1", "Country": "DE"},
                        }
                    ]
                }
            ),
        ),
    ),
    Story(
        PROGRAMS,
        "lists begin at the number or name that is sent, and know what has changed since LMTS",
        (
            NEW_CUSTOMER,
            Wait(60),
            call(
                "CRS610MI",
                "Add",
                {"CUTM": "TEMPLATE", "CUNM": "Atelier Mercier", "CUA1": "B"},
                {"CUNO": "C10002"},
            ),
            call(
                "CRS610MI",
                "LstByNumber",
                {},
                {"CUNO": "C10001"},
                {"CUNO": "C10002"},
                {"CUNO": "TAXED"},
                {"CUNO": "TEMPLATE"},
            ),
            call(
                "CRS610MI",
                "LstByNumber",
                {"CUNO": "C10002", "LMTS": "202603020900300000"},
                {"CUNO": "C10002"},
            ),
            call("CRS610MI", "LstByNumber", {"LMTS": "202603020900000000"}, ..., ..., ..., ...),
            call("CRS610MI", "LstByName", {"CUNM": "G"}, {"CUNM": "Gearbox GmbH"}, ..., ...),
            call("CRS610MI", "LstBySearchKey", {"ALCU": "ZZZ"}),
            call("CRS610MI", "SearchCustomer", {"SQRY": "CUNM:Gear*"}, {"CUNO": "C10001"}),
        ),
    ),
    Story(
        QUIRKS,
        "LMTS may count milliseconds since 1970",
        (
            lever("/habits", {"stamps_are_milliseconds": True}),
            NEW_CUSTOMER,
            call(
                "CRS610MI",
                "LstByNumber",
                {"CUNO": "C", "LMTS": "1772442000000"},
                {"CUNO": "C10001"},
                ...,
                ...,
            ),
            call("CRS610MI", "LstByNumber", {"CUNO": "C10001", "LMTS": "1772442000001"}, ..., ...),
        ),
    ),
    Story(
        PROGRAMS,
        "addresses are kept by type and number",
        (
            NEW_CUSTOMER,
            call(
                "CRS610MI",
                "AddAddress",
                {
                    **CUSTOMER,
                    "ADRT": "1",
                    "ADID": "SHIP",
                    "CUA1": "Gate 7",
                    "PONO": "10115",
                    "CSCD": "DE",
                    "TOWN": "Berlin",
                },
                {"CUNO": "C10001", "ADRT": "1", "ADID": "SHIP"},
            ),
            refused(
                "CRS610MI",
                "AddAddress",
                {
                    **CUSTOMER,
                    "ADRT": "1",
                    "ADID": "SHIP",
                    "CUA1": "X",
                    "PONO": "1",
                    "CSCD": "DE",
                    "TOWN": "B",
                },
                "WAD0104",
                "ADID",
            ),
            call("CRS610MI", "ChgAddress", {**CUSTOMER, "ADRT": "1", "ADID": "SHIP", "CUA1": "Gate 8"}),
            call(
                "CRS610MI",
                "GetAddress",
                {**CUSTOMER, "ADRT": "1", "ADID": "SHIP"},
                {"CUA1": "Gate 8", "TOWN": "Berlin"},
            ),
            call("CRS610MI", "LstAddresses", CUSTOMER, {"ADID": "SHIP"}),
            books(
                {
                    "customers": [
                        {"ShippingAddress": {"Line1": "Gate 8", "City": "Berlin", "PostalCode": "10115"}}
                    ]
                }
            ),
            call("CRS610MI", "DeleteAddress", {**CUSTOMER, "ADRT": "1", "ADID": "SHIP"}),
            refused("CRS610MI", "GetAddress", {**CUSTOMER, "ADRT": "1", "ADID": "SHIP"}, "WAD0103", "ADID"),
        ),
    ),
    Story(
        PROGRAMS,
        "items have a status, a basic unit and a list price in their own currency",
        (
            call(
                "MMS200MI",
                "GetItmBasic",
                {"ITNO": "BRK-1001"},
                {"ITNO": "BRK-1001", "ITDS": "Brake caliper, front left", "STAT": "20", "UNMS": "EA"},
            ),
            call(
                "MMS200MI",
                "GetItmPrice",
                {"ITNO": "SNS-6001"},
                {"SAPR": "33.33", "SACD": "1", "CUCS": "USD", "SPUN": "EA"},
            ),
            call("MMS200MI", "GetItmBasic", {"ITNO": "BRK-0900"}, {"STAT": "90"}),
            refused("MMS200MI", "GetItmBasic", {"ITNO": "NONE"}, "WIT0103", "ITNO"),
            call("MMS200MI", "LstItmByItm", {"ITNO": "SNS"}, {"ITNO": "SNS-6001"}, {"ITNO": "SRV-9001"}),
            call("MMS200MI", "SearchItem", {"SQRY": "ITDS:*sensor"}),
            Wait(60 * 60 * 24),
            lever("/products", {"ProductID": "SRV-9001", "UnitPrice": "99.00"}),
            call("MMS200MI", "LstItmByChgDate", {"FLMD": "20260303"}, {"ITNO": "SRV-9001"}),
            call("MMS200MI", "SearchItem", {"SQRY": "ITDS:*sensor"}, {"ITNO": "SNS-6001"}),
        ),
    ),
    Story(
        PROGRAMS,
        "what a customer pays: an agreed price, else the list price in its currency, else nothing",
        (
            NEW_CUSTOMER,
            call(
                "OIS320MI",
                "GetPriceLine",
                {**CUSTOMER, "ITNO": "BRK-1001", "ORQA": "3"},
                {
                    "SAPR": "189.90",
                    "NETP": "189.90",
                    "LNAM": "569.70",
                    "CUCD": "EUR",
                    "SACD": "1",
                    "SPUN": "EA",
                },
            ),
            lever("/prices", {"CUNO": "$customer", "ITNO": "BRK-1001", "CUCD": "EUR", "SAPR": "150"}),
            call("OIS320MI", "GetPriceLine", {**CUSTOMER, "ITNO": "BRK-1001"}, {"SAPR": "150.00"}),
            call(
                "OIS320MI", "GetPriceLine", {**CUSTOMER, "ITNO": "BRK-1001", "CUCD": "USD"}, {"SAPR": "0.00"}
            ),
            refused(
                "OIS320MI", "GetPriceLine", {**CUSTOMER, "ITNO": "BRK-1001", "ALUN": "BOX"}, "WAL0103", "ALUN"
            ),
        ),
    ),
    Story(
        PROGRAMS,
        "stock is kept by warehouse: on hand, allocated, and what is left",
        (
            call(
                "MMS200MI",
                "GetItmWhsBal",
                {"WHLO": "100", "ITNO": "BRK-1001"},
                {"STQT": "40", "ALQT": "6", "AV01": "34", "AVAL": "34", "ORQT": "0"},
            ),
            refused("MMS200MI", "GetItmWhsBal", {"WHLO": "200", "ITNO": "BRK-2001"}, "WWH0103", "WHLO"),
            call("MMS200MI", "LstItmWhsByItm", {"ITNO": "BRK-1001"}, {"WHLO": "100"}, {"WHLO": "200"}),
            call(
                "MMS060MI", "LstViaItem", {"ITNO": "BRK-1001", "WHLO": "200"}, {"WHLO": "200", "STQT": "12"}
            ),
            call(
                "MMS060MI",
                "LstSumQty",
                {"WHLO": "100"},
                {"ITNO": "BRK-1001"},
                {"ITNO": "BRK-2001", "STQT": "250"},
            ),
        ),
    ),
    Story(
        PROGRAMS,
        "suppliers, employees and accounts",
        (
            call(
                "CRS620MI",
                "GetBasicData",
                {"SUNO": "V-501"},
                {"SUNM": "Castings Nord AB", "STAT": "20", "CUCD": "EUR"},
            ),
            call(
                "CRS620MI",
                "LstSuppliers",
                {"FRSU": "V-502", "TOSU": "V-599"},
                {"SUNO": "V-502", "CUCD": "USD"},
            ),
            call("CRS620MI", "LstByName", {"SUNM": "P"}, {"SUNO": "V-502"}),
            Wait(30),
            call("CRS620MI", "SearchSupplier", {"SQRY": "SUNM:Pacific*"}, {"SUNO": "V-502"}),
            refused("CRS620MI", "GetBasicData", {"SUNO": "V-1"}, "WSU0103", "SUNO"),
            call(
                "CRS530MI",
                "GetEmployee",
                {"EMNO": "E-101"},
                {"EMNM": "Mara Lind", "DEPT": "Sales", "ACEM": "1"},
            ),
            call(
                "CRS530MI",
                "LstEmployee",
                {"FCOM": "100", "TCOM": "100", "FEMN": "E-102"},
                {"EMNO": "E-102"},
                {"EMNO": "E-201"},
            ),
            call("CRS530MI", "LstEmployee", {"FCOM": "1", "TCOM": "99"}),
            call(
                "CRS630MI",
                "GetAccountID",
                {"AITP": "1", "AITM": "4090"},
                {"TX40": "Sales, former branch", "LCCD": "1"},
            ),
            call(
                "CRS630MI",
                "LstAccountID",
                {"AITP": "1", "AITM": "4090"},
                {"AITM": "4090"},
                {"AITM": "4800", "LCCD": "0"},
            ),
            call("CRS630MI", "LstAccountID", {"AITP": "2"}),
        ),
    ),
    Story(
        PROGRAMS,
        "rates are kept by type and day, to the local currency",
        (
            call(
                "CRS055MI",
                "SelExchangeRate",
                {"CRTP": "1", "CUTD": "20260302"},
                {"CUCD": "GBP", "ARAT": "0.8420", "DMCU": "2", "LOCD": "EUR"},
                {"CUCD": "JPY"},
                {"CUCD": "USD", "ARAT": "1.0850", "CUTD": "20260302"},
            ),
            call(
                "CRS055MI", "SelExchangeRate", {"CRTP": "1", "CUTD": "20260101", "FCUR": "USD", "TCUR": "USD"}
            ),
            call(
                "CRS055MI",
                "LstRatesPerType",
                {"CUCD": "USD", "CRTP": "1", "CUTD": "20260302"},
                {"ARAT": "1.0850"},
            ),
            call(
                "CRS175MI",
                "LstCurrRates",
                {"CRTP": "1"},
                ...,
                ...,
                {"CUC1": "EUR", "CUC2": "USD", "ARAT": "1.0850"},
            ),
            lever("/exchangerates", {"Base": "SEK", "Quote": "EUR", "Date": "2026-03-02", "Rate": "0.09"}),
            call("CRS055MI", "LstRatesPerType", {"CUCD": "SEK", "CRTP": "1"}, {"ARAT": "0.09", "DMCU": "1"}),
            lever(
                "/exchangerates",
                {"Base": "USD", "Quote": "GBP", "Date": "2026-03-02", "Rate": "0.8"},
                status=400,
            ),
        ),
    ),
    Story(
        PROGRAMS,
        "codes can be listed, and looked at one by one",
        (
            call("OIS010MI", "LstOrderTypes", {}, {"ORTP": "A01", "OT66": "0"}, {"ORTP": "A02", "OT66": "1"}),
            call("MMS005MI", "LstWarehouses", {}, {"WHLO": "100", "FACI": "100"}, {"WHLO": "200"}),
            call("MMS005MI", "GetWarehouse", {"WHLO": "100"}, {"DIVI": "AAA"}),
            refused("MMS005MI", "GetWarehouse", {"WHLO": "900"}, "WWH0103", "WHLO"),
            call("CRS008MI", "Get", {"FACI": "100"}, {"DIVI": "AAA", "WHLO": "100"}),
            call("CRS008MI", "ListFacility", {}, {"FACI": "100"}),
            call("CRS070MI", "LstDelyMethod", {"MODL": "T"}, {"MODL": "TRK"}, {"MODL": "UPS"}),
            call("CRS070MI", "GetDelyMethod", {"MODL": "AIR"}, {"TX15": "Air freight"}),
            call("CRS075MI", "List", {"TEPY": "030"}, {"TEPY": "030", "TEPD": "30"}, {"TEPY": "060"}),
            call("CRS075MI", "Get", {"TEPY": "014"}, {"TX15": "14 days net"}),
        ),
    ),
    Story(
        FIELDS,
        "a closed customer is shown as such, a stop as a hold",
        (
            NEW_CUSTOMER,
            lever("/customers/$customer/credit-hold", None, {"CreditHold": True, "Status": "Hold"}),
            call("CRS610MI", "GetFinancial", CUSTOMER, {"BLCD": "1"}),
            refused("OIS100MI", "CheckCredit", CUSTOMER, "OI12001", "CUNO"),
            call("CRS610MI", "ChgFinancial", {**CUSTOMER, "BLCD": "0", "CRLM": "100"}),
            call("OIS100MI", "CheckCredit", {**CUSTOMER, "AMNT": "100"}),
            refused("OIS100MI", "CheckCredit", {**CUSTOMER, "AMNT": "101"}, "OI12001", "CUNO"),
            call("CRS610MI", "ChgBasicData", {**CUSTOMER, "STAT": "90"}, {"CUNO": "C10001"}),
            books({"customers": [{"Status": "Closed", "CreditHold": False}]}),
            refused("OIS100MI", "AddBatchHead", CUSTOMER, "XIM0003", "CUNO"),
        ),
    ),
]
