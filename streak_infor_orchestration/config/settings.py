"""Where this installation lives: paths, addresses and ports, from the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import SecretStr

from streak_infor_orchestration.config.addresses import checked
from streak_infor_orchestration.config.environment import given, missing, read
from streak_infor_orchestration.domain.model import Model

STREAK_BASE_URL = "https://api.streak.com/api"
_PREFIX = "STREAK_INFOR_"


class Settings(Model):
    """`config` None: nothing is configured yet. `database_url` None: SQLite files in `state_dir`.
    `redis_url` None: runs reach the workers of this machine through files.
    `tables_url` None: the tables are files in `state_dir`; else an address fsspec understands. `tables_group`: of the
    system's groups the one that may read them, "" for none. `public_url` is where the world reaches the gateway, None:
    not decided yet. A port of 0 means any free one."""

    config: Path | None = None
    state_dir: Path = Path(".streak-infor")
    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    tables_url: str | None = None
    tables_group: str = ""
    streak_base_url: str = STREAK_BASE_URL
    public_url: str | None = None
    gateway_port: int = 8787
    webserver_port: int = 3000
    streak_twin_port: int = 8701
    infor_twin_port: int = 8702

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises Misconfigured naming the variable."""
        state_dir = Path(given(environment, f"{_PREFIX}STATE_DIR") or cls.model_fields["state_dir"].default)
        database_url = read(environment, f"{_PREFIX}DATABASE_URL")
        redis_url = read(environment, f"{_PREFIX}REDIS_URL")
        return cls(
            config=Path(config) if (config := given(environment, f"{_PREFIX}CONFIG")) else None,
            state_dir=state_dir,
            database_url=SecretStr(database_url) if database_url else None,
            redis_url=SecretStr(redis_url) if redis_url else None,
            tables_url=given(environment, f"{_PREFIX}TABLES_URL"),
            tables_group=_tables_group(environment, state_dir),
            streak_base_url=checked(
                "STREAK_BASE_URL", given(environment, "STREAK_BASE_URL") or STREAK_BASE_URL
            ).rstrip("/"),
            public_url=_public_url(environment),
            gateway_port=_port(environment, "GATEWAY_PORT"),
            webserver_port=_port(environment, "WEBSERVER_PORT"),
            streak_twin_port=_port(environment, "STREAK_TWIN_PORT"),
            infor_twin_port=_port(environment, "INFOR_TWIN_PORT"),
        )


def _tables_group(environment: Mapping[str, str], state_dir: Path) -> str:
    name, tables = f"{_PREFIX}TABLES_GROUP", Path(given(environment, f"{_PREFIX}TABLES_URL") or "")
    group = given(environment, name) or ""
    if group and (not tables.is_absolute() or tables.is_relative_to(state_dir.absolute())):
        raise missing(
            name,
            f"{name} needs {_PREFIX}TABLES_URL to be a folder outside the state folder, such as /srv/tables",
        )
    return group


def _public_url(environment: Mapping[str, str]) -> str | None:
    """Plain http is for `check` to complain about: nothing of ours is sent there."""
    url = given(environment, name := f"{_PREFIX}PUBLIC_URL")
    return checked(name, url, plain_http=True).rstrip("/") if url else None


def _port(environment: Mapping[str, str], name: str) -> int:
    text = given(environment, _PREFIX + name) or str(Settings.model_fields[name.lower()].default)
    if not (text.isascii() and text.isdecimal() and int(text) <= 65_535):
        raise missing(_PREFIX + name, f'{_PREFIX}{name} is "{text}"; set it to a port from 0 to 65535')
    return int(text)
