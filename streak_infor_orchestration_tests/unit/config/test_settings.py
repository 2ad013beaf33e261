"""Where this installation lives, from the environment."""

from pathlib import Path

import pytest

from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.domain.errors import Misconfigured


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_environment({})
    assert settings.config is None
    assert settings.state_dir == Path(".streak-infor")
    assert settings.database_url is None
    assert settings.streak_base_url == "https://api.streak.com/api"
    ports = (
        settings.gateway_port,
        settings.webserver_port,
        settings.streak_twin_port,
        settings.infor_twin_port,
    )
    assert ports == (8787, 3000, 8701, 8702)


def test_everything_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("new, old\n")
    settings = Settings.from_environment(
        {
            "STREAK_INFOR_CONFIG": "acme.yaml",
            "STREAK_INFOR_STATE_DIR": "/var/lib/streak-infor",
            "STREAK_INFOR_DATABASE_URL": "postgresql+psycopg2://me:pw@db/x",
            "STREAK_INFOR_ENCRYPTION_KEYS_FILE": str(tmp_path / "keys"),
            "STREAK_BASE_URL": "http://127.0.0.1:8701/api/",
            "STREAK_INFOR_GATEWAY_PORT": "0",
        }
    )
    assert settings.config == Path("acme.yaml")
    assert settings.state_dir == Path("/var/lib/streak-infor")
    assert settings.database_url is not None
    assert [key.get_secret_value() for key in settings.encryption_keys] == ["new", "old"]
    assert settings.streak_base_url == "http://127.0.0.1:8701/api"
    assert settings.gateway_port == 0
    assert "pw" not in repr(settings) and "old" not in repr(settings)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8.0", "٣"])
def test_a_port_that_is_none_names_its_variable(port: str) -> None:
    with pytest.raises(Misconfigured, match="STREAK_INFOR_WEBSERVER_PORT"):
        Settings.from_environment({"STREAK_INFOR_WEBSERVER_PORT": port})


def test_an_address_without_a_scheme_names_its_variable() -> None:
    with pytest.raises(Misconfigured, match="STREAK_BASE_URL"):
        Settings.from_environment({"STREAK_BASE_URL": "127.0.0.1:8701"})
