"""Which proxy a call goes through, and which exceptions there are: as curl and its like read the same variables."""

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.proxies import proxy_for

PROXY = "http://proxy.example:3128"
_NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_each_spelling_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, f" {PROXY}\r")
    assert proxy_for("https://erp.example") == PROXY


def test_the_scheme_s_own_goes_before_the_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://other.example:1")
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    assert proxy_for("https://erp.example") == PROXY
    assert proxy_for("http://erp.example") == "http://other.example:1"


def test_without_a_variable_there_is_none() -> None:
    assert proxy_for("https://erp.example") is None


@pytest.mark.parametrize(
    ("exception", "url"),
    [
        ("erp.example", "https://erp.example"),
        ("erp.example", "https://api.erp.example"),
        (".erp.example", "https://api.erp.example"),
        (".erp.example", "https://erp.example"),
        ("*.erp.example", "https://api.erp.example"),
        ("ERP.example.", "https://erp.EXAMPLE"),
        ("a.example, erp.example", "https://erp.example"),
        ("a.example erp.example", "https://erp.example"),
        ("erp.example:8443", "https://erp.example:8443"),
        ("erp.example:443", "https://erp.example"),
        ("erp.example:80", "http://erp.example"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("10.0.0.0/8", "https://10.1.2.3"),
        ("10.1.2.3", "https://10.1.2.3:8443"),
        ("10.1.2.3:8443", "https://10.1.2.3:8443"),
        ("fd00::/8", "https://[fd12::1]"),
        ("[fd12::1]:8443", "https://[fd12::1]:8443"),
        ("fd12::1", "https://[fd12::1]"),
        ("*", "https://erp.example"),
    ],
)
def test_an_exception_is_called_directly(exception: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", PROXY)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, exception)
        assert proxy_for(url) is None
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("exception", "url"),
    [
        ("erp.example", "https://myerp.example"),
        ("erp.example:8443", "https://erp.example"),
        ("erp.example:8443", "https://erp.example:9443"),
        ("10.0.0.0/8", "https://11.1.2.3"),
        ("10.1.2.3:1", "https://10.1.2.3"),
        ("10.0.0.0/8", "https://10.example"),
        (".", "https://erp.example"),
        ("", "https://erp.example"),
        (",", "https://erp.example"),
    ],
)
def test_whoever_is_no_exception_is_not(exception: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", exception)
    assert proxy_for(url) == PROXY


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8701", "http://localhost", "http://127.8.9.1", "http://[::1]:1", "http://x.localhost"],
)
def test_this_machine_is_never_called_through_one(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", PROXY)
    assert proxy_for(url) is None


@pytest.mark.parametrize(
    "proxy",
    [
        "10.0.0.1:3128",
        "proxy.example",
        "user:pass@proxy.example:1",
        "socks5://p:1",
        "http://",
        "http://p:x",
        "http://a b",
    ],
)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_one_that_cannot_be_used_is_told_by_its_variable_and_not_shown(
    name: str, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, proxy)
    with pytest.raises(Misconfigured, match=f"^{name} is no address of an HTTP proxy") as told:
        HttpClient("erp", "https://erp.example")
    assert "pass" not in told.value.message
    assert told.value.field == name
