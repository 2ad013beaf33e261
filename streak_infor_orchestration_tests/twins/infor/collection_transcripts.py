"""Infor façade contract, "Collections": lists, filters, cursors, ETags, customers, contacts, read-only ones."""

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.infor.exchange import (
    NEW_CUSTOMER,
    NEW_ORDER,
    get,
    lever,
    order_with,
    post,
    put,
    refusal,
)

COLLECTIONS = "Collections"


def customer(name: str, **fields: object) -> Exchange:
    return post("/customers", {"Name": name, **fields})


def named(*names: str) -> dict[str, object]:
    return {"Items": [{"Name": name} for name in names], "NextCursor": None}


def bad_query(query: str, field: str, rule: str) -> Exchange:
    return get(f"/customers?{query}", refusal("validation", 400, (field, rule)), 400)


STORIES = [
    Story(
        COLLECTIONS,
        "POST creates: 201, the record, Location",
        (
            post(
                "/customers",
                {"Name": "Gearbox GmbH"},
                {
                    "CustomerID": ...,
                    "Name": "Gearbox GmbH",
                    "Email": None,
                    "CreditHold": False,
                    "Status": "Active",
                    "BillingAddress": None,
                    "CustomFields": {},
                    "CreatedAt": ...,
                    "ModifiedAt": ...,
                },
                answer_headers={"location": ..., "content-type": "application/json"},
                keep={"customer": "CustomerID", "location": "header:Location"},
            ),
            get("$location", {"CustomerID": "$customer", "Name": "Gearbox GmbH"}),
            get("/customers/$customer", {"Name": "Gearbox GmbH"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "PUT replaces the fields it names and no others; null empties one",
        (
            post("/customers", {"Name": "A", "Email": "a@x.example", "Phone": "1"}, keep={"c": "CustomerID"}),
            Wait(5),
            put(
                "/customers/$c",
                {"Name": "B", "Phone": None},
                {
                    "Name": "B",
                    "Email": "a@x.example",
                    "Phone": None,
                    "CreatedAt": "2026-03-02T09:00:00.000000Z",
                    "ModifiedAt": "2026-03-02T09:00:05.000000Z",
                },
            ),
            put("/customers/$c", {"Name": None}, refusal("validation", 400, ("Name", "required")), 400),
        ),
        violations=("required",),
    ),
    Story(
        COLLECTIONS,
        "the key and the instants are the server's",
        (
            post(
                "/customers",
                {"Name": "A", "CustomerID": "C1", "ModifiedAt": "2026-01-01T00:00:00Z"},
                refusal("validation", 400, ("CustomerID", "read_only"), ("ModifiedAt", "read_only")),
                400,
            ),
        ),
        violations=("read_only", "read_only"),
    ),
    Story(
        COLLECTIONS,
        "If-Match with a fresh tag writes, with a stale one is 412",
        (
            NEW_CUSTOMER,
            get("/customers/$customer", answer_headers={"etag": ...}, keep={"tag": "header:ETag"}),
            put("/customers/$customer", {"Phone": "1"}, headers={"If-Match": "$tag"}),
            put(
                "/customers/$customer",
                {"Phone": "2"},
                refusal("stale", 412),
                412,
                headers={"If-Match": "$tag"},
            ),
            get("/customers/$customer", {"Phone": "1"}, keep={"tag": "header:ETag"}),
            put("/customers/$customer", {"Phone": "2"}, headers={"If-Match": '"other", $tag'}),
            put("/customers/$customer", {"Phone": "3"}, {"Phone": "3"}, headers={"If-Match": "*"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "a list is Items and NextCursor, ordered by ModifiedAt, then by key",
        (
            customer("A"),
            customer("B"),
            Wait(1),
            customer("C"),
            get("/customers", named("A", "B", "C")),
            get("/customers?name=a", keep={"a": "Items.0.CustomerID"}),
            Wait(1),
            put("/customers/$a", {"Phone": "1"}),
            get("/customers", named("B", "C", "A")),
        ),
    ),
    Story(
        COLLECTIONS,
        "limit cuts the page and the cursor goes on from there",
        (
            customer("A"),
            customer("B"),
            customer("C"),
            get(
                "/customers?limit=2",
                {"Items": [{"Name": "A"}, {"Name": "B"}], "NextCursor": ...},
                keep={"n": "NextCursor"},
            ),
            get("/customers?limit=2&cursor=$n", named("C")),
            get("/customers?limit=3", named("A", "B", "C")),
        ),
    ),
    Story(
        COLLECTIONS,
        "a record changed between two pages comes again, none is lost",
        (
            post("/customers", {"Name": "A"}, keep={"a": "CustomerID"}),
            customer("B"),
            customer("C"),
            get("/customers?limit=2", keep={"n": "NextCursor"}),
            Wait(1),
            put("/customers/$a", {"Phone": "1"}),
            get("/customers?limit=2&cursor=$n", named("C", "A")),
        ),
    ),
    Story(
        COLLECTIONS,
        "limit is 1 to 500; queries are checked",
        (
            bad_query("limit=0", "limit", "range"),
            bad_query("limit=501", "limit", "range"),
            bad_query("limit=ten", "limit", "range"),
            bad_query("cursor=%21", "cursor", "format"),
            bad_query("modifiedSince=yesterday", "modifiedSince", "format"),
            bad_query("modifiedSince=2026-03-02T09:00:00%2B01:00", "modifiedSince", "format"),
            bad_query("status=Sleeping", "status", "choice"),
            bad_query("email=a&email=b", "email", "repeated_query_parameter"),
            get("/customers?limit=500", named()),
        ),
        violations=(
            "range",
            "range",
            "range",
            "format",
            "format",
            "format",
            "choice",
            "repeated_query_parameter",
        ),
    ),
    Story(
        COLLECTIONS,
        "an unknown query parameter is 400, also another collection's",
        (
            bad_query("since=1", "since", "unknown_query_parameter"),
            bad_query("orderId=1", "orderId", "unknown_query_parameter"),
            bad_query("Email=x", "Email", "unknown_query_parameter"),
            NEW_CUSTOMER,
            get("/customers/$customer?email=x", refusal("validation", 400), 400),
        ),
        violations=("unknown_query_parameter",) * 4,
    ),
    Story(
        COLLECTIONS,
        "modifiedSince is inclusive",
        (
            customer("A"),
            Wait(1),
            customer("B"),
            Wait(1),
            customer("C"),
            get("/customers?modifiedSince=2026-03-02T09:00:01Z", named("B", "C")),
            get("/customers?modifiedSince=2026-03-02T09:00:01.000000Z&limit=1", {"Items": [{"Name": "B"}]}),
            get("/customers?modifiedSince=2026-03-02T09:00:01.000001Z", named("C")),
            get("/customers?modifiedSince=2026-03-02T09:00:02.5Z", named()),
        ),
    ),
    Story(
        COLLECTIONS,
        "name, email and taxId are exact and case-insensitive",
        (
            customer("Gearbox GmbH", Email="Sales@Gearbox.example", TaxID="DE123456789"),
            customer("Gearbox"),
            get("/customers?name=gearbox%20gmbh", named("Gearbox GmbH")),
            get("/customers?email=SALES@gearbox.example", named("Gearbox GmbH")),
            get("/customers?taxId=de123456789", named("Gearbox GmbH")),
            get("/customers?name=gear", named()),
            get("/customers?email=sales@gearbox.example&name=gearbox", named()),
        ),
    ),
    Story(
        COLLECTIONS,
        "filters follow a change at once",
        (
            post("/customers", {"Name": "A", "Email": "old@x.example"}, keep={"c": "CustomerID"}),
            put("/customers/$c", {"Email": "new@x.example", "Status": "Hold"}),
            get("/customers?email=old@x.example", named()),
            get("/customers?email=new@x.example", named("A")),
            get("/customers?status=Hold", named("A")),
            get("/customers?status=Active", named()),
        ),
    ),
    Story(
        COLLECTIONS,
        "externalReference is exact, case included, and sees every committed record at once",
        (
            customer("A", ExternalReference="SI-ABC"),
            get("/customers?externalReference=SI-ABC", named("A")),
            get("/customers?externalReference=si-abc", named()),
            get("/customers?externalReference=SI-AB", named()),
        ),
    ),
    Story(
        COLLECTIONS,
        "a customer's whole record comes back",
        (
            post(
                "/customers",
                full := {
                    "Name": "Gearbox GmbH",
                    "ContactName": "Ada Example",
                    "Email": "ada@gearbox.example",
                    "Phone": "+49 30 1234",
                    "TaxID": "DE1",
                    "Currency": "EUR",
                    "PaymentTerms": "NET30",
                    "CreditLimit": "50000.00",
                    "CreditHold": False,
                    "Status": "Prospect",
                    "BillingAddress": {
                        "Line1": "Allee 1",
                        "Line2": "Hof",
                        "City": "Berlin",
                        "Region": "BE",
                        "PostalCode": "10115",
                        "Country": "DE",
                    },
                    "ShippingAddress": {"City": "Paris", "Country": "FR"},
                    "SalespersonID": "E-101",
                    "ExternalReference": "SI-1",
                    "CustomFields": {"Segment": "A"},
                },
                full,
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "a value outside its choices or of another type is 400",
        (
            post(
                "/customers",
                {"Name": "A", "Status": "active"},
                refusal("validation", 400, ("Status", "choice")),
                400,
            ),
            post("/customers", {"Name": 7}, refusal("validation", 400, ("Name", "type")), 400),
            post(
                "/customers",
                {"Name": "A", "CreditHold": "no"},
                refusal("validation", 400, ("CreditHold", "type")),
                400,
            ),
            post("/customers", {"Name": ""}, refusal("validation", 400, ("Name", "required")), 400),
        ),
        violations=("choice", "type", "type", "required"),
    ),
    Story(
        COLLECTIONS,
        "CustomFields merge by name and null removes one",
        (
            post("/customers", {"Name": "A", "CustomFields": {"a": "1", "b": "2"}}, keep={"c": "CustomerID"}),
            put("/customers/$c", {"CustomFields": {"b": None, "c": "3"}}),
            get("/customers/$c", {"CustomFields": {"a": "1", "c": "3"}}, absent=("CustomFields.b",)),
        ),
    ),
    Story(
        COLLECTIONS,
        "CustomFields hold strings: names to 60 characters, values to 400",
        (
            post("/customers", {"Name": "A", "CustomFields": {"n" * 60: "v" * 400}}),
            post(
                "/customers",
                {"Name": "A", "CustomFields": {"n" * 61: "v"}},
                refusal("validation", 400, (f"CustomFields.{'n' * 61}", "too_long")),
                400,
            ),
            post(
                "/customers",
                {"Name": "A", "CustomFields": {"n": "v" * 401}},
                refusal("validation", 400, ("CustomFields.n", "too_long")),
                400,
            ),
            post(
                "/customers",
                {"Name": "A", "CustomFields": {"n": 1}},
                refusal("validation", 400, ("CustomFields.n", "type")),
                400,
            ),
        ),
        violations=("too_long", "too_long", "type"),
    ),
    Story(
        COLLECTIONS,
        "contacts belong to a customer and are found by customer and e-mail",
        (
            NEW_CUSTOMER,
            post(
                "/contacts",
                {"CustomerID": "$customer", "GivenName": "Ada", "Email": "Ada@x.example"},
                {"ContactID": ..., "GivenName": "Ada", "Active": True, "FamilyName": None},
                keep={"contact": "ContactID"},
            ),
            get("/contacts?customerId=$customer", {"Items": [{"ContactID": "$contact"}]}),
            get("/contacts?email=ada@X.example", {"Items": [{"ContactID": "$contact"}]}),
            get("/contacts?customerId=C0", {"Items": []}),
            get("/contacts/$contact", {"Email": "Ada@x.example"}, keep={"tag": "header:ETag"}),
            put("/contacts/$contact", {"Role": "Buyer"}, {"Role": "Buyer", "GivenName": "Ada"}),
            put(
                "/contacts/$contact",
                {"Role": "Owner", "CustomFields": {"Shoe size": "38"}},
                refusal("stale", 412),
                412,
                headers={"If-Match": "$tag"},
            ),
            put("/contacts/$contact", {"CustomFields": {"Shoe size": "38"}}, {"Role": "Buyer"}),
            post(
                "/contacts", {"GivenName": "X"}, refusal("validation", 400, ("CustomerID", "required")), 400
            ),
            post(
                "/contacts",
                {"CustomerID": "C0"},
                refusal("unknown_customer", 422, ("CustomerID", "unknown")),
                422,
            ),
        ),
        violations=("required",),
    ),
    Story(
        COLLECTIONS,
        "read-only collections list, filter and show, and take no writes",
        (
            get("/products?limit=500", {"Items": ...}),
            get(
                "/products/BRK-1001",
                {
                    "UnitPrice": "189.90",
                    "Currency": "EUR",
                    "Status": "Active",
                    "UnitOfMeasure": "EA",
                    "TaxRate": "0.19",
                },
                answer_headers={"etag": ...},
            ),
            get("/products?status=Obsolete", {"Items": [{"ProductID": "BRK-0900"}]}),
            get("/products?name=BRAKE%20caliper,%20front%20left", {"Items": [{"ProductID": "BRK-1001"}]}),
            get(
                "/inventoryitems?productId=BRK-1001",
                {"Items": [{"ProductID": "BRK-1001", "Warehouse": "100"}, ...]},
            ),
            get("/inventoryitems/BRK-1001:100", {"OnHand": "40", "Allocated": "6", "Available": "34"}),
            get("/vendors?name=castings%20nord%20ab", {"Items": [{"VendorID": "V-501", "Currency": "EUR"}]}),
            get(
                "/employees?email=mara.lind@acme.example",
                {"Items": [{"EmployeeID": "E-101", "Active": True}]},
            ),
            get("/glaccounts/4090", {"Blocked": True}),
            get("/exchangerates?base=EUR&quote=USD&date=2026-03-02", {"Items": [{"Rate": "1.0850"}]}),
            get("/exchangerates/EUR:JPY:2026-03-01", {"Base": "EUR", "Quote": "JPY", "Date": "2026-03-01"}),
            get("/creditnotes", {"Items": [], "NextCursor": None}),
            get("/payments", {"Items": [], "NextCursor": None}),
            post(
                "/products",
                {"ProductID": "X"},
                refusal("validation", 405),
                405,
                answer_headers={"allow": ...},
            ),
            put("/glaccounts/4000", {"Blocked": True}, refusal("validation", 405), 405),
            Exchange("DELETE", "/products/BRK-1001", status=405, answer=refusal("validation", 405)),
        ),
        violations=("method", "method", "method"),
    ),
    Story(
        COLLECTIONS,
        "orders are found by customer, reference and status",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            post("/salesorders", order_with(ExternalReference="SI-9"), keep={"second": "OrderID"}),
            lever("/orders/$second/ship", {}),
            get(
                "/salesorders?customerId=$customer",
                {"Items": [{"OrderID": "$order"}, {"OrderID": "$second"}]},
            ),
            get("/salesorders?externalReference=SI-9", {"Items": [{"OrderID": "$second"}]}),
            get("/salesorders?status=Shipped", {"Items": [{"OrderID": "$second"}]}),
            get("/salesorders?status=Open&externalReference=SI-9", {"Items": []}),
        ),
    ),
]
