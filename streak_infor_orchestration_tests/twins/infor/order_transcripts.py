"""Infor façade contract, "Collections" (orders and money) and "What the façade does not promise"."""

from streak_infor_orchestration_tests.twins.exchange import Story, Wait
from streak_infor_orchestration_tests.twins.infor.exchange import (
    NEW_CUSTOMER,
    NEW_INVOICE,
    NEW_ORDER,
    get,
    lever,
    order_of,
    order_with,
    post,
    put,
    refusal,
)

COLLECTIONS = "Collections"
NO_PROMISE = "What the façade does not promise"
CONFLICT = refusal("conflict", 409)

STORIES = [
    Story(
        COLLECTIONS,
        "an order needs customer, date, currency and lines; a line needs product, quantity and price",
        (
            post(
                "/salesorders",
                {"LineItems": [{"Description": "x"}]},
                refusal(
                    "validation",
                    400,
                    ("Currency", "required"),
                    ("CustomerID", "required"),
                    ("LineItems[0].Price", "required"),
                    ("LineItems[0].Product", "required"),
                    ("LineItems[0].Quantity", "required"),
                    ("OrderDate", "required"),
                ),
                400,
            ),
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_with(LineItems=[]),
                refusal("validation", 400, ("LineItems", "required")),
                400,
            ),
        ),
        violations=("required",) * 7,
    ),
    Story(
        COLLECTIONS,
        "omitted members get their defaults and lines their numbers",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_with(),
                {
                    "OrderStatus": "Open",
                    "PaymentStatus": "Unpaid",
                    "Freight": "0.00",
                    "TotalAmount": "379.80",
                    "ExternalReference": None,
                    "CustomFields": {},
                    "LineItems": [
                        {
                            "LineNumber": 1,
                            "Product": "BRK-1001",
                            "Description": "Brake caliper, front left",
                            "Quantity": "2",
                            "Price": "189.90",
                            "Discount": "0.00",
                            "Tax": "0.00",
                            "GLAccount": None,
                            "LineTotal": "379.80",
                        }
                    ],
                },
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "LineTotal is Quantity x Price - Discount; TotalAmount adds Tax and Freight",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of(
                    "EUR",
                    {
                        "Product": "BRK-1001",
                        "Quantity": "3",
                        "Price": "189.90",
                        "Discount": "19.70",
                        "Tax": "104.50",
                    },
                    {
                        "Product": "FLD-5001",
                        "Quantity": "2.5",
                        "Price": "8.90",
                        "Tax": "4.23",
                        "LineNumber": 20,
                    },
                    Freight="12.00",
                    TotalAmount="692.98",
                ),
                {
                    "LineItems": [
                        {"LineNumber": 1, "LineTotal": "550.00"},
                        {"LineNumber": 20, "LineTotal": "22.25"},
                    ],
                    "TotalAmount": "692.98",
                },
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "rounding is half-even to the currency's minor unit",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of(
                    "EUR",
                    {"Product": "FLD-5001", "Quantity": "0.5", "Price": "0.25"},
                    {"Product": "FLD-5001", "Quantity": "0.5", "Price": "0.27"},
                ),
                {"LineItems": [{"LineTotal": "0.12"}, {"LineTotal": "0.14"}], "TotalAmount": "0.26"},
            ),
            post(
                "/salesorders",
                order_of(
                    "JPY",
                    {"Product": "CAL-8001", "Quantity": "0.5", "Price": "14801"},
                    {"Product": "CAL-8001", "Quantity": "0.5", "Price": "14803", "Tax": "100"},
                ),
                {
                    "LineItems": [{"LineTotal": "7400"}, {"LineTotal": "7402", "Tax": "100"}],
                    "TotalAmount": "14902",
                },
            ),
            post(
                "/salesorders",
                order_of("KWD", {"Product": "BRK-1001", "Quantity": "0.5", "Price": "1.2345"}),
                {
                    "LineItems": [{"LineTotal": "0.617", "Price": "1.2345", "Discount": "0.000"}],
                    "Freight": "0.000",
                },
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "tax and freight cannot be finer than the minor unit",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of(
                    "JPY",
                    {"Product": "CAL-8001", "Quantity": "1", "Price": "1", "Tax": "0.5"},
                    Freight="1.10",
                ),
                refusal("validation", 400, ("Freight", "precision"), ("LineItems[0].Tax", "precision")),
                400,
            ),
        ),
        violations=("precision", "precision"),
    ),
    Story(
        COLLECTIONS,
        "a TotalAmount that differs is refused, an equal one however written is taken",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_with(TotalAmount="379.81"),
                refusal("validation", 400, ("TotalAmount", "total_differs")),
                400,
            ),
            get("/salesorders", {"Items": []}),
            post(
                "/salesorders",
                order_with(TotalAmount="379.8"),
                {"TotalAmount": "379.80"},
                keep={"o": "OrderID"},
            ),
            put(
                "/salesorders/$o", {"Freight": "5", "TotalAmount": "379.80"}, refusal("validation", 400), 400
            ),
            put("/salesorders/$o", {"Freight": "5", "TotalAmount": "384.80"}, {"TotalAmount": "384.80"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "a sent LineTotal or PaymentStatus is ignored",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of(
                    "EUR",
                    {"Product": "BRK-1001", "Quantity": "1", "Price": "10.00", "LineTotal": "99.00"},
                    PaymentStatus="Paid",
                ),
                {"LineItems": [{"LineTotal": "10.00"}], "PaymentStatus": "Unpaid"},
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "line numbers are the sender's or counted on, never twice",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of(
                    "EUR",
                    {"Product": "BRK-1001", "Quantity": "1", "Price": "1.00", "LineNumber": 5},
                    {"Product": "BRK-1002", "Quantity": "1", "Price": "1.00", "LineNumber": 5},
                ),
                refusal("validation", 400, ("LineItems[1].LineNumber", "repeated")),
                400,
            ),
        ),
        violations=("repeated",),
    ),
    Story(
        COLLECTIONS,
        "an obsolete or unknown product is 422 unknown_product",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of("EUR", {"Product": "BRK-0900", "Quantity": "1", "Price": "1.00"}),
                refusal("unknown_product", 422, ("LineItems[0].Product", "obsolete")),
                422,
            ),
            post(
                "/salesorders",
                order_of("EUR", {"Product": "brk-1001", "Quantity": "1", "Price": "1.00"}),
                refusal("unknown_product", 422, ("LineItems[0].Product", "unknown")),
                422,
            ),
            NEW_ORDER,
            lever("/products", [{"ProductID": "BRK-1002", "Status": "Obsolete"}]),
            put(
                "/salesorders/$order",
                {"LineItems": [{"Product": "BRK-1002", "Quantity": "1", "Price": "1.00"}]},
                refusal("unknown_product", 422, ("LineItems[0].Product", "obsolete")),
                422,
            ),
            get("/salesorders", {"Items": [{"TotalAmount": "379.80"}]}),
        ),
    ),
    Story(
        COLLECTIONS,
        "an unknown customer is 422 unknown_customer",
        (
            post(
                "/salesorders",
                order_with(CustomerID="C0"),
                refusal("unknown_customer", 422, ("CustomerID", "unknown")),
                422,
            ),
            NEW_CUSTOMER,
            NEW_ORDER,
            put(
                "/salesorders/$order",
                {"CustomerID": "C0"},
                refusal("unknown_customer", 422, ("CustomerID", "unknown")),
                422,
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "an unknown or blocked GLAccount is 400",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_of(
                    "EUR",
                    {"Product": "BRK-1001", "Quantity": "1", "Price": "1.00", "GLAccount": "4090"},
                    {"Product": "BRK-1001", "Quantity": "1", "Price": "1.00", "GLAccount": "9999"},
                ),
                refusal(
                    "validation",
                    400,
                    ("LineItems[0].GLAccount", "blocked"),
                    ("LineItems[1].GLAccount", "unknown"),
                ),
                400,
            ),
            NEW_ORDER,
            post(
                "/invoices",
                {"OrderID": "$order", "GLAccount": "4090"},
                refusal("validation", 400, ("GLAccount", "blocked")),
                400,
            ),
            post("/invoices", {"OrderID": "$order", "GLAccount": "4000"}, {"GLAccount": "4000"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "ExternalReference holds at most 40 characters",
        (
            NEW_CUSTOMER,
            post("/salesorders", order_with(ExternalReference="R" * 40), {"ExternalReference": "R" * 40}),
            post(
                "/salesorders",
                order_with(ExternalReference="R" * 41),
                refusal("validation", 400, ("ExternalReference", "too_long")),
                400,
            ),
        ),
        violations=("too_long",),
    ),
    Story(
        COLLECTIONS,
        "PUT of LineItems replaces them all and the totals follow",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            put(
                "/salesorders/$order",
                {"LineItems": [{"Product": "BRK-1002", "Quantity": "1", "Price": "5.00"}], "Freight": "1.00"},
                {
                    "LineItems": [{"Product": "BRK-1002", "LineTotal": "5.00"}],
                    "TotalAmount": "6.00",
                    "Currency": "EUR",
                },
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "OrderStatus may be set to Open and Cancelled only",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_with(OrderStatus="Draft"),
                {"OrderStatus": "Draft"},
                keep={"o": "OrderID"},
            ),
            put("/salesorders/$o", {"OrderStatus": "Open"}, {"OrderStatus": "Open"}),
            put(
                "/salesorders/$o",
                {"OrderStatus": "Shipped"},
                refusal("validation", 400, ("OrderStatus", "choice")),
                400,
            ),
            post(
                "/salesorders",
                order_with(OrderStatus="Invoiced"),
                refusal("validation", 400, ("OrderStatus", "choice")),
                400,
            ),
            put("/salesorders/$o", {"OrderStatus": "Cancelled"}, {"OrderStatus": "Cancelled"}),
            put("/salesorders/$o", {"OrderStatus": "Cancelled"}, {"OrderStatus": "Cancelled"}),
        ),
        violations=("choice", "choice"),
    ),
    Story(
        COLLECTIONS,
        "a shipped or an invoiced order cannot be cancelled",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            lever("/orders/$order/ship", {}, {"OrderStatus": "Shipped"}),
            put("/salesorders/$order", {"OrderStatus": "Cancelled"}, CONFLICT, 409),
            NEW_ORDER,
            NEW_INVOICE,
            put("/salesorders/$order", {"OrderStatus": "Cancelled"}, CONFLICT, 409),
            get("/salesorders/$order", {"OrderStatus": "Invoiced"}),
        ),
    ),
    Story(
        COLLECTIONS,
        "freight and lines cannot change once shipped, invoiced or cancelled; saying the same again can",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            put("/salesorders/$order", {"Freight": "4.00"}, {"TotalAmount": "383.80"}),
            lever("/orders/$order/ship", {}),
            put("/salesorders/$order", {"Freight": "5.00"}, CONFLICT, 409),
            put("/salesorders/$order", {"Freight": "4.0"}, {"Freight": "4.00"}),
            put("/salesorders/$order", {"LineItems": order_with()["LineItems"]}, {"TotalAmount": "383.80"}),
            put(
                "/salesorders/$order",
                {"LineItems": [{"Product": "BRK-1001", "Quantity": "1", "Price": "189.90"}]},
                CONFLICT,
                409,
            ),
            put(
                "/salesorders/$order", {"OrderDescription": "still free"}, {"OrderDescription": "still free"}
            ),
            NEW_ORDER,
            NEW_INVOICE,
            put("/salesorders/$order", {"Freight": "5.00"}, CONFLICT, 409),
            NEW_ORDER,
            put("/salesorders/$order", {"OrderStatus": "Cancelled"}),
            put("/salesorders/$order", {"Freight": "5.00"}, CONFLICT, 409),
        ),
    ),
    Story(
        COLLECTIONS,
        "an order's CustomFields merge too",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders", order_with(CustomFields={"Region": "EU", "Tier": "1"}), keep={"o": "OrderID"}
            ),
            put(
                "/salesorders/$o",
                {"CustomFields": {"Tier": None}},
                {"CustomFields": {"Region": "EU"}},
                absent=("CustomFields.Tier",),
            ),
        ),
    ),
    Story(
        COLLECTIONS,
        "an If-Match on an order is stale after the ERP moved it",
        (
            NEW_CUSTOMER,
            NEW_ORDER,
            get("/salesorders/$order", keep={"tag": "header:ETag"}),
            lever("/orders/$order/status", {"OrderStatus": "Allocated"}, {"OrderStatus": "Allocated"}),
            put(
                "/salesorders/$order",
                {"OrderStatus": "Cancelled"},
                refusal("stale", 412),
                412,
                headers={"If-Match": "$tag"},
            ),
        ),
    ),
    Story(
        NO_PROMISE,
        "ExternalReference is not unique: the same create twice makes two orders",
        (
            NEW_CUSTOMER,
            post("/salesorders", order_with(ExternalReference="SI-1"), keep={"a": "OrderID"}),
            post("/salesorders", order_with(ExternalReference="SI-1"), keep={"b": "OrderID"}),
            get("/salesorders?externalReference=SI-1", {"Items": [{"OrderID": "$a"}, {"OrderID": "$b"}]}),
        ),
    ),
    Story(
        NO_PROMISE,
        "a create can commit although the answer was 504",
        (
            NEW_CUSTOMER,
            lever(
                "/faults", {"kind": "status_after", "status": 504, "method": "POST", "path": "/salesorders$"}
            ),
            post("/salesorders", order_with(ExternalReference="SI-1"), status=504),
            get("/salesorders?externalReference=SI-1", {"Items": [{"TotalAmount": "379.80"}]}),
        ),
    ),
    Story(
        NO_PROMISE,
        "a create can even commit some time after its 504",
        (
            NEW_CUSTOMER,
            lever("/late-commit", {"seconds": 30, "times": 1}),
            post("/salesorders", order_with(ExternalReference="SI-1"), refusal("unavailable", 504), 504),
            Wait(29),
            get("/salesorders?externalReference=SI-1", {"Items": []}),
            Wait(1),
            get(
                "/salesorders?externalReference=SI-1",
                {"Items": [{"TotalAmount": "379.80", "CreatedAt": "2026-03-02T09:00:30.000000Z"}]},
            ),
            NEW_ORDER,
        ),
    ),
    Story(
        NO_PROMISE,
        "a customer on credit hold gets no order: 422 credit_hold",
        (
            NEW_CUSTOMER,
            lever("/customers/$customer/credit-hold", {}, {"CreditHold": True}),
            post("/salesorders", order_with(), refusal("credit_hold", 422), 422),
            lever("/customers/$customer/credit-hold", {"CreditHold": False}, {"CreditHold": False}),
            NEW_ORDER,
        ),
    ),
]
