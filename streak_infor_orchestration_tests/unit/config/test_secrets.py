"""Secrets come from the environment or mounted files, and never show."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.errors import Misconfigured

IONAPI = {"ci": "ACME~abc", "cs": "shh", "pu": "https://sso.example:443/ACME/as/", "ot": "token.oauth2"}


def test_a_secret_is_read_from_its_variable() -> None:
    assert Secrets({"STREAK_API_KEY": "k"}).streak_api_key().get_secret_value() == "k"


def test_a_secret_is_read_from_a_mounted_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    secrets = Secrets({"STREAK_WEBHOOK_SECRET_FILE": str(tmp_path / "secret")})
    assert secrets.streak_webhook_secret().get_secret_value() == "s3cret"


@pytest.mark.parametrize("environment", [{}, {"STREAK_API_KEY": ""}])
def test_a_missing_secret_names_its_variable(environment: dict[str, str]) -> None:
    with pytest.raises(
        Misconfigured, match=r"^STREAK_API_KEY is not set; set it, or STREAK_API_KEY_FILE"
    ) as caught:
        Secrets(environment).streak_api_key()
    assert caught.value.field == "STREAK_API_KEY"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nowhere", "there is no file at the path that STREAK_API_KEY_FILE names"),
        (".", "the file that STREAK_API_KEY_FILE names cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_names_its_variable(path: str, told: str) -> None:
    with pytest.raises(Misconfigured, match=told):
        Secrets({"STREAK_API_KEY_FILE": path}).streak_api_key()


def test_two_places_for_one_secret_are_refused_without_showing_it(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="both set") as caught:
        Secrets({"STREAK_API_KEY": "s3cret", "STREAK_API_KEY_FILE": str(tmp_path)}).streak_api_key()
    assert "s3cret" not in str(caught.value)


def test_the_channel_of_an_alert_is_a_secret_like_any_other() -> None:
    assert Secrets({"ALERT_URL": "x://y"}).named("ALERT_URL").get_secret_value() == "x://y"


def test_the_ionapi_file_gives_the_password_grant(tmp_path: Path) -> None:
    path = tmp_path / "app.ionapi"
    path.write_text(json.dumps(IONAPI | {"saak": "ACME#user", "sask": "pw"}))
    credentials = Secrets({"INFOR_IONAPI_FILE": str(path)}).infor()
    assert credentials.token_url == "https://sso.example:443/ACME/as/token.oauth2"
    assert (credentials.client_id, credentials.username) == ("ACME~abc", "ACME#user")
    assert credentials.password is not None and credentials.password.get_secret_value() == "pw"
    assert "shh" not in repr(credentials) and "pw" not in repr(credentials)


@pytest.mark.parametrize(
    ("sc", "scope"),
    [(["Infor-M3", "Infor-Mingle"], "Infor-M3 Infor-Mingle"), ("Infor-M3", "Infor-M3"), ([], ""), (None, "")],
)
def test_the_scopes_of_an_ionapi_file_are_asked_for(tmp_path: Path, sc: object, scope: str) -> None:
    path = tmp_path / "app.ionapi"
    path.write_text(json.dumps(IONAPI | {"sc": sc}))
    assert Secrets({"INFOR_IONAPI_FILE": str(path)}).infor().scope == scope


def test_a_client_without_such_a_file_names_its_scopes_itself() -> None:
    client = {
        "INFOR_CLIENT_ID": "c",
        "INFOR_CLIENT_SECRET": "s",
        "INFOR_TOKEN_URL": "https://sso.example/token",
    }
    assert Secrets(client).infor().scope == ""
    assert Secrets(client | {"INFOR_SCOPE": "a b"}).infor().scope == "a b"


OAUTH = {
    "STREAK_AUTH": "oauth",
    "STREAK_OAUTH_TOKEN_URL": "https://sso.example/token",
    "STREAK_OAUTH_CLIENT_ID": "c",
    "STREAK_OAUTH_CLIENT_SECRET": "shh",
}


def test_streaks_key_goes_as_basic_unless_told_otherwise() -> None:
    assert Secrets({"STREAK_API_KEY": "k"}).streak().scheme == "basic"
    assert Secrets({"STREAK_API_KEY": "k", "STREAK_AUTH": "bearer"}).streak().scheme == "bearer"
    with pytest.raises(Misconfigured, match='STREAK_AUTH is "digest"; set it to basic, bearer or oauth'):
        Secrets({"STREAK_API_KEY": "k", "STREAK_AUTH": "digest"}).streak()


def test_a_client_of_streaks_gateway_needs_no_key() -> None:
    credentials = Secrets(OAUTH | {"STREAK_OAUTH_SCOPE": "crm"}).streak()
    assert (credentials.token_url, credentials.client_id) == ("https://sso.example/token", "c")
    assert (credentials.api_key, credentials.scope) == (None, "crm")
    assert "shh" not in repr(credentials)


@pytest.mark.parametrize("name", [name for name in OAUTH if name != "STREAK_AUTH"])
def test_what_the_client_lacks_is_named(name: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        Secrets({**OAUTH, name: ""}).streak()
    assert caught.value.field == name


def test_a_token_url_that_is_none_is_named() -> None:
    with pytest.raises(Misconfigured, match="STREAK_OAUTH_TOKEN_URL is no web address"):
        Secrets({**OAUTH, "STREAK_OAUTH_TOKEN_URL": "sso.example"}).streak()


@pytest.mark.parametrize(
    ("pu", "ot"),
    [
        ("https://sso.example/as", "/token.oauth2"),
        ("https://sso.example/", "https://sso.example/token.oauth2"),
    ],
)
def test_an_ionapi_file_may_write_its_addresses_loosely(tmp_path: Path, pu: str, ot: str) -> None:
    path = tmp_path / "app.ionapi"
    path.write_text(json.dumps(IONAPI | {"pu": pu, "ot": ot}))
    credentials = Secrets({"INFOR_IONAPI_FILE": str(path)}).infor()
    assert credentials.token_url is not None and credentials.token_url.endswith("/token.oauth2")
    assert credentials.username is None


@pytest.mark.parametrize("content", ["{}", "[]", "no json", json.dumps(IONAPI | {"cs": 1})])
def test_a_damaged_ionapi_file_is_told_without_showing_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "app.ionapi"
    path.write_text(content)
    with pytest.raises(Misconfigured, match="ionapi file") as caught:
        Secrets({"INFOR_IONAPI_FILE": str(path)}).infor()
    assert caught.value.field == "INFOR_IONAPI_FILE"
    assert "ACME" not in str(caught.value)


CLIENT = {"INFOR_CLIENT_ID": "c", "INFOR_CLIENT_SECRET": "s", "INFOR_TOKEN_URL": "https://t.example/token"}


def test_a_client_alone_means_client_credentials() -> None:
    credentials = Secrets(CLIENT).infor()
    assert (credentials.client_id, credentials.username, credentials.api_key) == ("c", None, None)


def test_a_client_with_a_user_means_the_password_grant() -> None:
    credentials = Secrets(CLIENT | {"INFOR_USERNAME": "u", "INFOR_PASSWORD": "p"}).infor()
    assert credentials.username == "u" and credentials.password is not None


def test_the_token_endpoint_may_stand_in_the_configuration() -> None:
    only_client = {k: v for k, v in CLIENT.items() if k != "INFOR_TOKEN_URL"}
    assert Secrets(only_client).infor("https://x.example").token_url == "https://x.example"
    assert Secrets(CLIENT).infor("https://x.example").token_url == "https://t.example/token"


def test_an_api_key_alone_is_enough() -> None:
    credentials = Secrets({"INFOR_API_KEY": "k"}).infor()
    assert credentials.api_key is not None and credentials.client_id is None


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({}, "INFOR_CLIENT_ID"),
        ({"INFOR_CLIENT_ID": "c"}, "INFOR_TOKEN_URL"),
        ({"INFOR_CLIENT_ID": "c", "INFOR_TOKEN_URL": "https://t.example"}, "INFOR_CLIENT_SECRET"),
        (CLIENT | {"INFOR_USERNAME": "u"}, "INFOR_PASSWORD"),
    ],
)
def test_incomplete_credentials_name_what_is_missing(environment: dict[str, str], variable: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        Secrets(environment).infor()
    assert caught.value.field == variable


def ionapi(path: Path, **more: str) -> Secrets:
    path.write_text(json.dumps(IONAPI | more))
    return Secrets({"INFOR_IONAPI_FILE": str(path)})


def test_the_gateway_of_an_address_is_that_of_the_ionapi_file(tmp_path: Path) -> None:
    secrets = ionapi(tmp_path / "app.ionapi", iu="https://ionapi.example/", ti="ACME_TST")
    address = secrets.infor_address("ionapi:/Facade/infor/api/v1")
    assert address == "https://ionapi.example/ACME_TST/Facade/infor/api/v1"
    assert secrets.infor_address("https://erp.example/x") == "https://erp.example/x"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"ti": "ACME"}, "lacks iu or ti"),
        ({"iu": "https://x.example"}, "lacks iu or ti"),
        ({"iu": "http://x.example", "ti": "ACME"}, "plain http"),
    ],
)
def test_a_gateway_that_is_not_known_is_told(tmp_path: Path, more: dict[str, str], told: str) -> None:
    with pytest.raises(Misconfigured, match=told) as caught:
        ionapi(tmp_path / "app.ionapi", **more).infor_address("ionapi:/Facade")
    assert caught.value.field == "INFOR_IONAPI_FILE"


def test_a_gateway_without_a_file_is_told() -> None:
    with pytest.raises(Misconfigured, match="set INFOR_IONAPI_FILE, or write the address out"):
        Secrets({}).infor_address("ionapi:/Facade")


@pytest.mark.parametrize(
    "secrets_of",
    [
        lambda _folder: Secrets(CLIENT | {"INFOR_TOKEN_URL": "http://t.example/token"}),
        lambda folder: ionapi(folder / "app.ionapi", pu="http://sso.example/"),
        lambda folder: ionapi(folder / "app.ionapi", pu="HTTP://sso.example/"),
        lambda folder: ionapi(folder / "app.ionapi", ot="http://sso.example/token"),
        lambda folder: ionapi(folder / "app.ionapi", **{"or": "http://sso.example/revoke"}),
    ],
    ids=["INFOR_TOKEN_URL", "pu", "in capitals", "ot", "or"],
)
def test_no_password_goes_in_clear_to_another_machine_wherever_the_address_comes_from(
    tmp_path: Path, secrets_of: Callable[[Path], Secrets]
) -> None:
    secrets = secrets_of(tmp_path)
    with pytest.raises(Misconfigured, match=r"plain http|no web address") as caught:
        secrets.infor()
    of_file = (tmp_path / "app.ionapi").exists()
    assert caught.value.field == ("INFOR_IONAPI_FILE" if of_file else "INFOR_TOKEN_URL")
    assert (".ionapi file" if of_file else "INFOR_TOKEN_URL") in caught.value.message


def test_in_a_closed_network_it_may() -> None:
    secrets = Secrets(CLIENT | {"INFOR_TOKEN_URL": "http://t.example/token"})
    assert secrets.infor(plain_http=True).token_url == "http://t.example/token"


def test_neither_does_the_secret_of_a_client_that_opens_streak() -> None:
    environment = {
        "STREAK_AUTH": "oauth",
        "STREAK_OAUTH_CLIENT_ID": "c",
        "STREAK_OAUTH_CLIENT_SECRET": "s",
        "STREAK_OAUTH_TOKEN_URL": "http://t.example/token",
    }
    with pytest.raises(Misconfigured, match="plain http"):
        Secrets(environment).streak()
    own = environment | {"STREAK_OAUTH_TOKEN_URL": "http://127.0.0.1:8080/token"}
    assert Secrets(own).streak().token_url == "http://127.0.0.1:8080/token"


@pytest.mark.parametrize(
    ("base_url", "named"),
    [
        ("https://gw.example/ACME_PRD/M3", None),
        ("https://gw.example/ACME_TST/M3", "ACME_TST"),
        ("https://gw.example/ACME_TST", "ACME_TST"),
        ("https://gw.example/m3/api", None),
        ("https://other.example/ACME_TST/M3", None),
        ("https://gw.example.test/ACME_TST/M3", None),
    ],
)
def test_the_gateway_of_the_file_with_another_tenant_is_refused(
    tmp_path: Path, base_url: str, named: str | None
) -> None:
    file = tmp_path / "app.ionapi"
    file.write_text(json.dumps(IONAPI | {"iu": "https://gw.example/", "ti": "ACME_PRD"}))
    secrets = Secrets({"INFOR_IONAPI_FILE": str(file)})
    assert secrets.infor_address("ionapi:/M3") == "https://gw.example/ACME_PRD/M3"
    if named is None:
        assert secrets.infor_address(base_url) == base_url
        return
    with pytest.raises(Misconfigured) as caught:
        secrets.infor_address(base_url)
    assert (caught.value.code, caught.value.field) == ("other_tenant", "erp.base_url")
    assert caught.value.message == (
        f"erp.base_url is of tenant {named}, and the .ionapi file is of tenant ACME_PRD"
    )
