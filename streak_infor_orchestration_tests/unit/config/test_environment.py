"""What editors, env files and shells bring along around a value, for every variable and every mounted file."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.config.environment import given, read
from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.domain.errors import Misconfigured

AROUND = [
    "key ",
    " key",
    "key\r",
    "key\r\n",
    "key\n\n",
    "\ufeffkey",
    "\tkey\t",
    "\xa0key\xa0",
    "\u200bkey\ufeff \r",
]


@pytest.mark.parametrize("value", AROUND)
def test_what_nobody_means_is_taken_off_a_variable_and_a_file(value: str, tmp_path: Path) -> None:
    mounted = tmp_path / "secret"
    mounted.write_bytes(value.encode())
    assert read({"SECRET": value}, "SECRET") == "key"
    assert given({"SECRET": value}, "SECRET") == "key"
    assert read({"SECRET_FILE": str(mounted)}, "SECRET") == "key"
    assert read({"SECRET_FILE": f"{mounted}\r"}, "SECRET") == "key"


def test_what_stands_between_stays() -> None:
    assert read({"SECRET": " correct  horse'\"; "}, "SECRET") == "correct  horse'\";"
    assert read({"SECRET": "\"half'"}, "SECRET") == "\"half'"


def test_nothing_but_what_nobody_means_is_not_set() -> None:
    assert read({"SECRET": " \r\n\ufeff"}, "SECRET") is None


@pytest.mark.parametrize("value", ['"key"', "'key'", "“key”", "„key“", '"key" \r'])
def test_quotes_around_a_value_are_told_without_showing_it(value: str) -> None:
    with pytest.raises(Misconfigured, match="the value of SECRET stands in quotes") as told:
        read({"SECRET": value}, "SECRET")
    assert "key" not in told.value.message


def test_a_value_of_several_lines_is_told_without_showing_it(tmp_path: Path) -> None:
    mounted = tmp_path / "secret"
    mounted.write_text("old\nnew\n")
    with pytest.raises(Misconfigured, match="the value of SECRET_FILE has several lines") as told:
        read({"SECRET_FILE": str(mounted)}, "SECRET")
    assert "old" not in told.value.message


@pytest.mark.parametrize(
    "content",
    [codecs.BOM_UTF16_LE + "key".encode("utf-16-le"), "key".encode("utf-16"), "key".encode("utf-16-be")],
)
def test_a_file_in_utf_16_is_told_with_its_cure(content: bytes, tmp_path: Path) -> None:
    mounted = tmp_path / "secret"
    mounted.write_bytes(content)
    with pytest.raises(Misconfigured, match=r"SECRET_FILE names is UTF-16.*save it as UTF-8"):
        read({"SECRET_FILE": str(mounted)}, "SECRET")
    with pytest.raises(Misconfigured, match=r"INFOR_IONAPI_FILE names is UTF-16.*save it as UTF-8"):
        Secrets({"INFOR_IONAPI_FILE": str(mounted)}).infor()


def test_a_file_that_is_neither_is_told() -> None:
    with pytest.raises(Misconfigured, match="the file that SECRET_FILE names cannot be read as text"):
        read({"SECRET_FILE": "/"}, "SECRET")


@pytest.mark.parametrize("before", ["", "\ufeff", " "])
@pytest.mark.parametrize("behind", ["", " ", "\r", "\r\n"])
def test_every_setting_is_read_so(before: str, behind: str) -> None:
    def put(value: str) -> str:
        return f"{before}{value}{behind}"

    settings = Settings.from_environment(
        {
            "STREAK_INFOR_CONFIG": put("acme.yaml"),
            "STREAK_INFOR_STATE_DIR": put("/var/lib/streak-infor"),
            "STREAK_INFOR_TABLES_URL": put("s3://bucket/tables"),
            "STREAK_BASE_URL": put("https://streak.example/api"),
            "STREAK_INFOR_PUBLIC_URL": put("https://hooks.example"),
            "STREAK_INFOR_GATEWAY_PORT": put("81"),
        }
    )
    assert settings.config == Path("acme.yaml")
    assert settings.state_dir == Path("/var/lib/streak-infor")
    assert settings.tables_url == "s3://bucket/tables"
    assert settings.streak_base_url == "https://streak.example/api"
    assert settings.public_url == "https://hooks.example"
    assert settings.gateway_port == 81


@pytest.mark.parametrize(
    "address",
    ["streak.example", "https://", "https://a b.example", "https://x:port", "https://x\x07y", "ftp://x"],
)
def test_what_cannot_be_called_is_no_address(address: str) -> None:
    with pytest.raises(Misconfigured, match="STREAK_BASE_URL"):
        Settings.from_environment({"STREAK_BASE_URL": address})


SHARED = {"INFOR_CLIENT_ID": "c", "INFOR_CLIENT_SECRET": "s", "STREAK_API_KEY": "k"}


@pytest.mark.parametrize(
    ("environment", "ask", "variable"),
    [
        ({"STREAK_AUTH": "digest"}, lambda of: of.streak(), "STREAK_AUTH"),
        ({"STREAK_API_KEY": ""}, lambda of: of.streak(), "STREAK_API_KEY"),
        ({"STREAK_API_KEY": "'k'"}, lambda of: of.streak(), "STREAK_API_KEY"),
        ({"STREAK_API_KEY": "k\nk"}, lambda of: of.streak(), "STREAK_API_KEY"),
        ({"STREAK_API_KEY_FILE": "/x"}, lambda of: of.streak(), "STREAK_API_KEY"),
        (
            {"STREAK_API_KEY": "", "STREAK_API_KEY_FILE": "/x\0"},
            lambda of: of.streak(),
            "STREAK_API_KEY_FILE",
        ),
        (
            {"STREAK_API_KEY": "", "STREAK_API_KEY_FILE": "/nowhere"},
            lambda of: of.streak(),
            "STREAK_API_KEY_FILE",
        ),
        ({"INFOR_CLIENT_ID": ""}, lambda of: of.infor(), "INFOR_CLIENT_ID"),
        ({}, lambda of: of.infor(), "INFOR_TOKEN_URL"),
        ({"INFOR_TOKEN_URL": "token"}, lambda of: of.infor(), "INFOR_TOKEN_URL"),
        ({"INFOR_TOKEN_URL": "http://x.example"}, lambda of: of.infor(), "INFOR_TOKEN_URL"),
        ({"INFOR_CLIENT_SECRET": ""}, lambda of: of.infor("https://x.example"), "INFOR_CLIENT_SECRET"),
        ({"INFOR_USERNAME": "u"}, lambda of: of.infor("https://x.example"), "INFOR_PASSWORD"),
        ({"INFOR_IONAPI_FILE": "/nowhere"}, lambda of: of.infor(), "INFOR_IONAPI_FILE"),
        ({}, lambda of: of.infor_address("ionapi:/M3"), "INFOR_IONAPI_FILE"),
        ({}, lambda of: of.named("ALERT_URL"), "ALERT_URL"),
        ({}, lambda of: of.streak_webhook_secret(), "STREAK_WEBHOOK_SECRET"),
    ],
)
def test_what_is_wrong_with_a_variable_is_told_by_its_name(
    environment: dict[str, str], ask: Callable[[Secrets], object], variable: str
) -> None:
    with pytest.raises(Misconfigured) as caught:
        ask(Secrets({**SHARED, **environment}))
    assert (caught.value.code, caught.value.field) == ("environment", variable)
    assert variable in caught.value.message


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({"STREAK_BASE_URL": "streak"}, "STREAK_BASE_URL"),
        ({"STREAK_INFOR_PUBLIC_URL": "gateway"}, "STREAK_INFOR_PUBLIC_URL"),
        ({"STREAK_INFOR_GATEWAY_PORT": "65536"}, "STREAK_INFOR_GATEWAY_PORT"),
        ({"STREAK_INFOR_WEBSERVER_PORT": "-1"}, "STREAK_INFOR_WEBSERVER_PORT"),
        ({"STREAK_INFOR_INFOR_TWIN_PORT": "x"}, "STREAK_INFOR_INFOR_TWIN_PORT"),
        ({"STREAK_INFOR_TABLES_GROUP": "users"}, "STREAK_INFOR_TABLES_GROUP"),
    ],
)
def test_and_so_is_what_is_wrong_with_a_setting(environment: dict[str, str], variable: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        Settings.from_environment(environment)
    assert (caught.value.code, caught.value.field) == ("environment", variable)
    assert variable in caught.value.message
