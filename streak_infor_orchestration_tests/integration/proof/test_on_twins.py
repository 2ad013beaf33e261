"""The company and the faults on real simulators, with nobody in between: what people do arrives, what fails is ours."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

import httpx
import pytest

from streak_infor_orchestration.demo.company import INTEGRATION_KEY, PIPELINE, SALES_KEY, USERS, Acme
from streak_infor_orchestration.proof.business import Business
from streak_infor_orchestration.proof.faults import ANSWERS, Faults
from streak_infor_orchestration.proof.lives import Life, draw
from streak_infor_orchestration.proof.slips import Slips
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app as infor_app
from streak_infor_orchestration.twins.streak import create_app as streak_app


@pytest.fixture
def urls() -> Iterator[tuple[str, str]]:
    with serve(streak_app(USERS)) as streak, serve(infor_app()) as infor:
        yield streak, infor


@pytest.fixture
def acme(urls: tuple[str, str]) -> Acme:
    acme = Acme(*urls)
    acme.streak.open_pipeline(PIPELINE)
    return acme


def play_all(business: Business) -> None:
    while business.play():
        pass


def test_people_do_what_they_can_and_wait_for_the_erp(acme: Acme) -> None:
    business = Business(acme, [Life("A", "completed", 1), Life("B", "deleted", 1)], Random(1))
    play_all(business)
    (box,) = acme.streak.state()["boxes"]
    assert (box["name"], box["stageName"]) == ("A", "Closed-Won")
    assert business.asked == {"A"}
    assert business.blocked == ["A: pay after invoice"]
    assert not business.is_done

    order = {"OrderDescription": "A", "OrderID": "SO-1", "OrderStatus": "Open"}
    business.look({"salesorders": [order], "invoices": [], "customers": []})
    assert not business.play(), "the order alone lets nobody pay"


def test_a_deal_is_accepted_again_when_its_order_was_cancelled(acme: Acme) -> None:
    business = Business(acme, [Life("A", "accepted again", 1)], Random(1))
    order = {"OrderDescription": "A", "OrderID": "SO-1", "OrderStatus": "Open"}
    for status, stage in (("Open", "Qualified"), ("Cancelled", "Contract Signed")):
        business.look({"salesorders": [order | {"OrderStatus": status}], "invoices": [], "customers": []})
        play_all(business)
        assert [box["stageName"] for box in acme.streak.state()["boxes"]] == [stage]
    assert business.is_done


def test_a_slip_is_made_on_names_that_the_configuration_has_and_put_right(acme: Acme) -> None:
    def names() -> list[str]:
        return sorted(field["name"] for field in acme.streak.state()["pipelines"][0]["fields"])

    before, slips = names(), Slips(acme, Random("slips"))
    made = set()
    for _ in range(12):
        made.add(slips.slip().partition(":")[0])
        assert names() != before
    assert made == {"a field renamed", "a second field of one name"}
    assert slips.made.total() == 12
    slips.mend()
    assert names() == before
    assert slips.mend() == "nothing to put right"


def test_neighbours_share_one_organization(acme: Acme) -> None:
    business = Business(
        acme, [Life("A", "ordered", 1), Life("B", "ordered", 1), Life("C", "ordered", 2)], Random(1)
    )
    play_all(business)
    assert business.is_done
    assert len(acme.streak.state()["organizations"]) == 2


def test_a_refused_deal_names_a_product_that_the_erp_does_not_have_until_it_is_repaired(acme: Acme) -> None:
    play_all(Business(acme, [Life("A", "refused", 1), Life("B", "refused, repaired", 1)], Random(1)))
    known = {product["ProductID"] for product in acme.infor.found("products")}
    typed = {box["name"]: box["fieldsByName"]["SKU 1"] for box in acme.streak.state()["boxes"]}
    assert typed["A"] not in known
    assert typed["B"] in known


def test_what_a_box_states_is_worth_its_lines(acme: Acme) -> None:
    play_all(Business(acme, draw(12, Random("worth")), Random(1)))
    prices = {product["ProductID"]: product["UnitPrice"] for product in acme.infor.found("products")}
    for box in acme.streak.state()["boxes"]:
        fields, worth = box["fieldsByName"], Decimal(0)
        for row in range(1, 5):
            if product := fields.get(f"SKU {row}"):
                price = fields.get(f"Price {row}") or prices[product]
                worth += (Decimal(fields[f"Qty {row}"]) * Decimal(price)).quantize(Decimal("0.01"))
        assert Decimal(fields["Deal value"]) == worth > 0, box["name"]


def test_streak_fails_for_the_integration_and_not_for_people(acme: Acme, urls: tuple[str, str]) -> None:
    faults = Faults(acme, Random("streak"))
    while not any(fault.startswith("streak: 5") for fault in [faults.gust()]):
        pass
    (switch, *_) = [s for s in acme.streak.control("GET", "/faults") if s["status"] in (500, 503)]
    path = f"{urls[0]}/api/v2/users/me/teams"
    method = "POST" if switch["method"] == "POST" else "GET"
    people = httpx.request(method, path, auth=(SALES_KEY, ""))
    assert people.status_code in (200, 404, 405)
    assert not any(s["fired"] for s in acme.streak.control("GET", "/faults"))
    httpx.request(method, path, auth=(INTEGRATION_KEY, ""))
    assert any(s["fired"] for s in acme.streak.control("GET", "/faults"))


@pytest.mark.parametrize("label", ANSWERS)
def test_every_fault_is_understood_by_the_simulators(acme: Acme, label: str) -> None:
    acme.infor.control("POST", "/faults", json=ANSWERS[label])


def test_faults_are_counted_over_and_beyond_the_calm(acme: Acme, urls: tuple[str, str]) -> None:
    faults = Faults(acme, Random(5))
    for _ in range(20):
        faults.gust()
        faults.weather()
    for _ in range(3):
        httpx.get(f"{urls[1]}/infor/api/v1/products", headers={"X-API-Key": "twin-key"}, timeout=40)
    before = faults.played()
    faults.calm()
    assert faults.played() == before
    assert before.total() > 3
    assert acme.infor.control("GET", "/faults") == acme.streak.control("GET", "/faults") == []
    assert acme.streak.control("GET", "/delivery")["drop"] == 0
