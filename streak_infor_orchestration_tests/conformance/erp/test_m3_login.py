"""How M3 lets us in, and who is to blame where it does not (Infor API contract, A.1 to A.4, B.4)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Misconfigured, Transient, Unauthorized
from streak_infor_orchestration.infor.m3.login import login
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.transport.auth import Basic
from streak_infor_orchestration.twins.m3.basic import PASSWORD, USER
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab, section

MakeM3 = Callable[..., M3Lab]


def on_premises(control: Control, **secrets: str) -> M3Lab:
    return M3Lab(control, Secrets(secrets), login="basic", base_url=control.base_url)


def test_on_premises_a_user_logs_in_by_itself(make_m3: MakeM3, m3_twin: Control) -> None:
    lab = on_premises(m3_twin, INFOR_USERNAME=USER, INFOR_PASSWORD=PASSWORD)
    made = lab.order()
    assert lab.order_ids() == [made.id]
    lab.http.close()
    stranger = on_premises(m3_twin, INFOR_USERNAME=USER, INFOR_PASSWORD="wrong")
    with pytest.raises(Unauthorized):
        stranger.erp.ping()
    stranger.http.close()


def test_what_is_missing_is_named(tmp_path: Path, m3_twin: Control) -> None:
    configured = section("https://m3.example.com", login="basic")
    with pytest.raises(Misconfigured, match="INFOR_USERNAME"):
        login(configured, Secrets({}), ManualClock())
    with pytest.raises(Misconfigured, match="INFOR_PASSWORD"):
        login(configured, Secrets({"INFOR_USERNAME": "m3"}), ManualClock())
    assert isinstance(
        login(configured, Secrets({"INFOR_USERNAME": "m3", "INFOR_PASSWORD": "x"}), ManualClock()), Basic
    )
    file = tmp_path / "web.ionapi"
    file.write_text(json.dumps(m3_twin.get("/ionapi?variant=web")))
    with pytest.raises(Misconfigured, match="service account"):
        login(section("https://m3.example.com"), Secrets({"INFOR_IONAPI_FILE": str(file)}), ManualClock())


def test_a_token_that_was_taken_back_is_asked_for_again_once(make_m3: MakeM3) -> None:
    lab = make_m3()
    lab.erp.ping()
    lab.control.post("/tokens/expire")
    lab.order()
    assert len(lab.order_ids()) == 1


@pytest.mark.parametrize("text", ["U14", "OAuth1"])
def test_a_passing_refusal_of_a_good_token_is_tried_again_and_nothing_is_made_twice(
    make_m3: MakeM3, text: str
) -> None:
    lab = make_m3()
    draft = lab.draft()
    lab.control.post("/gateway", {"transient": 1, "transient_text": text})
    lab.erp.create_order(draft, Steps())
    assert len(lab.order_ids()) == 1


@pytest.mark.parametrize(
    ("policy", "error"),
    [({"authorised": False}, Unauthorized), ({"quota": 1, "quota_seconds": 60}, Transient)],
)
def test_what_the_gateway_refuses_is_not_the_deals_fault(
    make_m3: MakeM3, policy: dict[str, Any], error: type[Exception]
) -> None:
    lab = make_m3()
    draft = lab.draft()
    lab.control.post("/gateway", policy)
    with pytest.raises(error):
        lab.erp.create_order(draft, Steps())
    assert lab.order_ids() == []
