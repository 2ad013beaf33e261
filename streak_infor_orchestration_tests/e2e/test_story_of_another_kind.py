"""Straight to Closed-Won, in dollars, from other columns, for somebody the ERP knows; webhooks out of their minds."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from streak_infor_orchestration.demo.erps import ERPS, DemoErp
from streak_infor_orchestration.demo.evidence import gather
from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET
from streak_infor_orchestration.demo.timing import settled
from streak_infor_orchestration.demo.verdict import judge, wrongs
from streak_infor_orchestration_tests.e2e.another_company import CONFIGURATION, PROMISES, WORTH, Pacific
from streak_infor_orchestration_tests.e2e.installation import installed

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # a stack starts in 15 s, or in 90 on a busy machine

COPIES = 3


@pytest.mark.parametrize("erp", ERPS.values(), ids=list(ERPS))
def test_a_deal_that_was_never_ordered_is_won(tmp_path_factory: pytest.TempPathFactory, erp: DemoErp) -> None:
    configuration = CONFIGURATION.replace("{erp}", erp.section)
    with installed(tmp_path_factory.mktemp("pacific"), configuration, erp) as running:
        pacific = Pacific(running.places.streak, running.places.infor, erp)
        pacific.streak.tell(running.places.gateway, WEBHOOK_SECRET)
        pacific.infor.settles_in(running.places.gateway, WEBHOOK_SECRET)
        trouble = {"duplicate": COPIES - 1, "reorder": True, "reorder_within": 3.0, "seed": 7}
        pacific.streak.control("POST", "/delivery", json=trouble)
        known = pacific.has_customer("R. Alvarez Racing", "rosa@alvarez.example")
        pacific.has_customer("Somebody else", "else@alvarez.example")
        since = datetime.now(UTC)
        contact = pacific.streak.contact("Rosa", "Alvarez", "Rosa@Alvarez.example")

        box = pacific.streak.open_deal(pacific.deal(contact), stage="Closed-Won")
        if erp.ships_first:
            until(
                lambda: pacific.streak.look(box)[0].get("Infor order"),
                45,
                lambda: running.gateway.standing(box),
            )
            pacific.infor.ships(pacific.streak.look(box)[0]["Infor order"])
        until(lambda: pacific.streak.look(box)[0].get("Billed"), 45, lambda: running.gateway.standing(box))
        until(
            lambda: pacific.streak.control("GET", "/deliveries")["pending"] == 0 or None,
            30,
            lambda: "deliveries",
        )
        settled(running.gateway, [box], since)

        (order,) = pacific.infor.found("salesorders")
        (invoice,) = pacific.infor.found("invoices")
        assert (order["CustomerID"], order["Currency"]) == (known, "USD")
        assert Decimal(order["TotalAmount"]) == Decimal(invoice["TotalAmount"]) == WORTH
        assert len(pacific.infor.found("customers")) == 2
        told = [entry for entry in pacific.streak.deliveries() if entry["key"] == box]
        assert len(told) >= 3 * COPIES
        assert told != sorted(told, key=lambda entry: entry["number"])
        assert {entry["status"] for entry in told} == {200}
        wrong = [
            line
            for line in wrongs(judge(gather(pacific.streak, pacific.infor), PROMISES))
            if "buyers" not in line
        ]
        assert wrong == []
