"""M3: the interfaces v2 and v1, options, bulks, both places of an error, and what is against the contract."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.m3.exchange import (
    BULK,
    NEW_CUSTOMER,
    NEW_HEAD,
    NEW_LINE,
    books,
    bulk,
    call,
    lever,
    refused,
    single,
)

SINGLE, MANY, ANSWER, LEGACY, QUIRKS = "B.1", "B.2", "B.3", "B.4", "F"
BASIC = ("mi-user", "mi-password")
V1 = "/m3api-rest/execute"
ITEMS = [
    {"transaction": "GetItmBasic", "record": {"ITNO": item}} for item in ("BRK-1001", "NONE", "BRK-1002")
]


def posted(body: object, status: int = 200, answer: object = None, **more: Any) -> Exchange:
    return Exchange("POST", BULK, body, status, answer, **more)


def legacy(path: str, answer: object = None, status: int = 200, **more: Any) -> Exchange:
    return Exchange("GET", f"{V1}/{path}", answer=answer, status=status, basic=BASIC, **more)


STORIES = [
    Story(
        "A.4",
        "without a token the gateway refuses, without a password the installation of one's own",
        (
            Exchange(
                "GET", "/TWIN_TST/M3/m3api-rest/v2/execute/MNS150MI/GetUserData", status=401, anonymous=True
            ),
            Exchange("GET", f"{BULK}/MNS150MI/GetUserData", status=401, anonymous=True),
            Exchange("GET", f"{BULK}/MNS150MI/GetUserData", status=401, basic=("mi-user", "wrong")),
            Exchange(
                "GET", f"{BULK}/MNS150MI/GetUserData", basic=BASIC, answer={"results": [{"records": [...]}]}
            ),
            single("MNS150MI/GetUserData"),
            lever("/tokens/expire", None, {"expired": 1}),
            single("MNS150MI/GetUserData", status=401),
        ),
        ("authorization_not_bearer",),
    ),
    Story(
        SINGLE,
        "fields are upper-case query parameters, options lower-case, in the query or as matrix parameters",
        (
            NEW_CUSTOMER,
            single(
                "CRS610MI/GetBasicData?CUNO=$customer&cono=100&returncols=CUNO,CUNM&maxrecs=100&_rid=1",
                {
                    "results": [
                        {
                            "transaction": "GetBasicData",
                            "records": [{"CUNO": "C10001", "CUNM": "Gearbox GmbH"}],
                        }
                    ],
                    "wasTerminated": False,
                    "nrOfSuccessfullTransactions": 1,
                    "nrOfNotProcessedTransactions": 0,
                    "nrOfFailedTransactions": 0,
                },
                absent=(
                    "results.0.errorCode",
                    "results.0.parameters",
                    "results.0.records.0.CUA1",
                    "terminationReason",
                ),
            ),
            single(
                "CRS610MI/GetBasicData;maxrecs=100;returncols=CUNO,CUA2,CUNM;excludempty=true;metadata=true?CUNO=$customer",
                {"results": [{"records": [{"CUNO": "C10001", "CUNM": "Gearbox GmbH"}]}]},
                absent=("results.0.records.0.CUA2",),
            ),
            single(
                "CRS610MI/GetBasicData?CUNO=$customer&righttrim=false&extendedresult=true&returncols=CUNO,CUA2",
                {
                    "results": [
                        {
                            "parameters": {"CUNO": "C10001"},
                            "records": [{"CUNO": "C10001    ", "CUA2": " " * 36}],
                        }
                    ]
                },
            ),
        ),
    ),
    Story(
        SINGLE,
        "dates come and go in six forms; an empty one is 0",
        (
            NEW_CUSTOMER,
            *(
                single(
                    f"CRS610MI/GetBasicData?CUNO=$customer&returncols=LMDT&dateformat={form}",
                    {"results": [{"records": [{"LMDT": written}]}]},
                )
                for form, written in {
                    "YMD8": "20260302",
                    "YMD6": "260302",
                    "MDY6": "030226",
                    "DMY6": "020326",
                    "YWD5": "26101",
                    "YMD8-": "2026-03-02",
                }.items()
            ),
            posted(
                {
                    "program": "OIS100MI",
                    "transactions": [
                        {"transaction": "AddBatchHead", "record": {"CUNO": "$customer", "RLDT": "2026-04-01"}}
                    ],
                },
                answer={"nrOfFailedTransactions": 1},
            ),
            Exchange(
                "POST",
                f"{BULK}?dateformat=YMD8-",
                {
                    "program": "OIS100MI",
                    "transactions": [
                        {"transaction": "AddBatchHead", "record": {"CUNO": "$customer", "RLDT": "2026-04-01"}}
                    ],
                },
                answer={"nrOfSuccessfullTransactions": 1},
            ),
            call(
                "OIS100MI",
                "GetBatchHead",
                {"ORNO": "0000054321"},
                {"RLDT": "20260401", "ORDT": "20260302", "RLDZ": "20260401"},
            ),
        ),
        ("date_format",),
    ),
    Story(
        SINGLE,
        "a list is cut off at 100 without a word, or where maxrecs says; 0 is all",
        (
            lever("/products", [{"ProductID": f"X-{n:03}"} for n in range(150)]),
            single(
                "MMS200MI/LstItmByItm?ITNO=X-000&returncols=ITNO", keep={"last": "results.0.records.99.ITNO"}
            ),
            single(
                "MMS200MI/LstItmByItm?ITNO=$last&maxrecs=0&returncols=ITNO",
                keep={"end": "results.0.records.50.ITNO"},
            ),
            single(
                "MMS200MI/LstItmByItm?ITNO=$end&maxrecs=2&returncols=ITNO",
                {"results": [{"records": [{"ITNO": "X-149"}]}]},
            ),
        ),
        ("maxrecs_not_set",),
    ),
    Story(
        SINGLE,
        "the company is the user's unless it is told, once; another is not authorised",
        (
            single(
                "MNS150MI/GetUserData",
                {"results": [{"records": [{"CONO": "100", "DIVI": "AAA", "WHLO": "100"}]}]},
            ),
            single("MNS150MI/GetUserData?cono=0", {"errorCode": "XAU0008", "errorField": "CONO      "}, 400),
            single("MNS150MI/GetUserData?divi=ZZZ", {"errorField": "DIVI      "}, 400),
            single(
                "CRS610MI/LstTemplates?CONO=100&cono=100&maxrecs=0", {"results": [{"records": [..., ...]}]}
            ),
        ),
        ("cono_twice",),
    ),
    Story(
        SINGLE,
        "a GET that writes, writes; a client should not rely on it",
        (
            single(
                "CRS610MI/Add?CUTM=TEMPLATE&CUNM=A&CUA1=B", {"results": [{"records": [{"CUNO": "C10001"}]}]}
            ),
            books({"customers": [{"CustomerID": "C10001"}]}),
        ),
        ("write_by_get",),
    ),
    Story(
        SINGLE,
        "unknown options, columns and fields are ignored by M3, and noted here",
        (
            single("MMS200MI/GetItmBasic?ITNO=BRK-1001&limit=3", {"results": [{"records": [...]}]}),
            single(
                "MMS200MI/GetItmBasic?ITNO=BRK-1001&returncols=ITNO,NONE",
                {"results": [{"records": [{"ITNO": "BRK-1001"}]}]},
            ),
            single("MMS200MI/GetItmBasic?ITNO=BRK-1001&XXXX=3", {"results": [{"records": [...]}]}),
            single("MMS200MI/GetItmBasic?ITNO=brk-1001&maxrecs=many", {"results": [{"records": [...]}]}),
        ),
        ("unknown_option", "unknown_column", "unknown_field", "unknown_option"),
    ),
    Story(
        MANY,
        "transactions are played in order, and those behind a refused one too",
        (
            posted(
                {"program": "MMS200MI", "cono": 100, "transactions": ITEMS},
                answer={
                    "results": [
                        {"records": [{"ITNO": "BRK-1001"}], "notProcessed": False},
                        {"errorCode": "WIT0103", "errorField": "ITNO      ", "notProcessed": False},
                        {"records": [{"ITNO": "BRK-1002"}], "notProcessed": False},
                    ],
                    "wasTerminated": False,
                    "bulkJobId": ...,
                    "nrOfSuccessfullTransactions": 2,
                    "nrOfNotProcessedTransactions": 0,
                    "nrOfFailedTransactions": 1,
                },
                absent=("terminationReason", "results.1.records"),
            ),
        ),
    ),
    Story(
        MANY,
        "or the bulk ends at the first refusal: what was done stays, the rest is not processed",
        (
            lever("/habits", {"bulk_stops": True}),
            NEW_CUSTOMER,
            NEW_HEAD,
            bulk(
                "OIS100MI",
                *(
                    ("AddBatchLine", {"ORNO": "$temporary", "ITNO": item, "ORQT": "1"})
                    for item in ("BRK-1001", "NONE", "BRK-1002")
                ),
                answer={
                    "results": [
                        {"records": [{"PONR": "1"}]},
                        {"errorCode": "WIT0103", "notProcessed": False},
                        {"transaction": "AddBatchLine", "notProcessed": True},
                    ],
                    "wasTerminated": True,
                    "terminationReason": ...,
                    "terminationErrorType": "ServerReturnedNOK",
                    "nrOfSuccessfullTransactions": 1,
                    "nrOfNotProcessedTransactions": 1,
                    "nrOfFailedTransactions": 1,
                },
                absent=("results.2.records",),
            ),
            call("OIS100MI", "LstBatchLine", {"ORNO": "$temporary"}, {"ITNO": "BRK-1001"}),
        ),
    ),
    Story(
        MANY,
        "options stand in the body, columns with each transaction",
        (
            posted(
                {
                    "program": "MMS200MI",
                    "cono": 100,
                    "divi": "AAA",
                    "excludeEmptyValues": True,
                    "rightTrim": False,
                    "maxReturnedRecords": 1,
                    "transactions": [
                        {
                            "transaction": "LstItmByItm",
                            "record": {"ITNO": "BRK"},
                            "selectedColumns": ["ITNO", "DWNO"],
                        }
                    ],
                },
                answer={"results": [{"records": [{"ITNO": "BRK-0900       "}]}]},
                absent=("results.0.records.0.DWNO",),
            ),
            posted(
                {"program": "MMS200MI", "limit": 3, "transactions": ITEMS[:1]},
                answer={"nrOfSuccessfullTransactions": 1},
            ),
        ),
        ("unknown_option",),
    ),
    Story(
        MANY,
        "the transactions come last: what stands behind them is read too late",
        (
            posted(
                {"program": "MMS200MI", "transactions": ITEMS[:1], "rightTrim": False},
                answer={"results": [{"records": [{"ITNO": "BRK-1001"}]}]},
            ),
            posted({"transactions": ITEMS[:1], "program": "MMS200MI"}, 400, {"terminationReason": ...}),
        ),
        ("transactions_not_last", "transactions_not_last"),
    ),
    Story(
        MANY,
        "what is no bulk is refused as a whole, all values are strings, and a bulk has its bounds",
        (
            posted({"program": "MMS200MI"}, 400, {"terminationReason": ..., "terminationErrorType": ...}),
            posted({"program": "MMS200MI", "transactions": []}, 400),
            posted({"program": "MMS200MI", "transactions": [{"transaction": "Get", "fields": {}}]}, 400),
            Exchange("POST", BULK, raw="{", status=400),
            posted(
                {
                    "program": "CRS630MI",
                    "maxReturnedRecords": 0,
                    "transactions": [{"transaction": "LstAccountID", "record": {"AITP": 1}}],
                },
                answer={"nrOfSuccessfullTransactions": 1},
            ),
            posted({"program": "MMS200MI", "transactions": ITEMS[:1] * 81}),
        ),
        (
            "malformed_bulk",
            "malformed_bulk",
            "malformed_bulk",
            "malformed_json",
            "not_a_string",
            "bulk_too_long",
        ),
    ),
    Story(
        ANSWER,
        "a refused single call is 400 with the error at the top",
        (
            single(
                "CRS610MI/GetBasicData?CUNO=C99999",
                {
                    "errorCode": "XIM0002",
                    "errorField": "CUNO      ",
                    "errorMessage": "Customer number is invalid".ljust(120),
                    "errorType": "ServerReturnedNOK",
                },
                400,
                absent=("results",),
            ),
            single(
                "CRS610MI/GetNothing",
                {"terminationReason": ..., "terminationErrorType": "TransactionNotFound"},
                400,
                absent=("errorCode",),
            ),
        ),
        ("unknown_transaction",),
    ),
    Story(
        ANSWER,
        "older servers answer 200 with the error inside the result, and texts may come without blanks",
        (
            lever("/habits", {"single_errors": 200, "padded": False}),
            single(
                "CRS610MI/GetBasicData?CUNO=C99999",
                {
                    "results": [
                        {
                            "errorCode": "XIM0002",
                            "errorField": "CUNO",
                            "errorMessage": "Customer number is invalid",
                        }
                    ],
                    "nrOfFailedTransactions": 1,
                },
                absent=("errorCode",),
            ),
        ),
    ),
    Story(
        ANSWER,
        "mandatory fields, lengths and numbers are checked before anything happens",
        (
            bulk(
                "CRS610MI",
                ("Add", {"CUTM": "TEMPLATE", "CUNM": "A"}),
                ("Add", {"CUTM": "TEMPLATE", "CUNM": "A" * 37, "CUA1": "B"}),
                ("Add", {"CUTM": "TEMPLATE", "CUNM": "A", "CUA1": "B", "CFC2": "x"}),
                answer={
                    "results": [
                        {"errorType": "MandatoryInputFieldNotFound", "errorField": "CUA1      "},
                        {"errorType": "InputFieldTooLong", "errorField": "CUNM      "},
                        {"errorType": "ServerReturnedNOK", "errorField": "CFC2      "},
                    ],
                    "nrOfFailedTransactions": 3,
                },
            ),
            books({"customers": []}),
        ),
        ("mandatory", "too_long", "not_numeric"),
    ),
    Story(
        ANSWER,
        "a missing right is told as any refusal",
        (
            lever(
                "/rights", {"revoke": ["CRS610MI/Add", "MMS200MI"]}, {"revoked": ["CRS610MI/Add", "MMS200MI"]}
            ),
            refused("CRS610MI", "Add", {"CUTM": "TEMPLATE", "CUNM": "A", "CUA1": "B"}, "XAU0001", ""),
            refused("MMS200MI", "GetItmBasic", {"ITNO": "BRK-1001"}, "XAU0001", ""),
            lever("/rights", {"grant": ["MMS200MI"]}),
            call("MMS200MI", "GetItmBasic", {"ITNO": "BRK-1001"}, {"UNMS": "EA"}),
        ),
    ),
    Story(
        ANSWER,
        "which transactions and fields there are can be asked",
        (
            call(
                "MRS001MI",
                "LstFields",
                {"MINM": "EXPORTMI", "TRNM": "Select", "TRTP": "I"},
                {"FLNM": "QERY", "LENG": "982", "MAND": "1", "TYPE": "A"},
                {"FLNM": "SEPC", "MAND": "0"},
                {"FLNM": "HDRS", "TYPE": "N"},
                {"FLNM": "CONO", "TYPE": "N"},
            ),
            call(
                "MRS001MI",
                "LstAdtFieldInf",
                {"MINM": "MMS200MI", "TRNM": "LstItmByChgDate", "TRTP": "I"},
                {"FLNM": "CONO", "TYPE": "N"},
                {"FLNM": "FLMD", "TYPE": "D"},
                {"FLNM": "TLMD", "TYPE": "D"},
                {"FLNM": "CSDS", "TYPE": "N"},
                {"FLNM": "LNCD", "TYPE": "A"},
            ),
            call("MRS001MI", "LstTransactions", {"MINM": "OIS320MI"}, {"TRNM": "GetPriceLine"}),
            call("MRS001MI", "LstTransactions", {"MINM": "CMS100MI"}, ..., ..., ...),
            refused("MRS001MI", "LstTransactions", {"MINM": "OIS002MI"}, "WMI0103", "MINM"),
        ),
    ),
    Story(
        LEGACY,
        "the old interface pads values, describes fields, and writes a list of one as its element",
        (
            NEW_CUSTOMER,
            legacy(
                "CRS610MI/GetBasicData;maxrecs=100;returncols=CUNO,LMDT?CUNO=$customer",
                {
                    "Program": "CRS610MI",
                    "Transaction": "GetBasicData",
                    "Metadata": {"Field": ...},
                    "MIRecord": {
                        "RowIndex": 0,
                        "NameValue": [
                            {"Name": "CUNO", "Value": "C10001    "},
                            {"Name": "LMDT", "Value": "20260302  "},
                        ],
                    },
                },
            ),
            lever("/habits", {"single_element_is_object": False}),
            legacy(
                "EXPORTMI/Select?QERY=OKCUNM from OCUSMA where OKCUNO %3D 'C10001'&maxrecs=0",
                {
                    "Metadata": {
                        "Field": [{"@name": "REPL", "@type": "A", "@length": "3985", "@description": ...}]
                    },
                    "MIRecord": [
                        {"RowIndex": 0, "NameValue": [{"Name": "REPL", "Value": "Gearbox GmbH".ljust(3985)}]}
                    ],
                },
            ),
            legacy(
                "CRS610MI/GetBasicData?CUNO=C99999",
                {
                    "@type": "ServerReturnedNOK",
                    "@code": "XIM0002",
                    "@field": "CUNO      ",
                    "Message": "Customer number is invalid".ljust(120),
                },
            ),
            legacy("MMS200MI/GetItmBasic?ITNO=BRK-1001", "<miResult/>", headers={"Accept": "text/xml"}),
        ),
        ("accept",),
    ),
    Story(
        QUIRKS,
        "keys are turned into upper case, and leading zeros count",
        (
            call(
                "CRS610MI",
                "Add",
                {"CUTM": "template", "CUNO": "stk7", "CUNM": "A", "CUA1": "B"},
                {"CUNO": "STK7"},
            ),
            call("CRS610MI", "GetBasicData", {"CUNO": "stk7"}, {"CUNO": "STK7"}),
            Exchange(
                "POST",
                BULK,
                {
                    "program": "OIS275MI",
                    "transactions": [{"transaction": "GetTmpOrderStat", "record": {"ORNO": "54321"}}],
                },
                answer={"nrOfFailedTransactions": 1},
            ),
        ),
    ),
    Story(
        QUIRKS,
        "something between may answer a GET once more as before, a POST never",
        (
            lever("/caching", {"seconds": 60}),
            NEW_CUSTOMER,
            NEW_HEAD,
            single("OIS100MI/LstBatchLine?ORNO=$temporary&maxrecs=0", {"results": [{"records": []}]}),
            NEW_LINE,
            single("OIS100MI/LstBatchLine?ORNO=$temporary&maxrecs=0", {"results": [{"records": []}]}),
            single(
                "OIS100MI/LstBatchLine?ORNO=$temporary&maxrecs=0&_rid=2", {"results": [{"records": [...]}]}
            ),
            call("OIS100MI", "LstBatchLine", {"ORNO": "$temporary"}, ...),
            Wait(60),
            single("OIS100MI/LstBatchLine?ORNO=$temporary&maxrecs=0", {"results": [{"records": [...]}]}),
        ),
    ),
    Story(
        "A.3",
        "an address that is not there is 404",
        (
            single("CRS610MI", status=404),
            Exchange("DELETE", BULK, status=405),
        ),
        ("unknown_path", "unknown_path"),
    ),
]
