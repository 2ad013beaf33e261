"""Infor API contract, C.2 and C.3: what an update takes, the optimistic lock, customers and ship-tos."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.syteline.exchange import (
    CUSTOMER,
    DELETE,
    INSERT,
    ORDER,
    UPDATE,
    change,
    insert,
    lever,
    load,
    properties,
    refused,
    update,
)

RESPONSES, QUIRKS, NUMBERS, IDOS = "C.2", "C.3", "C.4", "C.5"
KEPT = {"lock": "RefreshItems.0._ItemId"}
A = insert("SLCustomers", {"CustNum": "TBD", "Name": "A"}, {"Name": "A", "_ItemId": ...}, keep=KEPT)


def refused_insert(values: dict[str, str | None], message: str | Any = ...) -> Exchange:
    return update("SLCustomers", change(INSERT, {"CustNum": "TBD", "Name": "A", **values}), refused(message))


def raw(body: Any) -> Exchange:
    return Exchange("POST", "/update/SLCustomers", body, answer=refused())


def one(entry: dict[str, Any]) -> Exchange:
    body = {"Action": INSERT, "ItemId": "", "UpdateLocking": 0, "Properties": [entry]}
    return raw({"IDOName": "SLCustomers", "Changes": [body]})


def named(*names: str) -> Exchange:
    return load("SLCustomers", [{"Name": name} for name in names], properties="Name")


STORIES = [
    Story(
        RESPONSES,
        "an insert answers what the server made of it",
        (
            update(
                "SLCustomers",
                change(INSERT, {"CustNum": "TBD", "Name": "A", "CreditLimit": "1000.5"}),
                {
                    "Success": True,
                    "Message": None,
                    "RefreshItems": [
                        {
                            "CustNum": "   1001",
                            "CustSeq": "0",
                            "Name": "A",
                            "CreditLimit": "1000.50000000",
                            "_ItemId": ...,
                        }
                    ],
                    "Bookmark": None,
                },
            ),
            load("SLCustomers", [{"Name": "A", "CurrCode": "EUR", "CreditHold": "0"}]),
        ),
    ),
    Story(
        RESPONSES,
        "without refresh there are no items in the answer; the address may ask for it",
        (
            Exchange(
                "POST",
                "/update/SLCustomers",
                {"IDOName": "SLCustomers", "Changes": [change(INSERT, {"CustNum": "TBD", "Name": "A"})]},
                answer={"Success": True, "RefreshItems": None},
            ),
            Exchange(
                "POST",
                "/update/SLCustomers?refresh=true",
                {"IDOName": "SLCustomers", "Changes": [change(INSERT, {"CustNum": "TBD", "Name": "B"})]},
                answer={"Success": True, "RefreshItems": [{"CustNum": "   1002"}]},
            ),
        ),
    ),
    Story(
        QUIRKS,
        "an update under the lock just read moves the lock",
        (
            A,
            Wait(5),
            update(
                "SLCustomers",
                change(UPDATE, {"Name": "B"}, "$lock"),
                {"RefreshItems": [{"Name": "B", "RecordDate": "20260302 09:00:05.000"}]},
            ),
            load(
                "SLCustomers",
                [
                    {
                        "Name": "B",
                        "CreateDate": "20260302 09:00:00.000",
                        "RecordDate": "20260302 09:00:05.000",
                    }
                ],
            ),
        ),
    ),
    Story(
        QUIRKS,
        "a stale lock fails, also within one millisecond; reload and retry",
        (
            A,
            update("SLCustomers", change(UPDATE, {"Name": "B"}, "$lock")),
            update("SLCustomers", change(UPDATE, {"Name": "C"}, "$lock"), refused()),
            named("B"),
            Exchange(
                "GET",
                "/load/SLCustomers?properties=Name",
                answer={"Success": True},
                keep={"lock": "Items.0._ItemId"},
            ),
            update("SLCustomers", change(UPDATE, {"Name": "C"}, "$lock")),
            named("C"),
        ),
    ),
    Story(
        RESPONSES,
        "property locking looks at what is changed only",
        (
            A,
            update("SLCustomers", change(UPDATE, {"Phone_1": "1"}, "$lock")),
            update(
                "SLCustomers",
                {
                    **change(UPDATE, {}, "$lock", UpdateLocking=1),
                    "Properties": [{"Name": "Name", "Value": "B", "OriginalValue": "A", "Modified": True}],
                },
            ),
            update(
                "SLCustomers",
                {
                    **change(UPDATE, {}, "$lock", UpdateLocking=1),
                    "Properties": [{"Name": "Name", "Value": "C", "OriginalValue": "A", "Modified": True}],
                },
                refused(),
            ),
            named("B"),
        ),
    ),
    Story(
        RESPONSES,
        "only what is modified is written",
        (
            A,
            update(
                "SLCustomers",
                {
                    **change(UPDATE, {}, "$lock"),
                    "Properties": [
                        {"Name": "Name", "Value": "B", "Modified": False},
                        {"Name": "Phone_1", "Value": "1", "Modified": True},
                    ],
                },
            ),
            load("SLCustomers", [{"Name": "A", "Phone_1": "1"}]),
        ),
    ),
    Story(
        RESPONSES,
        "IsNull empties, and so does a blank",
        (
            insert(
                "SLCustomers",
                {"CustNum": "TBD", "Name": "A", "Phone_1": "1", "City": "Ulm"},
                {"City": "Ulm"},
                keep=KEPT,
            ),
            update("SLCustomers", change(UPDATE, {"Phone_1": None, "City": ""}, "$lock")),
            load("SLCustomers", [{"Phone_1": None, "City": None}]),
        ),
    ),
    Story(
        RESPONSES,
        "a delete under the lock; what is gone cannot be locked",
        (
            A,
            update("SLCustomers", change(DELETE, {}, "$lock"), {"Success": True, "RefreshItems": []}),
            named(),
            update("SLCustomers", change(UPDATE, {"Name": "B"}, "$lock"), refused()),
        ),
    ),
    Story(
        QUIRKS,
        "of several changes only the first is applied",
        (
            update("SLCustomers", [change(INSERT, {"CustNum": "TBD", "Name": name}) for name in "ABC"]),
            named("A"),
        ),
        violations=("more_than_one_change",),
    ),
    Story(
        QUIRKS,
        "or all of them, where the server takes several",
        (
            lever("/settings", {"changes_applied": 0}),
            update("SLCustomers", [change(INSERT, {"CustNum": "TBD", "Name": name}) for name in "ABC"]),
            named("A", "B", "C"),
        ),
    ),
    Story(
        QUIRKS,
        "values are strings in the internal format",
        (
            refused_insert({"CreditLimit": "1,000.00"}),
            refused_insert({"CreditLimit": "1e3"}),
            refused_insert({"CreditLimit": "0.123456789"}),
            refused_insert({"CreditHold": "true"}),
            refused_insert({"CustSeq": "0.5"}),
            refused_insert({"Name": "x" * 61}),
            one({"Name": "CreditLimit", "Value": 1000, "Modified": True}),
            named(),
        ),
        violations=(
            "number_format",
            "number_format",
            "number_format",
            "flag_format",
            "number_format",
            "value_too_long",
            "value_not_string",
        ),
    ),
    Story(
        QUIRKS,
        "dates are yyyyMMdd HH:mm:ss.fff; ISO is rejected",
        (
            CUSTOMER,
            update("SLCos", change(INSERT, {"CustNum": "   1001", "OrderDate": "2026-03-02"}), refused()),
            update("SLCos", change(INSERT, {"CustNum": "   1001", "OrderDate": "20260302"}), refused()),
            update(
                "SLCos",
                change(INSERT, {"CustNum": "   1001", "OrderDate": "20260230 00:00:00.000"}),
                refused(),
            ),
            load("SLCos", [], properties="CoNum"),
        ),
        violations=("date_format",) * 3,
    ),
    Story(
        IDOS,
        "what the server keeps, and what there is not",
        (
            refused_insert({"RowPointer": "x"}),
            refused_insert({"DerOrderBal": "1"}),
            refused_insert({"Colour": "red"}),
            refused_insert({"Uf_Colour": "red"}),
        ),
        violations=("read_only", "read_only", "unknown_property", "unknown_property"),
    ),
    Story(
        RESPONSES,
        "a body that is none",
        (
            raw([]),
            raw({"IDOName": "SLCos", "Changes": [change(INSERT, {"Name": "A"})]}),
            raw({"IDOName": "SLCustomers", "Changes": []}),
            raw({"IDOName": "SLCustomers", "Changes": [change(3, {"Name": "A"})]}),
            raw({"IDOName": "SLCustomers", "Changes": [change(INSERT, {"Name": "A"}, UpdateLocking=2)]}),
            raw({"IDOName": "SLCustomers", "Changes": [change(INSERT, {"Name": "A"}, "PBT=[x]")]}),
            raw({"IDOName": "SLCustomers", "Changes": [change(UPDATE, {"Name": "A"})]}),
            raw({"IDOName": "SLCustomers", "Changes": [change(UPDATE, {"Name": "A"}, "mine")]}),
            one({"Value": "A", "Modified": True}),
            Exchange("POST", "/update/SLCustomers", raw="{", answer=refused()),
            Exchange("POST", "/update/SLCustomers", form={"a": "b"}, answer=refused()),
            raw(
                {
                    "IDOName": "SLCustomers",
                    "Changes": [{**change(INSERT, {}), "Properties": properties({"Name": "A"}) * 2}],
                }
            ),
            one({"Name": "SLCos", "IsNestedCollection": True, "NestedCollection": {}}),
        ),
        violations=(
            "malformed_json",
            "ido_name_differs",
            "no_changes",
            "unknown_action",
            "unknown_locking",
            "item_id",
            "item_id",
            "item_id",
            "malformed_property",
            "malformed_json",
            "content_type",
            "property_twice",
            "nested_collection",
        ),
    ),
    Story(
        NUMBERS,
        "a customer's number is the server's, or one's own, as wide as the column",
        (
            insert("SLCustomers", {"CustNum": "TBD", "Name": "A"}, {"CustNum": "   1001"}),
            insert("SLCustomers", {"CustNum": "C?", "Name": "B"}, {"CustNum": "C001001"}),
            insert("SLCustomers", {"CustNum": "  S-777", "Name": "C"}, {"CustNum": "  S-777"}),
            refused_insert({"CustNum": "  S-777"}),
            insert("SLCustomers", {"CustNum": "   1002", "Name": "D"}, {"CustNum": "   1002"}),
            insert("SLCustomers", {"CustNum": "TBD", "Name": "E"}, {"CustNum": "   1003"}),
        ),
    ),
    Story(
        QUIRKS,
        "a key that is not padded is refused",
        (refused_insert({"CustNum": "S-777"}),),
        violations=("key_not_padded",),
    ),
    Story(
        IDOS,
        "ship-to rows share the customer's IDO",
        (
            CUSTOMER,
            insert(
                "SLCustomers",
                {"CustNum": "   1001", "CustSeq": "1", "Name": "Dock 1", "City": "Ulm"},
                {"CustSeq": "1"},
            ),
            update(
                "SLCustomers", change(INSERT, {"CustNum": "   1001", "CustSeq": "1", "Name": "x"}), refused()
            ),
            update(
                "SLCustomers", change(INSERT, {"CustNum": "   9999", "CustSeq": "1", "Name": "x"}), refused()
            ),
            load(
                "SLCustAddrs",
                [
                    {"CustNum": "   1001", "CustSeq": "0", "Name": "Gearbox GmbH", "City": None},
                    {"CustNum": "   1001", "CustSeq": "1", "Name": "Dock 1", "City": "Ulm"},
                ],
            ),
            load("SLCustomers", [{"Name": "Gearbox GmbH"}], filter="CustSeq = 0"),
        ),
    ),
    Story(
        IDOS,
        "codes that a customer names must exist, and a name there must be",
        (
            refused_insert({"CurrCode": "EURO"}),
            refused_insert({"CurrCode": "XXX"}, "Currency [XXX] is not valid"),
            refused_insert({"TermsCode": "N99"}, "TermsCode [N99] is not valid"),
            refused_insert({"ShipCode": "BIKE"}, "ShipCode [BIKE] is not valid"),
            refused_insert({"Whse": "999"}, "Warehouse [999] is not valid"),
            refused_insert({"Name": ""}, "Name is required"),
            A,
            update("SLCustomers", change(UPDATE, {"Name": None}, "$lock"), refused()),
            update("SLCustomers", change(UPDATE, {"CustNum": "   7777"}, "$lock"), refused()),
        ),
        violations=("value_too_long", "required", "required", "key_changed"),
    ),
    Story(
        IDOS,
        "a customer with orders is not deleted",
        (
            CUSTOMER,
            ORDER,
            Exchange("GET", "/load/SLCustomers?properties=Name", keep={"lock": "Items.0._ItemId"}),
            update("SLCustomers", change(DELETE, {}, "$lock"), refused()),
        ),
    ),
]
