"""Where the demo's systems listen and keep their files, and the environment that tells the product."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from streak_infor_orchestration.demo.company import INTEGRATION_KEY, USERS
from streak_infor_orchestration.demo.erps import DEFAULT, TWINS, DemoErp
from streak_infor_orchestration.stack import Service, Stack, choose_port, wipe
from streak_infor_orchestration.stack.gateway_service import gateway

WEBHOOK_SECRET = "demo-webhook-secret"  # noqa: S105  # opens a simulator only


@dataclass(frozen=True)
class DemoPlaces:
    """Base URLs on loopback, and the state folder."""

    state_dir: Path
    streak_port: int
    infor_port: int
    gateway_port: int
    erp: DemoErp = DEFAULT

    @classmethod
    def choose(cls, state_dir: Path, environ: Mapping[str, str] = os.environ, erp: DemoErp = DEFAULT) -> Self:
        """Raises PortTaken, ValueError (see `stack.choose_port`)."""
        return cls(
            state_dir.resolve(),
            choose_port("STREAK_INFOR_STREAK_TWIN_PORT", 8701, environ),
            choose_port("STREAK_INFOR_INFOR_TWIN_PORT", 8702, environ),
            choose_port("STREAK_INFOR_GATEWAY_PORT", 8787, environ),
            erp,
        )

    @property
    def streak(self) -> str:
        return f"http://127.0.0.1:{self.streak_port}"

    @property
    def infor(self) -> str:
        return f"http://127.0.0.1:{self.infor_port}"

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.gateway_port}"

    @property
    def config(self) -> Path:
        return self.state_dir / "integration.yaml"

    def wipe(self) -> None:
        """New twins know nothing of what an old ledger remembers. Raises StackError while a stack runs there."""
        wipe(self.state_dir)

    def product(self) -> dict[str, str]:
        """What the product has to be told."""
        return {
            "STREAK_INFOR_CONFIG": str(self.config),
            "STREAK_INFOR_STATE_DIR": str(self.state_dir),
            "STREAK_BASE_URL": f"{self.streak}/api",
            "STREAK_API_KEY": INTEGRATION_KEY,
            "STREAK_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "STREAK_INFOR_GATEWAY_PORT": str(self.gateway_port),
            **self.erp.environment(self.infor, self.state_dir),
            **({"INFOR_WEBHOOK_SECRET": WEBHOOK_SECRET} if self.erp.tells else {}),
        }

    def configure(self, configuration: str) -> None:
        """Writes integration.yaml, and the file with the ERP's credentials where it takes one."""
        self.config.write_text(configuration, encoding="utf-8")
        self.erp.leave_credentials(self.infor, self.state_dir)

    def environment(self, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
        """`environ` with nothing left in it that could lead to somebody's real systems."""
        ours = ("STREAK_", "INFOR_")
        kept = {
            n: v for n, v in environ.items() if not n.startswith(ours) or n == "STREAK_INFOR_WEBSERVER_PORT"
        }
        return {**kept, **self.product()}

    def stack(
        self,
        configuration: str,
        environ: Mapping[str, str] = os.environ,
        *,
        database_url: str = "",
        say: Callable[[str], None] = print,
    ) -> Stack:
        """The whole product beside both simulators, not started yet; `configuration` is its integration.yaml.
        With a Postgres `database_url` the ledger and Dagster live there, else in SQLite files."""
        self.configure(configuration)
        told = self.environment(environ)
        if database_url:
            told["STREAK_INFOR_DATABASE_URL"] = database_url
        return Stack(
            self.state_dir,
            "postgres" if database_url else "local",
            services=[*self.twins(), gateway(self.gateway_port)],
            environ=told,
            say=say,
        )

    def twins(self) -> list[Service]:
        """Both simulators, as services of a stack."""
        users = tuple(f"--user={key}={email}" for key, email in USERS.items())
        return [
            _twin("streak twin", f"{TWINS}.streak", self.streak, self.streak_port, users),
            _twin("infor twin", self.erp.module, self.infor, self.infor_port),
        ]


def _twin(name: str, module: str, url: str, port: int, more: tuple[str, ...] = ()) -> Service:
    return Service(
        name,
        module=module,
        argv=(f"--port={port}", *more),
        ready=f"{url}/__twin__/violations",
        preload=(module,),
    )
