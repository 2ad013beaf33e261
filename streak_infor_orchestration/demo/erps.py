"""The Infor products that the demo's company can run: simulator, part of integration.yaml, credentials."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module, resources
from pathlib import Path

from starlette.applications import Starlette

from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.twins.ion import Account
from streak_infor_orchestration.twins.ion.ionapi import ionapi

TWINS = "streak_infor_orchestration.twins"
_SECTION = re.compile(r"^erp:\n(?:[ #].*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class DemoErp:
    """`name`: as integration.yaml has it, and `--erp`. `twin`: the simulator's package. `habits`: levers with what they
    are told before anything happens. `poll`: what the address of a look for changes has in it. `late`: what the lever
    for late commits calls the writes that the product makes there. `ships_first`: it invoices only what has left.
    `tells`: the lever by which it sends what was written, and what of it."""

    name: str
    twin: str
    habits: Mapping[str, Json] = field(default_factory=dict)
    poll: str = ""
    late: tuple[str, ...] = ("salesorders", "customers")
    ships_first: bool = False
    tells: tuple[str, Json] | None = None

    @property
    def module(self) -> str:
        return f"{TWINS}.{self.twin}"

    def app(self) -> Starlette:
        """The simulator with its small company."""
        app: Starlette = import_module(self.module).create_app()
        return app

    @property
    def section(self) -> str:
        """Its part of an integration.yaml; ``{infor}`` stands for its address."""
        return _packaged(f"erp.{self.name}.yaml")

    def configuration(self, infor_url: str) -> str:
        """The packaged integration.yaml, with this ERP and its address."""
        return _SECTION.sub(self.section, _packaged("integration.yaml"), count=1).replace(
            "{infor}", infor_url
        )

    def environment(self, infor_url: str, folder: Path) -> dict[str, str]:
        """Where the product finds its credentials."""
        return {"INFOR_IONAPI_FILE": str(folder / "infor.ionapi")}

    def leave_credentials(self, infor_url: str, folder: Path) -> None:
        """The file that an administrator downloads from Infor OS."""
        content = json.dumps(ionapi(Account(), infor_url), indent=1)
        (folder / "infor.ionapi").write_text(content, encoding="utf-8")


class DemoFacade(DemoErp):
    """It has no gateway in front: a client and its token endpoint. Its section is that of the packaged file."""

    @property
    def section(self) -> str:
        found = _SECTION.search(_packaged("integration.yaml"))
        assert found is not None
        return found[0].replace("http://127.0.0.1:8702", "{infor}")

    def environment(self, infor_url: str, folder: Path) -> dict[str, str]:
        return {
            "INFOR_TOKEN_URL": f"{infor_url}/oauth/token",
            "INFOR_CLIENT_ID": "twin-client",
            "INFOR_CLIENT_SECRET": "twin-secret",
        }

    def leave_credentials(self, infor_url: str, folder: Path) -> None:
        """They are in the environment."""


def _packaged(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


INVOICES_BY_ITSELF: dict[str, Json] = {"/invoicing": {"seconds": 1.0, "after": "ready"}}

FACADE = DemoFacade("facade", "infor", poll="modifiedSince", late=("salesorders", "invoices", "customers"))
SYTELINE = DemoErp(
    "syteline",
    "syteline",
    habits=INVOICES_BY_ITSELF,
    poll="RecordDate",
    late=("salesorders", "SLCoitems", "update SLCos", "customers"),
)
M3 = DemoErp(
    "m3",
    "m3",
    habits=INVOICES_BY_ITSELF,
    poll="LstByNumber",
    late=("AddBatchHead", "AddBatchLine", "Confirm", "customers"),
    ships_first=True,
    tells=("/subscriptions", {"tables": ["OOHEAD", "OOLINE", "FSLEDG"]}),
)
ERPS = {erp.name: erp for erp in (FACADE, M3, SYTELINE)}

DEFAULT = FACADE
"""What runs where no other is named."""
