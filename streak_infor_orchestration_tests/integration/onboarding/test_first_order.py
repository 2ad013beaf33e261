"""The administrator's afternoon: an empty folder, five commands, the first order."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from streak_infor_orchestration import wiring as wiring_module
from streak_infor_orchestration.demo.company import INTEGRATION_KEY, PIPELINE, USERS, Acme
from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.twins import infor, streak
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.wiring import wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command

SECRET = "long-random-word"


@dataclass(frozen=True)
class Tenant:
    acme: Acme
    erp_url: str


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Tenant]:
    """A company that works in both systems, an empty folder, and credentials in the environment: nothing else."""
    with serve(streak.create_app(USERS)) as streak_url, serve(infor.create_app()) as infor_url:
        acme = Acme(streak_url, infor_url)
        acme.settle_in()
        for name, value in {
            "STREAK_BASE_URL": f"{streak_url}/api",
            "STREAK_API_KEY": INTEGRATION_KEY,
            "STREAK_WEBHOOK_SECRET": SECRET,
            "INFOR_TOKEN_URL": f"{infor_url}/oauth/token",
            "INFOR_CLIENT_ID": "twin-client",
            "INFOR_CLIENT_SECRET": "twin-secret",
        }.items():
            monkeypatch.setenv(name, value)
        for name in ("STREAK_INFOR_CONFIG", "STREAK_INFOR_STATE_DIR", "STREAK_INFOR_DATABASE_URL"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(wiring_module, "_wirings", {})
        yield Tenant(acme, f"{infor_url}/infor/api/v1")
        assert acme.streak.control("GET", "/violations") == []
        assert acme.infor.control("GET", "/violations") == []


def test_from_an_empty_folder_to_the_first_order(
    tenant: Tenant, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def new_process() -> None:
        monkeypatch.setattr(wiring_module, "_wirings", {})

    acme = tenant.acme
    (deal,) = acme.deals("the very first", 1)
    box = acme.streak.open_deal(deal, "Proposal Sent")

    command("init", "--erp-url", tenant.erp_url, "--timezone", "Europe/Berlin", "--no-input")
    monkeypatch.setenv("STREAK_INFOR_CONFIG", "integration.yaml")
    config = FORMAT.load("integration.yaml")
    assert config.stages.order == PIPELINE.order

    command("check")
    shown = json.loads(command("preview", "--last", "1", "--json").stdout)
    assert (shown["deals"][0]["standing"], shown["deals"][0]["total"]) == ("not yet", "642.50")

    store = wiring().store  # what `up` opens first
    with serve(create_app(store, secret=SECRET)) as gateway:
        monkeypatch.setenv("STREAK_INFOR_PUBLIC_URL", gateway)
        assert "webhook BOX_CHANGE_STAGE is missing" in command("check", code=1).output
        command("webhooks", "register")
        assert "nothing is wrong" in command("check").output

        assert acme.infor.found("salesorders") == []
        acme.streak.edit(box, stage="Proposal Accepted")
        until(lambda: store.inbox.due(("deal",)).count or None, 10, lambda: "no webhook came")
        new_process()
        ORDER_TO_CASH.run(Batch(run_id="the-first"), wiring().ports)

    (order,) = acme.infor.found("salesorders")
    assert (order["OrderDescription"], Decimal(order["TotalAmount"])) == (deal.name, Decimal("642.50"))
    fields, (comment,) = acme.streak.look(box)
    assert fields["ERP order"] == order["OrderID"]
    assert order["OrderID"] in comment
    wiring().ports.close()
    store.close()
