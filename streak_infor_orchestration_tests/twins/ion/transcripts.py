"""Infor API contract, section A: `.ionapi`, tokens, the gateway's own refusals."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait

IONAPI, GRANTS, CALL, ERRORS = "A.1", "A.2", "A.3", "A.4"
TENANT = "TWIN_TST"
CLIENT = (f"TWIN_TST~{'c' * 43}", "s" * 86)
FORM: dict[str, str] = {
    "grant_type": "password",
    "username": f"TWIN_TST#{'u' * 86}",
    "password": "p" * 86,
}
TOKEN = Exchange(
    "POST",
    f"/{TENANT}/as/token.oauth2",
    form=FORM,
    basic=CLIENT,
    anonymous=True,
    answer={"access_token": ..., "token_type": "Bearer", "expires_in": 7200},
    absent=("refresh_token", "scope"),
    keep={"token": "access_token"},
)
ENCODED = "&".join(f"{name}={value}" for name, value in FORM.items())


def token(form: dict[str, str], answer: dict[str, Any], status: int = 200, **more: Any) -> Exchange:
    more = {"basic": CLIENT, **more}
    return Exchange(
        "POST", f"/{TENANT}/as/token.oauth2", form=form, status=status, answer=answer, anonymous=True, **more
    )


def revoke(form: dict[str, str], status: int = 200, **more: Any) -> Exchange:
    more = {"basic": CLIENT, **more}
    return Exchange(
        "POST", f"/{TENANT}/as/revoke_token.oauth2", form=form, status=status, anonymous=True, **more
    )


def call(status: int = 200, answer: Any = None, path: str = f"/{TENANT}/CSI/echo", **more: Any) -> Exchange:
    return Exchange("GET", path, status=status, answer=answer, **more)


def policies(**members: Any) -> Exchange:
    return Exchange("POST", "/__twin__/gateway", members, answer=members, anonymous=True)


def file(variant: str, answer: dict[str, Any], *absent: str) -> Exchange:
    path = f"/__twin__/ionapi?variant={variant}"
    return Exchange("GET", path, answer=answer, absent=absent, anonymous=True)


WRONG_CLIENT = {"error": "invalid_client", "error_description": ...}
WRONG_GRANT = {"error": "invalid_grant", "error_description": ...}

STORIES = [
    Story(
        IONAPI,
        "the file names tenant, client, addresses and service account",
        (
            file(
                "1.0",
                {
                    "ti": TENANT,
                    "cn": ...,
                    "dt": "12",
                    "ci": CLIENT[0],
                    "cs": CLIENT[1],
                    "iu": ...,
                    "pu": ...,
                    "oa": "authorization.oauth2",
                    "ot": "token.oauth2",
                    "or": "revoke_token.oauth2",
                    "ev": ...,
                    "v": "1.0",
                    "saak": FORM["username"],
                    "sask": FORM["password"],
                },
                "sc",
            ),
        ),
    ),
    Story(
        IONAPI,
        "files of version 1.1, of the older format, of one's own servers and of web apps differ",
        (
            policies(scope="Infor-CSI"),
            file("1.1", {"v": "1.1", "sc": ["Infor-CSI"], "iu": ...}),
            file("absolute", {"v": "1.0", "ot": ...}, "iu"),
            file("onpremises", {"ti": "infor", "ot": "token"}),
            file("web", {"ru": ...}, "saak", "sask"),
            Exchange("GET", "/__twin__/ionapi?variant=2.0", status=400, anonymous=True),
        ),
    ),
    Story(GRANTS, "the password grant takes the service account, the client by Basic", (TOKEN, call())),
    Story(
        GRANTS,
        "or the client in the body",
        (
            token(
                {**FORM, "client_id": CLIENT[0], "client_secret": CLIENT[1]},
                {"access_token": ...},
                basic=None,
                keep={"token": "access_token"},
            ),
            call(),
        ),
    ),
    Story(
        GRANTS,
        "an unknown client is 401, a wrong service account 400, each OAuth-style",
        (
            token(FORM, WRONG_CLIENT, 401, basic=None),
            token(FORM, WRONG_CLIENT, 401, basic=(CLIENT[0], "wrong")),
            token({**FORM, "client_id": CLIENT[0], "client_secret": "wrong"}, WRONG_CLIENT, 401, basic=None),
            token({**FORM, "password": "wrong"}, WRONG_GRANT, 400),
            token({**FORM, "username": "TWIN_TST"}, WRONG_GRANT, 400),
            token({"grant_type": "password"}, {"error": "invalid_request", "error_description": ...}, 400),
        ),
    ),
    Story(
        GRANTS,
        "client_credentials is not supported, and a Backend Service may not use other apps' grants",
        (
            token({"grant_type": "client_credentials"}, {"error": "unsupported_grant_type"}, 400),
            token({"grant_type": "authorization_code", "code": "x"}, {"error": "unauthorized_client"}, 400),
            token({"scope": "x"}, {"error": "invalid_request"}, 400),
        ),
    ),
    Story(
        GRANTS,
        "an unencoded # breaks the name off",
        (
            Exchange(
                "POST",
                f"/{TENANT}/as/token.oauth2",
                raw=ENCODED,
                basic=CLIENT,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                anonymous=True,
                status=400,
                answer={"error": "invalid_request"},
            ),
        ),
        violations=("form_not_encoded",),
    ),
    Story(
        GRANTS,
        "the token request is a form, by POST",
        (
            Exchange(
                "POST",
                f"/{TENANT}/as/token.oauth2",
                dict(FORM),
                basic=CLIENT,
                anonymous=True,
                status=400,
                answer={"error": "invalid_request"},
            ),
            Exchange("GET", f"/{TENANT}/as/token.oauth2", anonymous=True, status=405),
        ),
        violations=("content_type",),
    ),
    Story(
        GRANTS,
        "scopes asked for are answered, and are demanded where the tenant enforces them",
        (
            policies(scope="Infor-CSI"),
            TOKEN,
            call(403),
            token(
                {**FORM, "scope": "Infor-CSI Infor-Mingle"},
                {"scope": "Infor-CSI Infor-Mingle"},
                keep={"token": "access_token"},
            ),
            call(),
        ),
    ),
    Story(
        GRANTS,
        "there is a refresh token only where the app issues them, and it is good once",
        (
            token(
                {"grant_type": "refresh_token", "refresh_token": "x"},
                {"error": "unsupported_grant_type"},
                400,
            ),
            policies(refresh_tokens=True),
            token(FORM, {"refresh_token": ...}, keep={"refresh": "refresh_token", "token": "access_token"}),
            Wait(7200),
            call(401),
            token(
                {"grant_type": "refresh_token", "refresh_token": "$refresh"},
                {"access_token": ..., "refresh_token": ...},
                keep={"token": "access_token"},
            ),
            call(),
            token({"grant_type": "refresh_token", "refresh_token": "$refresh"}, WRONG_GRANT, 400),
        ),
    ),
    Story(
        GRANTS,
        "a token lives two hours unless the app says otherwise",
        (
            TOKEN,
            Wait(7199),
            call(),
            Wait(1),
            call(401),
            policies(token_seconds=60),
            token(FORM, {"expires_in": 60}, keep={"token": "access_token"}),
            Wait(60),
            call(401),
        ),
    ),
    Story(
        GRANTS,
        "a revoked token opens no more",
        (
            TOKEN,
            revoke({"token": "$token"}, 401, basic=None),
            revoke({"token_type_hint": "access_token"}, 400, answer={"error": "invalid_request"}),
            call(),
            revoke({"token": "$token", "token_type_hint": "access_token"}),
            call(401),
            revoke({"token": "$token"}),
        ),
    ),
    Story(
        GRANTS,
        "on one's own servers the token stands elsewhere, and the tenant is called infor",
        (
            Exchange(
                "POST",
                "/InforIntSTS/connect/token",
                form=FORM,
                basic=CLIENT,
                anonymous=True,
                answer={"token_type": "Bearer"},
                keep={"token": "access_token"},
            ),
            call(path="/infor/CSI/echo"),
            Exchange(
                "POST",
                "/InforIntSTS/connect/revocation",
                form={"token": "$token"},
                basic=CLIENT,
                anonymous=True,
            ),
            call(401, path="/infor/CSI/echo"),
        ),
    ),
    Story(
        CALL,
        "a call goes to {tenant}/{product}/{path}; what is not there is 404",
        (
            TOKEN,
            call(answer={"path": f"/{TENANT}/CSI/echo", "body": ""}),
            call(404, path=f"/{TENANT}/M3/echo"),
            call(404, path="/OTHER_TST/CSI/echo"),
            call(404, path=f"/{TENANT}/CSI/nothing"),
            call(404, path="/OTHER_TST/as/token.oauth2"),
        ),
    ),
    Story(
        CALL,
        "a body reaches the product whole",
        (
            TOKEN,
            Exchange(
                "POST", f"/{TENANT}/CSI/echo", {"x": "é" * 9}, answer={"body": '{"x":"' + "é" * 9 + '"}'}
            ),
        ),
    ),
    Story(
        ERRORS,
        "no token, a wrong one, an expired one: 401",
        (
            call(401, anonymous=True, answer_headers={"www-authenticate": ...}),
            call(401, anonymous=True, headers={"Authorization": "Bearer wrong"}),
            TOKEN,
            call(),
            Exchange("POST", "/__twin__/tokens/expire", answer={"expired": 1}, anonymous=True),
            call(401),
        ),
        violations=("authorization_not_bearer",),
    ),
    Story(
        ERRORS,
        "the product's raw token does not pass the gateway",
        (TOKEN, call(401, anonymous=True, headers={"Authorization": "$token"})),
        violations=("authorization_not_bearer",),
    ),
    Story(
        ERRORS,
        "an app that is not authorised for the suite is 403",
        (TOKEN, policies(authorised=False), call(403), policies(authorised=True), call()),
    ),
    Story(
        ERRORS,
        "a quota that is used up is 429 with Retry-After",
        (
            TOKEN,
            policies(quota=2, quota_seconds=10),
            call(),
            Wait(4),
            call(),
            call(429, answer_headers={"retry-after": "6"}),
            Wait(6),
            call(),
            call(429, answer_headers={"retry-after": "4"}),
        ),
    ),
    Story(
        ERRORS,
        "or without",
        (
            TOKEN,
            policies(quota=1, quota_seconds=10, retry_after=False),
            call(),
            call(429, {"message": ...}, answer_headers={"retry-after": None}),
            Wait(10),
            call(),
        ),
    ),
    Story(
        ERRORS,
        "now and then a valid token is refused: the same call again is answered",
        (
            TOKEN,
            policies(transient=2),
            call(401, "Something went wrong validating OAuth 1.0a credentials."),
            call(401, "Something went wrong validating OAuth 1.0a credentials."),
            call(),
            policies(transient=1, transient_text="U14"),
            call(401, "OAuth [U14]: unknown oauth_consumer_key"),
            call(),
        ),
    ),
    Story(
        ERRORS,
        "the gateway gives up waiting while the product works on",
        (
            TOKEN,
            policies(timeout_seconds=0.05),
            call(504, path=f"/{TENANT}/CSI/slow"),
            policies(timeout_seconds=5.0),
            call(path=f"/{TENANT}/CSI/slow"),
            call(path=f"/{TENANT}/CSI/ended", answer={"ended": 2}),
        ),
    ),
    Story(
        "the twin's policies",
        "what is no policy, or of another type, is refused",
        (
            Exchange("GET", "/__twin__/gateway", answer={"token_seconds": 7200, "quota": 0}, anonymous=True),
            Exchange("POST", "/__twin__/gateway", {"speed": 1}, 400, {"error": ...}, anonymous=True),
            Exchange("POST", "/__twin__/gateway", {"quota": "1"}, 400, {"error": ...}, anonymous=True),
            Exchange("POST", "/__twin__/gateway", {"scope": 1}, 400, {"error": ...}, anonymous=True),
            Exchange(
                "POST", "/__twin__/gateway", {"transient_text": "X"}, 400, {"error": ...}, anonymous=True
            ),
            Exchange("POST", "/__twin__/gateway", [], 400, {"error": ...}, anonymous=True),
        ),
    ),
]
