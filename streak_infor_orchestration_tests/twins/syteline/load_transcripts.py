"""Infor API contract, C.1 to C.3: what a load takes and answers."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.syteline.exchange import (
    CUSTOMER,
    ORDER,
    insert,
    lever,
    load,
    refused,
    refused_load,
)

QUERY, RESPONSES, QUIRKS, IDOS = "C.1", "C.2", "C.3", "C.5"


def items(*names: str) -> list[dict[str, str]]:
    return [{"Item": name} for name in names]


def found(condition: str, *names: str) -> Exchange:
    return load("SLItems", items(*names), properties="Item", filter=condition)


def customer(name: str, **values: str | None) -> Exchange:
    return insert("SLCustomers", {"CustNum": "TBD", "Name": name, **values})


def named(condition: str, *names: str) -> Exchange:
    return load("SLCustomers", [{"Name": name} for name in names], properties="Name", filter=condition)


def page(query: str, *names: str, more: bool, **answer: Any) -> Exchange:
    expected = {"Items": items(*names), "MoreRowsExist": more, **answer}
    return Exchange(
        "GET", f"/load/SLItems?properties=Item&{query}", answer=expected, keep={"mark": "Bookmark"}
    )


ALL = "BRK-0900 BRK-1001 BRK-1002 BRK-2001 BRK-2002 CAL-8001 DSC-3001 FLD-5001 HSE-4001 KIT-7001 SNS-6001 SRV-9001"

STORIES = [
    Story(
        RESPONSES,
        "a load answers items with their lock, a bookmark, and whether there is more",
        (
            CUSTOMER,
            ORDER,
            Exchange(
                "GET",
                "/load/SLCos?properties=CoNum,CustNum,OrderDate&filter=CustPo%20%3D%20N'STK-000123'",
                answer={
                    "Success": True,
                    "Message": None,
                    "Items": [
                        {
                            "CoNum": "  STK00123",
                            "CustNum": "   1001",
                            "OrderDate": "20260302 00:00:00.000",
                            "_ItemId": ...,
                        }
                    ],
                    "Bookmark": "<B><P><p>CoNum</p></P><D><f>false</f></D><F><v>  STK00123</v></F>"
                    "<L><v>  STK00123</v></L></B>",
                    "MoreRowsExist": False,
                },
            ),
        ),
    ),
    Story(
        RESPONSES,
        "the lock is the row's date and pointer",
        (
            CUSTOMER,
            Exchange(
                "GET",
                "/load/SLCustomers?properties=RowPointer,RecordDate,CreateDate",
                answer={
                    "Items": [{"RecordDate": "20260302 09:00:00.000", "CreateDate": "20260302 09:00:00.000"}]
                },
                keep={"pointer": "Items.0.RowPointer"},
            ),
            load(
                "SLCustomers",
                [{"_ItemId": "PBT=[customer] customer.DT=[2026-03-02 09:00:00.000] customer.ID=[$pointer]"}],
                properties="Name",
            ),
        ),
    ),
    Story(
        RESPONSES,
        "readOnly leaves the lock out",
        (
            Exchange(
                "GET",
                "/load/SLItems?properties=Item&recordCap=1&readOnly=true",
                answer={"Items": [{"Item": "BRK-0900"}]},
                absent=("Items.0._ItemId",),
            ),
        ),
    ),
    Story(
        QUIRKS,
        "every value is a string: eight decimals, flags 0 and 1, null where there is none",
        (
            load(
                "SLItems",
                [{"Item": "BRK-1001", "UnitPrice": "189.90000000", "UM": "EA", "ProductCode": None}],
                filter="Item = N'BRK-1001'",
            ),
            CUSTOMER,
            load("SLCustomers", [{"CustSeq": "0", "CreditHold": "0", "CreditLimit": None}]),
        ),
    ),
    Story(
        QUERY,
        "an asterisk is every property",
        (
            Exchange(
                "GET",
                "/load/SLItemwhses?properties=*&recordCap=1",
                answer={
                    "Items": [
                        {
                            "Item": "BRK-1001",
                            "Whse": "100",
                            "QtyOnHand": "40.00000000",
                            "QtyAllocCo": "6.00000000",
                            "QtyOrdered": None,
                            "RecordDate": ...,
                            "RowPointer": ...,
                            "_ItemId": ...,
                        }
                    ]
                },
            ),
        ),
    ),
    Story(
        QUERY,
        "parameters may be written in lower case",
        (
            Exchange(
                "GET",
                "/load/SLItems?properties=Item&orderby=Item%20DESC&recordcap=2&loadtype=first&readonly=TRUE",
                answer={"Items": items("SRV-9001", "SNS-6001"), "MoreRowsExist": True},
            ),
        ),
    ),
    Story(
        QUERY,
        "recordCap 0 is all, -1 the default",
        (
            load("SLItems", items(*ALL.split()), recordCap="0"),
            load("SLItems", items(*ALL.split()), recordCap="-1"),
            load("SLItems", items("BRK-0900"), recordCap="1"),
        ),
    ),
    Story(
        QUIRKS,
        "pages go on by NEXT and the bookmark of the page before, and back by PREVIOUS",
        (
            page("recordCap=5", *ALL.split()[:5], more=True),
            page("recordCap=5&loadType=NEXT&bookmark=$mark", *ALL.split()[5:10], more=True),
            page("recordCap=5&loadType=NEXT&bookmark=$mark", *ALL.split()[10:], more=False),
            page("recordCap=5&loadType=PREVIOUS&bookmark=$mark", *ALL.split()[5:10], more=True),
            page("recordCap=9&loadType=PREV&bookmark=$mark", *ALL.split()[:5], more=False),
            page("recordCap=2&loadType=LAST", *ALL.split()[10:], more=True),
        ),
    ),
    Story(
        QUIRKS,
        "a bookmark of rows that are equal in the order goes on by the key",
        (
            page("recordCap=3&orderBy=Stat%20DESC", "BRK-0900", "BRK-1001", "BRK-1002", more=True),
            page(
                "recordCap=2&orderBy=Stat%20DESC&loadType=NEXT&bookmark=$mark",
                "BRK-2001",
                "BRK-2002",
                more=True,
            ),
        ),
    ),
    Story(
        QUIRKS,
        "a row that comes while pages are read is not lost, none comes twice",
        (
            page("recordCap=11", *ALL.split()[:11], more=True),
            lever("/products", {"ProductID": "SNS-9999"}),
            lever("/products", {"ProductID": "AAA-0001"}),
            page("recordCap=11&loadType=NEXT&bookmark=$mark", "SNS-9999", "SRV-9001", more=False),
        ),
    ),
    Story(
        QUIRKS,
        "a bookmark that is none, or of another order",
        (
            page("recordCap=1", "BRK-0900", more=True),
            refused_load("SLItems", loadType="NEXT", bookmark="x"),
            Exchange(
                "GET",
                "/load/SLItems?properties=Item&orderBy=UM&loadType=NEXT&bookmark=$mark",
                answer=refused(),
            ),
        ),
        violations=("bookmark", "bookmark"),
    ),
    Story(
        QUIRKS,
        "filters compare, without looking at case",
        (
            found("Item = N'brk-1001'", "BRK-1001"),
            found("Item = 'BRK-1001'", "BRK-1001"),
            found("UnitPrice > 100 AND UnitPrice <= 189.90", "BRK-1001", "BRK-1002"),
            found("UnitPrice = '12.35'", "HSE-4001"),
            found("Item <> N'BRK-0900' AND Stat = 'O'"),
            found("UM IN (N'L', N'H')", "FLD-5001", "SRV-9001"),
            found("Item LIKE N'BRK-100%'", "BRK-1001", "BRK-1002"),
            found("Item LIKE N'_RK-_9%'", "BRK-0900"),
            found("Item NOT LIKE N'%-%'"),
            found("Item BETWEEN N'BRK-1002' AND N'BRK-2001'", "BRK-1002", "BRK-2001"),
            found("Item >= N'S' OR Item < N'BRK-1'", "BRK-0900", "SNS-6001", "SRV-9001"),
            found("NOT (Item >= N'BRK-1001')", "BRK-0900"),
            found("(Item = N'BRK-1001' OR Item = N'BRK-1002') AND Description LIKE N'%right'", "BRK-1002"),
        ),
    ),
    Story(
        QUIRKS,
        "a quote in a text is doubled",
        (
            customer("O'Neill & Sons"),
            customer("Neill"),
            named("Name = N'O''Neill & Sons'", "O'Neill & Sons"),
            named("Name LIKE N'%''%'", "O'Neill & Sons"),
        ),
    ),
    Story(
        QUIRKS,
        "null is neither equal nor unequal to anything, and blank is null",
        (
            customer("A", CrmGuid="x"),
            customer("B", CrmGuid=""),
            customer("C"),
            named("CrmGuid <> N''", "A"),
            named("CrmGuid <> N'y'", "A"),
            named("NOT (CrmGuid = N'x')"),
            named("CrmGuid IS NULL", "B", "C"),
            named("CrmGuid IS NOT NULL", "A"),
            named("CrmGuid = N'x' OR Name = N'C'", "A", "C"),
        ),
    ),
    Story(
        QUIRKS,
        "keys are found padded only, and blanks at the start count",
        (
            CUSTOMER,
            load("SLCustomers", [{"Name": "Gearbox GmbH"}], filter="CustNum = N'   1001'"),
            load("SLCustomers", [], properties="Name", filter="CustNum = N'1001'"),
        ),
    ),
    Story(
        QUIRKS,
        "changes are found by RecordDate, in the internal format",
        (
            customer("A"),
            Wait(5),
            customer("B"),
            named("RecordDate > '20260302 09:00:00.000'", "B"),
            named("RecordDate >= '20260302 09:00:00.000' AND RecordDate < '20260303'", "A", "B"),
            named("RecordDate >= '20260302'", "A", "B"),
        ),
    ),
    Story(
        QUIRKS,
        "an ISO date in a filter is refused",
        (refused_load("SLItems", filter="RecordDate > '2026-03-02T09:00:00'"),),
        violations=("date_format",),
    ),
    Story(
        QUIRKS,
        "no functions, no sub-queries, no open quotes, no SQL behind",
        (
            refused_load("SLItems", filter="UPPER(Item) = 'X'"),
            refused_load("SLItems", filter="Item IN (SELECT Item FROM item)"),
            refused_load("SLItems", filter="Item = N'O'Neill'"),
            refused_load("SLItems", filter="Item = N'X'; DELETE FROM item"),
            refused_load("SLItems", filter="Item = N'X' AND"),
            refused_load("SLItems", filter="Item = Description"),
            refused_load("SLItems", filter="(Item = N'X'"),
            refused_load("SLItems", filter="Item ~ N'X'"),
        ),
        violations=("filter_syntax",) * 8,
    ),
    Story(
        IDOS,
        "a property that is none, anywhere in the query",
        (
            refused_load("SLItems", "Property Colour was not found on IDO SLItems", properties="Item,Colour"),
            refused_load("SLItems", filter="Colour = N'red'"),
            refused_load("SLItems", orderBy="Colour"),
        ),
        violations=("unknown_property",) * 3,
    ),
    Story(
        QUIRKS,
        "a customer's own fields are on the extended IDO only",
        (
            insert(
                "XX_SLCustomers",
                {"CustNum": "TBD", "Name": "A", "Uf_Region": "NORTH"},
                {"Uf_Region": "NORTH"},
            ),
            load("XX_SLCustomers", [{"Name": "A", "Uf_Region": "NORTH"}], filter="Uf_Region = N'north'"),
            refused_load("SLCustomers", properties="Name,Uf_Region"),
        ),
        violations=("unknown_property",),
    ),
    Story(
        QUERY,
        "properties must be sent, and nothing twice or unknown",
        (
            Exchange("GET", "/load/SLItems", answer=refused()),
            refused_load("SLItems", recordcap="1", recordCap="1"),
            refused_load("SLItems", limit="1"),
            refused_load("SLItems", recordCap="many"),
            refused_load("SLItems", recordCap="-2"),
            refused_load("SLItems", loadType="SIDEWAYS"),
            refused_load("SLItems", orderBy="Item UP"),
            refused_load("SLItems", readOnly="yes"),
            refused_load("SLItems", clm="NoSuchSp"),
        ),
        violations=(
            "properties_missing",
            "repeated_query_parameter",
            "unknown_query_parameter",
            "record_cap",
            "record_cap",
            "unknown_load_type",
            "order_syntax",
            "flag_format",
            "unknown_method",
        ),
    ),
    Story(
        QUERY,
        "distinct leaves repeated items out",
        (load("SLItems", [{"Stat": "O"}, {"Stat": "A"}], distinct="true", readOnly="true"),),
    ),
    Story(
        IDOS,
        "prices, vendors, employees, accounts, rates, terms and ship codes",
        (
            load(
                "SLItemprices",
                [{"CurrCode": "USD", "UnitPrice1": "1299.90000000", "UnitPrice2": None}],
                filter="Item = N'KIT-7001'",
            ),
            load(
                "SLVendors",
                [{"VendNum": "  V-501", "Name": "Castings Nord AB", "CurrCode": "EUR", "Stat": "A"}],
                filter="VendNum = N'  V-501'",
            ),
            load(
                "XX_SLEmployees",
                [
                    {
                        "EmpNum": "  E-101",
                        "Name": "Mara Lind",
                        "TermDate": None,
                        "Uf_Email": "mara.lind@acme.example",
                    }
                ],
                filter="EmpNum = N'  E-101'",
            ),
            load(
                "SLCharts",
                [{"Acct": "4000", "Description": "Sales, domestic", "Type": "R"}],
                filter="Acct = N'4000'",
            ),
            load(
                "SLCurrates",
                [{"FromCurrCode": "EUR", "ToCurrCode": "USD", "SellRate": "1.08500000"}],
                filter="EffDate = '20260302' AND ToCurrCode = N'USD'",
            ),
            load("SLTerms", [{"TermsCode": "N14", "DueDays": "14"}], filter="TermsCode = N'N14'"),
            load("SLShipcodes", [{"ShipCode": "UPSA", "Description": "Air"}], filter="ShipCode = N'UPSA'"),
            load("SLSites", [{"Site": "MAIN"}]),
            load("SLArinvs", [], properties="InvNum"),
        ),
    ),
]
