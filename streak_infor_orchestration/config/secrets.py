"""Secrets: from the environment only, asked for when needed, never printed."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from pydantic import SecretStr

from streak_infor_orchestration.config.addresses import checked
from streak_infor_orchestration.config.environment import given, missing, read, text_of
from streak_infor_orchestration.config.sections import GATEWAY
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.logins import LoginCode

_WEB = ("https://", "http://")
_TENANT = re.compile(r"[A-Z0-9]+_[A-Z0-9]+")
"""`ACME_PRD` and its like; what else stands in an address's first segment may be anything."""


class StreakCredentials(Model):
    """What opens Streak: the API key as Basic user name or as Bearer token, or (`scheme` oauth) a client with the
    token endpoint it logs in at. Streak publishes no OAuth for this API (Streak API contract §1): that is for who
    reaches it through a gateway of their own which wants tokens."""

    scheme: Literal["basic", "bearer", "oauth"] = "basic"
    api_key: SecretStr | None = None
    token_url: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    scope: str = ""


class InforCredentials(Model):
    """What opens the ERP. Either `api_key`, or a client with the token endpoint it logs in at; with a `username`
    the password grant is meant, else client credentials (Infor API contract A.2). `scope` is what is asked for,
    separated by blanks. `gateway`: where the tenant's APIs are, by the .ionapi file (A.3), else "";
    `revoke_url`: where it has a token taken back."""

    api_key: SecretStr | None = None
    token_url: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    username: str | None = None
    password: SecretStr | None = None
    scope: str = ""
    gateway: str = ""
    revoke_url: str = ""


