"""Tokens of an OAuth server that is not ours open Streak behind a gateway, as the environment says (RFC 6749 §4.4)."""

from dataclasses import replace
from pathlib import Path

import pytest

from streak_infor_orchestration.config.sections import StreakLimits
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Unauthorized
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.streak import create_app
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.oauth.conftest import KEY, Gateway
from streak_infor_orchestration_tests.integration.oauth.guard import claims_of
from streak_infor_orchestration_tests.integration.oauth.server import CLIENT_ID, CLIENT_SECRET

pytestmark = pytest.mark.needs("npm")

HOUR = 3600


def wired(
    gateway: Gateway, state: Path, clock: ManualClock | None = None, **environment: str
) -> StreakClient:
    everything = {
        "STREAK_BASE_URL": gateway.base_url,
        "STREAK_INFOR_STATE_DIR": str(state),
        **environment,
    }
    return Wiring(everything, clock).open_streak(StreakLimits(per_second=None))


def by_oauth(issuer: str, secret: str = CLIENT_SECRET) -> dict[str, str]:
    return {
        "STREAK_AUTH": "oauth",
        "STREAK_OAUTH_TOKEN_URL": f"{issuer}/token",
        "STREAK_OAUTH_CLIENT_ID": CLIENT_ID,
        "STREAK_OAUTH_CLIENT_SECRET": secret,
        "STREAK_OAUTH_SCOPE": "crm:read crm:write",
    }


def test_streak_is_read_and_written_with_one_token_of_the_scopes_asked_for(
    issuer: str, gateway: Gateway, tmp_path: Path
) -> None:
    client = wired(gateway, tmp_path, **by_oauth(issuer))
    (team,) = client.teams()
    assert client.create_contact(team.key, given_name="Bo").given_name == "Bo"
    assert client.me().email == "integration@acme.example"
    assert {claims["scope"] for claims in gateway.guard.seen} == {"crm:read crm:write"}
    assert {claims["iss"].rpartition(":")[2] for claims in gateway.guard.seen} == {issuer.rpartition(":")[2]}
    assert len({claims["token"] for claims in gateway.guard.seen}) == 1


def test_a_token_that_ended_or_was_taken_back_is_replaced(
    issuer: str, gateway: Gateway, tmp_path: Path
) -> None:
    clock = ManualClock()
    client = wired(gateway, tmp_path, clock, **by_oauth(issuer))
    client.me()
    clock.advance(HOUR)
    client.me()
    gateway.guard.revoked.add(gateway.guard.seen[-1]["token"])
    client.me()
    assert len({claims["token"] for claims in gateway.guard.seen}) == 3


def test_a_wrong_secret_is_told_as_such_and_nothing_reaches_streak(
    issuer: str, gateway: Gateway, tmp_path: Path
) -> None:
    client = wired(gateway, tmp_path, **by_oauth(issuer, secret="wrong"))
    with pytest.raises(Unauthorized):
        client.me()
    assert gateway.guard.seen == []


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_streaks_own_key_is_no_token(gateway: Gateway, tmp_path: Path, scheme: str) -> None:
    client = wired(gateway, tmp_path, STREAK_AUTH=scheme, STREAK_API_KEY=KEY)
    with pytest.raises(Unauthorized):
        client.me()


@pytest.mark.parametrize("scheme", ["", "basic", "bearer"])
def test_streaks_own_key_opens_streak_itself(gateway: Gateway, tmp_path: Path, scheme: str) -> None:
    with serve(create_app({KEY: "integration@acme.example"})) as url:
        streak = replace(gateway, base_url=f"{url}/api")
        client = wired(streak, tmp_path, STREAK_AUTH=scheme, STREAK_API_KEY=KEY)
        assert client.me().email == "integration@acme.example"


def test_the_gateway_believes_no_token_that_was_changed(
    issuer: str, gateway: Gateway, tmp_path: Path
) -> None:
    wired(gateway, tmp_path, **by_oauth(issuer)).me()
    head, payload, signature = gateway.guard.seen[0]["token"].split(".")
    keys = gateway.guard._keys
    assert claims_of(f"{head}.{payload}.{signature}", keys) is not None
    assert claims_of(f"{head}.{payload[:-2]}AA.{signature}", keys) is None
    assert claims_of(f"{head}.{payload}.{signature[:-4]}AAAA", keys) is None
    assert claims_of("strk_gateway", keys) is None


def test_a_service_account_logs_in_with_the_password_grant(issuer: str, gateway: Gateway) -> None:
    login = OAuth(
        f"{issuer}/token", CLIENT_ID, CLIENT_SECRET, username="T#ab+c", password="p&=ü", scope="Infor-M3"
    )
    http = HttpClient("streak", gateway.base_url, auth=login)
    StreakClient(http).me()
    assert (gateway.guard.seen[0]["sub"], gateway.guard.seen[0]["scope"]) == ("T#ab+c", "Infor-M3")
    http.close()
