"""No secret and no value of a record in a log or traceback, whatever goes wrong."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.integration.clients.conftest import (
    CLIENT_SECRET,
    SERVICE_PASSWORD,
    STREAK_KEY,
    Clients,
)
from streak_infor_orchestration_tests.integration.clients.story import make_pipeline

EMAIL = "buyer@northwind.example"
FAULTS: list[dict[str, Any]] = [
    {"kind": "status", "status": 500, "body": {"error": "boom"}},
    {"kind": "status", "status": 401, "body": {"error": "invalid api key"}},
    {"kind": "cut_after"},
    {"kind": "garbage", "style": "truncated"},
    {"kind": "garbage", "style": "wrong_types"},
    {"kind": "garbage", "body": {"Name": EMAIL, "name": EMAIL, "key": 7}},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["kind"] + str(fault.get("style", "")))
def test_neither_log_nor_traceback_gives_anything_away(
    clients: Clients, caplog: pytest.LogCaptureFixture, fault: dict[str, Any]
) -> None:
    caplog.set_level(logging.DEBUG)
    options: dict[str, Any] = {"clock": ManualClock(), "attempts": 2, "timeout": 5.0}
    pipeline_key = make_pipeline(clients)
    streak, erp = clients.streak(**options), clients.erp(**options)
    box = streak.create_box(pipeline_key, EMAIL)
    acts: list[Callable[[], Any]] = [
        lambda: streak.box(box.key),
        lambda: streak.update_box(box, fields={"ERP order": EMAIL}),
        lambda: streak.search_boxes(EMAIL, pipeline_key),
        lambda: erp.find_customers("email", EMAIL),
        lambda: erp.create_customer(CustomerDraft(reference="R", name=EMAIL, email=EMAIL), Steps()),
    ]
    for twin in (clients.streak_twin, clients.infor_twin):
        twin.fault(**fault, times=None)
    told = []
    for act in acts:
        with pytest.raises(IntegrationError) as caught:
            act()
        told.append("".join(traceback.format_exception(caught.value)))
    libraries = {record.name.partition(".")[0] for record in caplog.records} & {"httpx", "httpcore"}
    assert not libraries, "they log every address that is called"
    written = caplog.text + "".join(told)
    for secret in (STREAK_KEY, CLIENT_SECRET, SERVICE_PASSWORD, EMAIL, "northwind", "Bearer ", "Basic "):
        assert secret not in written, secret