class Secrets:
    """Each raises Misconfigured naming the variable that is missing, so a process needs only what it uses."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def named(self, name: str) -> SecretStr:
        """Any variable, such as the `ALERT_URL` of `url: env:ALERT_URL`."""
        value = self._read(name)
        if value is None:
            raise missing(name)
        return value

    def optional(self, name: str) -> SecretStr | None:
        return self._read(name)

    def streak_api_key(self) -> SecretStr:
        return self.named("STREAK_API_KEY")

    def streak(self) -> StreakCredentials:
        """By STREAK_AUTH: basic, unless it says otherwise."""
        match read(self._environment, "STREAK_AUTH") or "basic":
            case "basic" | "bearer" as scheme:
                return StreakCredentials(scheme=scheme, api_key=self.streak_api_key())
            case "oauth":
                return StreakCredentials(
                    scheme="oauth",
                    token_url=self._address("STREAK_OAUTH_TOKEN_URL"),
                    client_id=self.named("STREAK_OAUTH_CLIENT_ID").get_secret_value(),
                    client_secret=self.named("STREAK_OAUTH_CLIENT_SECRET"),
                    scope=read(self._environment, "STREAK_OAUTH_SCOPE") or "",
                )
            case other:
                raise missing("STREAK_AUTH", f'STREAK_AUTH is "{other}"; set it to basic, bearer or oauth')

    def streak_webhook_secret(self) -> SecretStr:
        return self.named("STREAK_WEBHOOK_SECRET")

    def infor(self, token_url: str | None = None, *, plain_http: bool = False) -> InforCredentials:
        """From the .ionapi file, else from a client and its token endpoint, else from an API key.

        `token_url` and `plain_http` (to another machine, too) are the configuration's; INFOR_TOKEN_URL goes before it.
        """
        ionapi = given(self._environment, "INFOR_IONAPI_FILE")
        if ionapi:
            return _ionapi(Path(ionapi), plain_http=plain_http)
        token_url = read(self._environment, "INFOR_TOKEN_URL") or token_url
        api_key, client_id = self._read("INFOR_API_KEY"), read(self._environment, "INFOR_CLIENT_ID")
        if client_id is None and api_key is None:
            raise missing(
                "INFOR_CLIENT_ID",
                "set INFOR_IONAPI_FILE, or INFOR_CLIENT_ID and its secret, or INFOR_API_KEY",
            )
        if client_id is None:
            return InforCredentials(api_key=api_key)
        if token_url is None:
            raise missing("INFOR_TOKEN_URL")
        username = read(self._environment, "INFOR_USERNAME")
        return InforCredentials(
            api_key=api_key,
            token_url=checked("INFOR_TOKEN_URL", token_url, plain_http=plain_http),
            client_id=client_id,
            client_secret=self.named("INFOR_CLIENT_SECRET"),
            username=username,
            password=self.named("INFOR_PASSWORD") if username else None,
            scope=read(self._environment, "INFOR_SCOPE") or "",
        )

    def infor_address(self, base_url: str, *, plain_http: bool = False) -> str:
        """`base_url`, with the gateway and tenant of the .ionapi file where it begins with `ionapi:`. Raises
        Misconfigured for the gateway of the file with another tenant: its tokens open nothing there."""
        name = "INFOR_IONAPI_FILE"
        path = given(self._environment, name)
        gateway = "" if path is None else _ionapi(Path(path), plain_http=plain_http).gateway
        if not base_url.startswith(GATEWAY):
            _check_tenant(base_url, gateway)
            return base_url
        if path is None:
            raise missing(name, f"erp.base_url begins with {GATEWAY}: set {name}, or write the address out")
        if not gateway:
            raise missing(
                name, f"the .ionapi file lacks iu or ti: write erp.base_url out instead of {GATEWAY}"
            )
        return _tenants(gateway, plain_http=plain_http) + base_url.removeprefix(GATEWAY)

    def _address(self, name: str) -> str:
        return checked(name, self.named(name).get_secret_value())

    def _read(self, name: str) -> SecretStr | None:
        value = read(self._environment, name)
        return SecretStr(value) if value else None


def _ionapi(path: Path, *, plain_http: bool) -> InforCredentials:
    """Infor API contract A.1. The older format has whole addresses, and may lack `pu` and `iu`."""
    name = "INFOR_IONAPI_FILE"
    try:
        content = json.loads(text_of(path, name))
    except ValueError:
        raise missing(name, f"the file that {name} names cannot be read as an .ionapi file") from None
    if isinstance(content, dict):
        content = {key: value.strip() if isinstance(value, str) else value for key, value in content.items()}
    lacking = [key for key in ("ci", "cs", "ot") if not _is_text(content, key)]
    if not lacking and not _is_text(content, "pu") and not content["ot"].startswith(_WEB):
        lacking = ["pu"]
    if lacking:
        raise missing(name, f"the .ionapi file lacks {', '.join(lacking)}; download it again from Infor OS")
    service_account = _is_text(content, "saak") and _is_text(content, "sask")
    server = content["pu"] if _is_text(content, "pu") else ""
    return InforCredentials(
        token_url=_tenants(_joined(server, content["ot"]), plain_http=plain_http),
        revoke_url=_tenants(_joined(server, content["or"]), plain_http=plain_http)
        if _is_text(content, "or") and (server or content["or"].startswith(_WEB))
        else "",
        client_id=content["ci"],
        client_secret=SecretStr(content["cs"]),
        username=content["saak"] if service_account else None,
        password=SecretStr(content["sask"]) if service_account else None,
        scope=_scope(content.get("sc")),
        gateway=f"{content['iu'].rstrip('/')}/{content['ti']}"
        if _is_text(content, "iu") and _is_text(content, "ti")
        else "",
    )


def _check_tenant(base_url: str, gateway: str) -> None:
    address, _, tenant = gateway.rpartition("/")
    named = base_url.removeprefix(f"{address}/").partition("/")[0]
    if base_url.startswith(f"{address}/") and _TENANT.fullmatch(named) and named != tenant:
        raise Misconfigured(
            f"erp.base_url is of tenant {named}, and the .ionapi file is of tenant {tenant}",
            code=LoginCode.OTHER_TENANT,
            field="erp.base_url",
        )


def _joined(server: str, path: str) -> str:
    """`path` below the server's, which may end with a slash or not as `path` may begin with one; whole addresses, and
    paths that begin as the server's does, stand for themselves (Infor API contract A.1)."""
    base = server.rstrip("/")
    if path.startswith(_WEB) or path.startswith(f"{urlsplit(base).path or '/'}/"):
        return urljoin(f"{base}/", path)
    return f"{base}/{path.lstrip('/')}"


def _tenants(url: str, *, plain_http: bool) -> str:
    return checked("INFOR_IONAPI_FILE", url, what="an address in the .ionapi file", plain_http=plain_http)


def _scope(sc: object) -> str:
    """A list since version 1.1 of the file; taken as a text too."""
    return " ".join(str(name) for name in sc) if isinstance(sc, list) else str(sc or "")


def _is_text(content: object, key: str) -> bool:
    return isinstance(content, dict) and isinstance(content.get(key), str) and bool(content[key])
