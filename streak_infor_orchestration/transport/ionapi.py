"""The `.ionapi` file an Infor OS administrator downloads for a Backend Service app (Infor API facts §A.1)."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from streak_infor_orchestration.domain.errors import Misconfigured


@dataclass(frozen=True)
class IonApi:
    """`base_url` is the gateway with the tenant, no trailing slash. `username`/`password`: the service account."""

    tenant: str
    base_url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    username: str = field(repr=False)
    password: str = field(repr=False)
    scope: str = ""


def read_ionapi(path: Path) -> IonApi:
    """Raises `Misconfigured` naming the file and the key, never a value."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        authority = data["pu"].rstrip("/") + "/"
        return IonApi(
            tenant=data["ti"],
            base_url=f"{data['iu'].rstrip('/')}/{data['ti']}",
            token_url=urljoin(authority, data["ot"].lstrip("/")),  # older files hold an absolute address
            client_id=data["ci"],
            client_secret=data["cs"],
            username=data["saak"],
            password=data["sask"],
            scope=" ".join(data.get("sc", [])),
        )
    except OSError as error:
        raise Misconfigured(f"{path}: {error.strerror}", code="ionapi") from None
    except KeyError as error:
        missing = error.args[0]
        hint = (
            ": create it as a Backend Service with a service account" if missing in ("saak", "sask") else ""
        )
        raise Misconfigured(f"{path}: no {missing!r}{hint}", code="ionapi", field=missing) from None
    except (ValueError, AttributeError, TypeError):
        raise Misconfigured(f"{path}: not an .ionapi file", code="ionapi") from None
