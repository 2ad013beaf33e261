"""Ways into SyteLine, and what becomes of a session that is lost."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured, Transient, Unauthorized
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.infor.syteline.login import IdoToken
from streak_infor_orchestration.infor.syteline.product import SYTELINE
from streak_infor_orchestration.infor.syteline.settings import RefusalTexts
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab, section_of

MakeLab = Callable[..., SytelineLab]
READY = {"set": {}, "ido": "XX_SLCos", "method": "MarkReadyToInvoiceSp", "parameters": ["{order}", ""]}


def logins(lab: SytelineLab) -> int:
    return sum("/token/" in call or "token.oauth2" in call for call in lab.control.calls())


@pytest.mark.parametrize("access", ["gateway", "direct"])
def test_eight_threads_whose_session_is_gone_log_in_exactly_once(make_lab: MakeLab, access: str) -> None:
    lab = make_lab(access)
    lab.erp.ping()
    assert logins(lab) == 1
    lab.control.post("/tokens/expire")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: lab.erp.ping(), range(8)))
    assert logins(lab) == 2


def test_the_session_that_an_invoke_destroys_is_begun_anew_for_the_next_call(make_lab: MakeLab) -> None:
    """A write is not lost by it: what is refused for its token was certainly not done."""
    lab = make_lab("direct", ready=READY)
    order = lab.order()
    assert logins(lab) == 1
    lab.erp.make_ready(order.id)
    again = lab.erp.create_order(lab.draft(reference="STKSECONDA", customer_id=order.customer_id), Steps())
    assert lab.order_ids() == [order.id, again.id]
    assert logins(lab) == 2


def test_one_that_is_lost_after_every_call_is_an_administrator_s_errand(make_lab: MakeLab) -> None:
    lab = make_lab("direct")
    lab.erp.ping()
    lab.control.fault(
        "status", status=200, body={"Success": False, "Message": "Invalid token"}, path="/load/", times=None
    )
    before = logins(lab)
    with pytest.raises(Unauthorized, match="Invalid token"):
        lab.erp.ping()
    assert logins(lab) == before + 1, "one new login, and no more"


def test_the_gateway_s_stumbles_over_a_good_token_cost_no_login(make_lab: MakeLab) -> None:
    lab = make_lab()
    lab.erp.ping()
    lab.control.post("/gateway", {"transient": 1, "transient_text": "OAuth1"})
    lab.erp.ping()
    assert logins(lab) == 1


def test_a_wrong_configuration_is_named(make_lab: MakeLab) -> None:
    for access in ("gateway", "direct"):
        with pytest.raises(IntegrationError, match="ELSEWHERE"):
            make_lab(access, configuration="ELSEWHERE").erp.ping()


def test_a_suite_that_is_not_authorised_and_a_right_that_is_lacking_are_an_administrator_s(
    lab: SytelineLab,
) -> None:
    lab.control.post("/settings", {"denied": ["Read SLItems"]})
    with pytest.raises(Unauthorized, match="privilege") as denied:
        lab.erp.products(["BRK-1001"])
    assert denied.value.code == LoginCode.FORBIDDEN
    lab.control.post("/gateway", {"authorised": False})
    with pytest.raises(Unauthorized):
        lab.erp.ping()


def test_an_ido_that_does_not_exist_is_a_setting_to_correct(make_lab: MakeLab) -> None:
    lab = make_lab(idos={"SLCos": "YY_SLCos"})
    with pytest.raises(Misconfigured, match=r"erp\.idos"):
        lab.erp.ping()
    lab.expected_violations.add("unknown_ido")


def test_a_read_that_is_refused_without_a_known_word_is_tried_again(lab: SytelineLab) -> None:
    lab.control.post("/refusals", {"action": "load", "message": "Deadlock victim", "times": 1})
    lab.erp.ping()
    lab.control.post("/refusals", {"action": "load", "message": "Deadlock victim", "times": 9})
    with pytest.raises(Transient, match="Deadlock victim"):
        lab.erp.ping()


def test_wrong_credentials_do_not_open_the_direct_way(twin: Control) -> None:
    for name, password in (("streak", "wrong"), ("nobody", "twin-password")):
        texts = RefusalTexts()
        auth = IdoToken(twin.base_url, "TWIN_TST_MAIN", name, password, texts, Clock())
        with pytest.raises(Unauthorized):
            auth.headers()


def test_what_is_missing_is_named(twin: Control, tmp_path: Path) -> None:
    direct, gateway = section_of(twin, "direct"), section_of(twin, "gateway")
    with pytest.raises(Misconfigured, match="INFOR_USERNAME"):
        SYTELINE.login(direct, Secrets({}), Clock())
    with pytest.raises(Misconfigured, match="INFOR_IONAPI_FILE"):
        SYTELINE.login(gateway, Secrets({"INFOR_API_KEY": "key"}), Clock())
    file = tmp_path / "web.ionapi"
    file.write_text(json.dumps(twin.get("/ionapi?variant=web")))
    with pytest.raises(Misconfigured, match="service account"):
        SYTELINE.login(gateway, Secrets({"INFOR_IONAPI_FILE": str(file)}), Clock())
