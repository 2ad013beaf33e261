"""The ``.ionapi`` file that an administrator downloads, in the variants that are about. Contract, A.1."""

from typing import Any

from streak_infor_orchestration.twins.ion.account import Account

VARIANTS = frozenset({"1.0", "1.1", "absolute", "onpremises", "web"})
ON_PREMISES_TENANT = "infor"
TOKEN, REVOKE = "as/token.oauth2", "as/revoke_token.oauth2"
ON_PREMISES_TOKEN, ON_PREMISES_REVOKE = "InforIntSTS/connect/token", "InforIntSTS/connect/revocation"


def ionapi(
    account: Account, base: str, variant: str = "1.0", scopes: list[str] | None = None
) -> dict[str, Any]:
    """``base``: where the gateway is reached. ``1.1`` names ``scopes``; ``absolute`` is the older format, with
    addresses whole and no ``iu``; ``web`` is an app of another kind, without a service account."""
    file: dict[str, Any] = {
        "ti": account.tenant,
        "cn": "StreakConnector",
        "dt": "12",
        "ci": account.client_id,
        "cs": account.client_secret,
        "iu": base,
        "pu": f"{base}/{account.tenant}/as/",
        "oa": "authorization.oauth2",
        "ot": "token.oauth2",
        "or": "revoke_token.oauth2",
        "ev": "U1478650450",
        "v": "1.0",
        "saak": account.user,
        "sask": account.password,
    }
    match variant:
        case "1.1":
            return file | {"v": "1.1", "sc": scopes or []}
        case "absolute":
            del file["iu"]
            return file | {name: file["pu"] + file[name] for name in ("oa", "ot", "or")}
        case "onpremises":
            at_home = {
                "oa": "authorize",
                "ot": "token",
                "or": "revocation",
                "pu": f"{base}/InforIntSTS/connect/",
            }
            return file | at_home | {"ti": ON_PREMISES_TENANT}
        case "web":
            del file["saak"], file["sask"]
            return file | {"ru": "https://localhost/callback", "dt": "8"}
        case _:
            return file
