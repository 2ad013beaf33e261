"""Infor API contract, C.1 to C.3: tokens, configurations, the gateway, rights, the two HTTP statuses."""

from streak_infor_orchestration_tests.twins.exchange import Exchange, Story
from streak_infor_orchestration_tests.twins.syteline.exchange import (
    CONFIGURATION,
    CUSTOMER,
    NAME_AND_PASSWORD,
    ORDER,
    RELOAD,
    UPDATE,
    change,
    lever,
    load,
    refused,
    refused_load,
    update,
)

BASE, RESPONSES, QUIRKS, IDOS = "C.1", "C.2", "C.3", "C.5"
ACCOUNT = {"username": f"TWIN_TST#{'u' * 86}", "password": "p" * 86}
CLIENT = (f"TWIN_TST~{'c' * 43}", "s" * 86)
LOAD = "/load/SLItems?properties=Item&recordCap=1"
THROUGH = f"/TWIN_TST/CSI/IDORequestService/ido{LOAD}"
TOKEN = Exchange(
    "GET",
    f"/token/{CONFIGURATION}",
    headers=NAME_AND_PASSWORD,
    anonymous=True,
    answer={"Success": True, "Message": None, "Token": ...},
    keep={"token": "Token"},
)
BEARER = Exchange(
    "POST",
    "/TWIN_TST/as/token.oauth2",
    form={"grant_type": "password", **ACCOUNT},
    basic=CLIENT,
    anonymous=True,
    keep={"token": "access_token"},
)


def asked(status: int = 200, answer: object = None, path: str = LOAD, **headers: str) -> Exchange:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange("GET", path, None, status, answer, headers=named, anonymous=True)


