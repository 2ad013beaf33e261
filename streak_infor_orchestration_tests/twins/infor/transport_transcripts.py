"""Infor façade contract, "Transport and authentication" and "Errors"."""

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait
from streak_infor_orchestration_tests.twins.infor.exchange import (
    NEW_CUSTOMER,
    get,
    lever,
    order_of,
    order_with,
    post,
    put,
    refusal,
)

TRANSPORT = "Transport and authentication"
ERRORS = "Errors"
CLIENT = ("twin-client", "twin-secret")
SERVICE_ACCOUNT = {"username": "twin-service", "password": "twin-service-password"}
UNAUTHORIZED = refusal("unauthorized", 401)
PROBLEM = {"content-type": "application/problem+json"}

TOKEN = Exchange(
    "POST",
    "/oauth/token",
    form={"grant_type": "client_credentials"},
    basic=CLIENT,
    anonymous=True,
    answer={"access_token": ..., "token_type": "Bearer", "expires_in": 3600},
    keep={"token": "access_token"},
)


def with_token(expected: int) -> Exchange:
    return get("/products", status=expected, anonymous=True, headers={"Authorization": "Bearer $token"})


def token(status: int, error: str, form: dict[str, str], basic: tuple[str, str] | None = CLIENT) -> Exchange:
    return Exchange(
        "POST", "/oauth/token", form=form, basic=basic, anonymous=True, status=status, answer={"error": error}
    )


def refused_line(line: dict[str, object], field: str, rule: str) -> Exchange:
    good = {"Product": "BRK-1001", "Quantity": "1", "Price": "10.00"}
    return post("/salesorders", order_of("EUR", good | line), refusal("validation", 400, (field, rule)), 400)


