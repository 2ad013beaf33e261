"""Where this installation lives, from the environment."""

import re
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


def test_everything_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            "STREAK_INFOR_CONFIG": "acme.yaml",
            "STREAK_INFOR_STATE_DIR": "/var/lib/streak-infor",
            "STREAK_INFOR_DATABASE_URL": "postgresql+psycopg2://me:pw@db/x",
            "STREAK_INFOR_PUBLIC_URL": "https://hooks.example/",
            "STREAK_BASE_URL": "http://127.0.0.1:8701/api/",
            "STREAK_INFOR_GATEWAY_PORT": "0",
        }
    )
    assert settings.config == Path("acme.yaml")
    assert settings.state_dir == Path("/var/lib/streak-infor")
    assert settings.database_url is not None
    assert settings.public_url == "https://hooks.example"
    assert settings.streak_base_url == "http://127.0.0.1:8701/api"
    assert settings.gateway_port == 0
    assert "pw" not in repr(settings)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8.0", "٣"])
def test_a_port_that_is_none_names_its_variable(port: str) -> None:
    with pytest.raises(Misconfigured, match="STREAK_INFOR_WEBSERVER_PORT"):
        Settings.from_environment({"STREAK_INFOR_WEBSERVER_PORT": port})


def test_an_address_without_a_scheme_names_its_variable() -> None:
    with pytest.raises(Misconfigured, match="STREAK_BASE_URL"):
        Settings.from_environment({"STREAK_BASE_URL": "127.0.0.1:8701"})


def test_what_opens_streak_is_not_sent_in_clear_to_another_machine() -> None:
    for own in ("http://localhost:8701/api", "http://[::1]:8701/api", "https://gateway.example/api"):
        assert Settings.from_environment({"STREAK_BASE_URL": own}).streak_base_url == own
    with pytest.raises(Misconfigured, match="plain http") as caught:
        Settings.from_environment({"STREAK_BASE_URL": "http://me:pw@gateway.example/api"})
    assert "pw" not in str(caught.value)


def test_that_the_world_reaches_the_gateway_by_plain_http_is_for_check_to_tell() -> None:
    settings = Settings.from_environment({"STREAK_INFOR_PUBLIC_URL": "http://hooks.example"})
    assert settings.public_url == "http://hooks.example"


def test_each_documented_variable_does_something() -> None:
    """Named in the page's table of the environment, and read somewhere in the code."""
    page = Path("docs/configuration.md").read_text().partition("## Environment")[2]
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]{4,})`", row)}
    code = "".join(file.read_text() for file in Path("streak_infor_orchestration").rglob("*.py"))
    short = {name.removeprefix("STREAK_INFOR_").removeprefix("_") for name in named}
    assert named >= {"STREAK_INFOR_CONFIG", "STREAK_API_KEY", "_WEBSERVER_PORT"}
    assert {name for name in short if name not in code} == set()


def test_a_group_reads_tables_only_in_a_folder_of_their_own() -> None:
    outside = {"STREAK_INFOR_TABLES_GROUP": "analysts", "STREAK_INFOR_TABLES_URL": "/srv/tables"}
    assert Settings.from_environment(outside).tables_group == "analysts"
    for url in ("", "s3://bucket/tables", "tables", str(Path(".streak-infor/tables").absolute())):
        with pytest.raises(Misconfigured, match="outside the state folder"):
            Settings.from_environment(outside | {"STREAK_INFOR_TABLES_URL": url})