STORIES = [
    Story(
        BASE,
        "name and password, as headers, give a token; it goes raw into Authorization",
        (TOKEN, asked(answer={"Success": True, "Items": [{"Item": "BRK-0900"}]}, Authorization="$token")),
    ),
    Story(
        BASE,
        "Bearer in front of the raw token is no token",
        (TOKEN, asked(answer=refused("Invalid token"), Authorization="Bearer $token")),
        violations=("token_not_raw",),
    ),
    Story(
        BASE,
        "401 is for authentication, everything else that fails is 200",
        (
            asked(401, {"Success": False}),
            asked(answer=refused("Invalid token"), Authorization="unknown"),
            asked(401, refused(), path=f"/token/{CONFIGURATION}", username="streak", password="wrong"),
            asked(401, refused(), path=f"/token/{CONFIGURATION}"),
            Exchange(
                "GET",
                "/token/OTHER",
                answer=refused("Configuration OTHER was not found"),
                headers=NAME_AND_PASSWORD,
                anonymous=True,
            ),
        ),
    ),
    Story(
        BASE,
        "name and password in the address work, and stand in every log",
        (asked(path=f"/token/{CONFIGURATION}/streak/twin-password", answer={"Token": ...}),),
        violations=("secret_in_address",),
    ),
    Story(
        BASE,
        "configurations and the ping need no token",
        (
            asked(path="/configurations", answer={"Success": True, "Configurations": [CONFIGURATION]}),
            asked(path="/IDORequestService/Ping.aspx"),
        ),
    ),
    Story(
        BASE,
        "through the gateway: bearer token, and the configuration in a header",
        (
            BEARER,
            asked(
                answer={"Success": True, "Items": [{"Item": "BRK-0900"}]},
                path=THROUGH,
                Authorization="Bearer $token",
                X_Infor_MongooseConfig=CONFIGURATION,
            ),
            asked(401, path=THROUGH, Authorization="Bearer x", X_Infor_MongooseConfig=CONFIGURATION),
            asked(
                answer=refused("Configuration OTHER was not found"),
                path=THROUGH,
                Authorization="Bearer $token",
                X_Infor_MongooseConfig="OTHER",
            ),
        ),
    ),
    Story(
        BASE,
        "without that header the gateway's call fails",
        (BEARER, asked(answer=refused(), path=THROUGH, Authorization="Bearer $token")),
        violations=("configuration_missing",),
    ),
    Story(
        RESPONSES,
        "a wrong verb is 405, a wrong address 404",
        (
            Exchange("POST", "/load/SLItems", {}, 405),
            Exchange("GET", "/update/SLCos", None, 405),
            Exchange("GET", "/store/SLCos", None, 404),
        ),
    ),
    Story(
        QUIRKS,
        "an invoke destroys the session",
        (
            TOKEN,
            asked(Authorization="$token"),
            Exchange(
                "POST",
                "/invoke/XX_SLCos?method=MarkReadyToInvoiceSp",
                ["1", None],
                answer={"Success": True, "ReturnValue": "16", "Parameters": ["1", ...]},
                headers={"Authorization": "$token"},
                anonymous=True,
            ),
            asked(answer=refused("Invalid token"), Authorization="$token"),
            TOKEN,
            asked(Authorization="$token", answer={"Success": True}),
            lever("/settings", {"invoke_ends_session": False}),
            Exchange(
                "POST",
                "/invoke/XX_SLCos?method=MarkReadyToInvoiceSp",
                ["1", None],
                headers={"Authorization": "$token"},
                anonymous=True,
            ),
            asked(Authorization="$token", answer={"Success": True}),
        ),
    ),
    Story(
        QUIRKS,
        "tokens can be gone at any time",
        (
            TOKEN,
            BEARER,
            lever("/tokens/expire", {}, {"expired": 3}),
            asked(401, path=THROUGH, Authorization="Bearer $token", X_Infor_MongooseConfig=CONFIGURATION),
        ),
    ),
    Story(
        QUIRKS,
        "a missing right and an unknown IDO are told in 200",
        (
            refused_load("SLNothing", "IDO not found: SLNothing"),
            lever("/settings", {"denied": ["Read SLItems", "Update XX_SLCos", "Execute XX_SLCos"]}),
            refused_load("SLItems", "User requires [Read] privilege for SLItems"),
            update(
                "XX_SLCos",
                change(1, {"CustNum": "   1001"}),
                refused("User requires [Update] privilege for XX_SLCos"),
            ),
            Exchange(
                "POST",
                "/invoke/XX_SLCos?method=MarkReadyToInvoiceSp",
                ["1", None],
                answer=refused("User requires [Execute] privilege for XX_SLCos"),
            ),
        ),
        violations=("unknown_ido",),
    ),
    Story(
        QUIRKS,
        "what nobody may write through the API",
        (update("SLItems", change(1, {"Item": "NEW-1"}), refused()),),
        violations=("not_writable",),
    ),
    Story(
        QUIRKS,
        "a record locked by a user fails now and not later",
        (
            CUSTOMER,
            ORDER,
            RELOAD,
            lever("/refusals", {"ido": "SLCos", "action": "update"}, {"times": 1}),
            update("SLCos", change(UPDATE, {"Stat": "O"}, "$order"), refused("Record locked by user JSMITH")),
            update("SLCos", change(UPDATE, {"Stat": "O"}, "$order")),
            lever("/refusals", {"message": "No licence is available", "times": 2}),
            refused_load("SLItems", "No licence is available"),
            refused_load("SLCos", "No licence is available"),
            load("SLItems", [{"Item": "BRK-0900"}], recordCap="1"),
            lever("/refusals", {"action": "shout"}, status=400),
        ),
    ),
    Story(
        BASE,
        "info tells the properties",
        (
            Exchange("GET", "/info/SLCos", answer={"Success": True, "IDOName": "SLCos", "Properties": ...}),
            Exchange("GET", "/info/SLNothing", answer=refused("IDO not found: SLNothing")),
        ),
        violations=("unknown_ido",),
    ),
    Story(
        BASE,
        "invoke takes its parameters by position, all strings, and answers the Infobar last",
        (
            CUSTOMER,
            ORDER,
            Exchange(
                "POST",
                "/invoke/SLCos?method=MarkReadyToInvoiceSp",
                ["  STK00123", None],
                answer={
                    "Success": True,
                    "Message": None,
                    "ReturnValue": "16",
                    "Parameters": ["  STK00123", ...],
                },
            ),
        ),
    ),
    Story(
        BASE,
        "an invoke that is none",
        (
            Exchange("POST", "/invoke/SLCos?method=NoSuchSp", [], answer=refused()),
            Exchange("POST", "/invoke/SLCos?method=MarkReadyToInvoiceSp", ["1"], answer=refused()),
            Exchange("POST", "/invoke/SLCos?method=MarkReadyToInvoiceSp", [1, None], answer=refused()),
            Exchange("POST", "/invoke/SLCos?method=MarkReadyToInvoiceSp", {"CoNum": "1"}, answer=refused()),
        ),
        violations=("unknown_method", "parameter_count", "malformed_parameters", "malformed_parameters"),
    ),
]