STORIES = [
    Story(
        TRANSPORT,
        "no credential is 401, as a problem",
        (get("/products", UNAUTHORIZED, 401, anonymous=True, answer_headers=PROBLEM),),
    ),
    Story(
        TRANSPORT,
        "an API key opens, a wrong one is 401",
        (
            get("/products", {"Items": ...}),
            get("/products", UNAUTHORIZED, 401, anonymous=True, headers={"X-API-Key": "wrong"}),
        ),
    ),
    Story(TRANSPORT, "client_credentials gives a bearer token that opens", (TOKEN, with_token(200))),
    Story(
        TRANSPORT,
        "the password grant takes the service account (saak, sask)",
        (
            Exchange(
                "POST",
                "/oauth/token",
                form={"grant_type": "password", **SERVICE_ACCOUNT},
                basic=CLIENT,
                anonymous=True,
                answer={"access_token": ..., "token_type": "Bearer", "expires_in": 3600},
                keep={"token": "access_token"},
            ),
            with_token(200),
        ),
    ),
    Story(
        TRANSPORT,
        "a token asked for with scopes opens those, and 403 for a scope that is not granted",
        (
            Exchange(
                "POST",
                "/oauth/token",
                form={"grant_type": "client_credentials", "scope": "read:products write:customers"},
                basic=CLIENT,
                anonymous=True,
                answer={
                    "access_token": ...,
                    "token_type": "Bearer",
                    "expires_in": 3600,
                    "scope": "read:products write:customers",
                },
                keep={"token": "access_token"},
            ),
            with_token(200),
            get(
                "/vendors",
                refusal("forbidden", 403),
                403,
                anonymous=True,
                headers={"Authorization": "Bearer $token"},
            ),
        ),
    ),
    Story(
        TRANSPORT,
        "the token endpoint refuses as OAuth 2.0 says",
        (
            token(401, "invalid_client", {"grant_type": "client_credentials"}, None),
            token(401, "invalid_client", {"grant_type": "client_credentials"}, ("twin-client", "wrong")),
            token(400, "invalid_grant", {"grant_type": "password", "username": "x", "password": "y"}),
            token(400, "unsupported_grant_type", {"grant_type": "implicit"}),
            token(400, "invalid_request", {"scope": "all"}),
            token(400, "invalid_scope", {"grant_type": "client_credentials", "scope": "all"}),
        ),
    ),
    Story(
        TRANSPORT,
        "a token that was given back opens no more",
        (
            TOKEN,
            with_token(200),
            Exchange(
                "POST",
                "/oauth/revoke",
                form={"token": "$token"},
                anonymous=True,
                status=401,
                answer={"error": "invalid_client"},
            ),
            with_token(200),
            Exchange("POST", "/oauth/revoke", form={"token": "$token"}, basic=CLIENT, anonymous=True),
            with_token(401),
            Exchange("POST", "/oauth/revoke", form={"token": "$token"}, basic=CLIENT, anonymous=True),
            Exchange(
                "POST",
                "/oauth/revoke",
                form={"x": "y"},
                basic=CLIENT,
                anonymous=True,
                status=400,
                answer={"error": "invalid_request"},
            ),
        ),
    ),
    Story(
        TRANSPORT,
        "the token endpoint takes a form, not JSON",
        (
            Exchange(
                "POST",
                "/oauth/token",
                {"grant_type": "client_credentials"},
                basic=CLIENT,
                anonymous=True,
                status=400,
                answer={"error": "invalid_request"},
            ),
        ),
        violations=("content_type",),
    ),
    Story(
        TRANSPORT,
        "a token ends after expires_in",
        (TOKEN, Wait(3599), with_token(200), Wait(1), with_token(401), TOKEN, with_token(200)),
    ),
    Story(
        TRANSPORT,
        "a revoked token is 401, a new one opens",
        (TOKEN, lever("/tokens/expire", {}), with_token(401), TOKEN, with_token(200)),
    ),
    Story(
        TRANSPORT,
        "a scope that is not granted is 403",
        (
            lever("/scopes", {"revoke": ["write:customers"]}),
            post("/customers", {"Name": "X"}, refusal("forbidden", 403), 403),
            get("/customers", {"Items": []}),
            lever("/scopes", {"grant": ["write:customers"]}),
            NEW_CUSTOMER,
        ),
    ),
    Story(
        TRANSPORT,
        "an unknown field in a request is 400 and names it",
        (
            post(
                "/customers",
                {"Name": "X", "Colour": "red", "BillingAddress": {"Street": "Main"}},
                refusal(
                    "validation", 400, ("BillingAddress.Street", "unknown_field"), ("Colour", "unknown_field")
                ),
                400,
                answer_headers=PROBLEM,
            ),
            NEW_CUSTOMER,
            refused_line({"Sku": "BRK-1001"}, "LineItems[0].Sku", "unknown_field"),
            put(
                "/customers/$customer",
                {"name": "x"},
                refusal("validation", 400, ("name", "unknown_field")),
                400,
            ),
        ),
        violations=("unknown_field",) * 4,
    ),
    Story(
        TRANSPORT,
        "money and quantity are strings, never numbers",
        (
            NEW_CUSTOMER,
            refused_line({"Price": 10.5}, "LineItems[0].Price", "money_not_string"),
            refused_line({"Quantity": 1}, "LineItems[0].Quantity", "money_not_string"),
            refused_line({"Price": "1e3"}, "LineItems[0].Price", "format"),
            refused_line({"Price": "1,50"}, "LineItems[0].Price", "format"),
            refused_line({"Price": "NaN"}, "LineItems[0].Price", "format"),
            refused_line({"Price": "-1.00"}, "LineItems[0].Price", "range"),
            refused_line({"Quantity": "0"}, "LineItems[0].Quantity", "range"),
        ),
        violations=("money_not_string", "money_not_string", "format", "format", "format", "range", "range"),
    ),
    Story(
        TRANSPORT,
        "dates, currencies and countries have one form",
        (
            NEW_CUSTOMER,
            post(
                "/salesorders",
                order_with(OrderDate="02.03.2026", RequestedDate="2026-02-30", Currency="euro"),
                refusal(
                    "validation",
                    400,
                    ("Currency", "format"),
                    ("OrderDate", "format"),
                    ("RequestedDate", "format"),
                ),
                400,
            ),
            put(
                "/customers/$customer",
                {"BillingAddress": {"Country": "Germany"}, "Currency": "XXQ"},
                refusal("validation", 400, ("BillingAddress.Country", "format"), ("Currency", "format")),
                400,
            ),
            put(
                "/customers/$customer",
                {"BillingAddress": {"Country": "DE"}, "Currency": "CHF"},
                {"BillingAddress": {"Country": "DE", "City": None}, "Currency": "CHF"},
            ),
        ),
        violations=("format",) * 5,
    ),
    Story(
        TRANSPORT,
        "instants come as RFC 3339 in UTC with Z",
        (
            NEW_CUSTOMER,
            get(
                "/customers/$customer",
                {"CreatedAt": "2026-03-02T09:00:00.000000Z", "ModifiedAt": "2026-03-02T09:00:00.000000Z"},
            ),
        ),
    ),
    Story(
        TRANSPORT,
        "a body that is not JSON is 400",
        (
            Exchange("POST", "/customers", raw='{"Name": ', status=400, answer=refusal("validation", 400)),
            Exchange("POST", "/customers", raw='["Name"]', status=400, answer=refusal("validation", 400)),
            Exchange(
                "POST",
                "/customers",
                raw='{"Name": "X"}',
                headers={"Content-Type": "text/plain"},
                status=400,
                answer=refusal("validation", 400),
            ),
        ),
        violations=("malformed_json", "malformed_json", "content_type"),
    ),
    Story(
        ERRORS,
        "an unknown collection or key is 404 not_found",
        (
            get("/boxes", refusal("not_found", 404), 404, answer_headers=PROBLEM),
            get("/customers/C0", refusal("not_found", 404), 404),
            put("/customers/C0", {"Name": "X"}, refusal("not_found", 404), 404),
        ),
    ),
    Story(
        ERRORS,
        "every refusal is problem+json with type, title, status, detail, code and errors",
        (
            post(
                "/customers",
                {},
                {
                    "type": ...,
                    "title": "Bad Request",
                    "status": 400,
                    "detail": ...,
                    "code": "validation",
                    "errors": [{"field": "Name", "code": "required", "message": ...}],
                },
                400,
                answer_headers=PROBLEM,
            ),
        ),
        violations=("required",),
    ),
    Story(
        ERRORS,
        "429 carries Retry-After",
        (
            lever(
                "/faults",
                {
                    "kind": "status",
                    "status": 429,
                    "path": "/products",
                    "headers": {"Retry-After": "2"},
                    "content_type": "application/problem+json",
                    "body": {"status": 429, "code": "rate_limited"},
                },
            ),
            get("/products", {"code": "rate_limited"}, 429, answer_headers=PROBLEM | {"retry-after": "2"}),
            get("/products", {"Items": ...}),
        ),
    ),
]
