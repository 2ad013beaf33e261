"""What transcripts cannot show of M3: that all of the contract is played, races, cuts, planted defects, the books."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.infor import create_app as facade_app
from streak_infor_orchestration.twins.m3 import create_app
from streak_infor_orchestration.twins.m3.basic import PASSWORD, USER
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.programs import PROGRAMS
from streak_infor_orchestration_tests.twins.exchange import Exchange
from streak_infor_orchestration_tests.twins.m3 import test_transcripts

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
Json = dict[str, Any]


class M3:
    """Called as an installation of one's own, by Basic."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def post(self, program: str, *calls: tuple[str, Json]) -> httpx.Response:
        transactions = [{"transaction": name, "record": record} for name, record in calls]
        body = {"program": program, "cono": 100, "maxReturnedRecords": 0, "transactions": transactions}
        return self.client.post("/m3api-rest/v2/execute", json=body, auth=(USER, PASSWORD))

    def records(self, program: str, name: str, **record: str) -> list[Json]:
        """Of one transaction that is not refused."""
        answer = self.post(program, (name, record)).raise_for_status().json()
        assert answer["nrOfFailedTransactions"] == 0, answer
        return list(answer["results"][0]["records"])

    def lever(self, path: str, body: Any = None) -> Json:
        return dict(self.client.post(f"/__twin__{path}", json=body or {}).raise_for_status().json())

    def books(self) -> dict[str, list[Json]]:
        return dict(self.client.get("/__twin__/state").raise_for_status().json())

    def customer(self) -> str:
        (made,) = self.records("CRS610MI", "Add", CUTM="TEMPLATE", CUNM="Gearbox GmbH", CUA1="Ring 1")
        return str(made["CUNO"])

    def temporary(self, customer: str, reference: str = "STK-1", lines: int = 1) -> str:
        (head,) = self.records("OIS100MI", "AddBatchHead", CUNO=customer, CUOR=reference)
        for n in range(1, lines + 1):
            line = {"ORNO": head["ORNO"], "ITNO": "BRK-1001", "ORQT": "2", "SAPR": "10", "CUPO": str(n)}
            self.records("OIS100MI", "AddBatchLine", **line)
        return str(head["ORNO"])

    def order(self, customer: str, reference: str = "STK-1") -> str:
        (made,) = self.records("OIS100MI", "Confirm", ORNO=self.temporary(customer, reference))
        return str(made["ORNO"])


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="module")
def connection(clock: ManualClock) -> Iterator[httpx.Client]:
    with serve(create_app(now=clock)) as base_url, httpx.Client(base_url=base_url, timeout=30) as client:
        yield client


@pytest.fixture
def m3(connection: httpx.Client, clock: ManualClock) -> M3:
    clock.set(START)
    connection.post("/__twin__/reset").raise_for_status()
    return M3(connection)


def test_every_transaction_of_the_contract_is_played_and_no_other() -> None:
    played = {program: set(transactions) for program, transactions in PROGRAMS.items()}
    assert {program: set(transactions) for program, transactions in CONTRACT.items()} == {
        program: names for program, names in played.items() if program != "CMS100MI"
    }


def test_the_transcripts_are_not_thinned_out() -> None:
    assert sum(len(story.steps) for story in test_transcripts.STORIES) >= 400


def test_every_transaction_is_in_a_transcript() -> None:
    steps = [step for story in test_transcripts.STORIES for step in story.steps if isinstance(step, Exchange)]
    bodies = [step.json for step in steps if isinstance(step.json, dict) and "transactions" in step.json]
    told = {(body["program"], call["transaction"]) for body in bodies for call in body["transactions"]}
    told |= {
        tuple(re.split("[/;?]", step.path.replace("/v2/", "/"))[3:5])
        for step in steps
        if step.method == "GET"
    }
    every = {(program, name) for program, transactions in CONTRACT.items() for name in transactions}
    assert every - told == set()


def test_the_books_read_as_those_of_the_facade(m3: M3) -> None:
    customer = m3.customer()
    order = m3.order(customer)
    invoice = m3.lever(f"/orders/{order}/invoice")
    m3.lever("/payments", {"InvoiceID": invoice["InvoiceID"], "Amount": "1.00"})
    books = m3.books()
    with serve(facade_app()) as base_url, httpx.Client(base_url=base_url) as facade:
        theirs = facade.get("/__twin__/state").json()
    assert theirs.keys() <= books.keys()
    for collection in ("products", "inventoryitems", "employees", "vendors", "glaccounts"):
        ours = [
            {name: value for name, value in record.items() if name[-2:] != "At"}
            for record in books[collection]
        ]
        wanted = [
            {name: value for name, value in record.items() if name[-2:] != "At"}
            for record in theirs[collection]
        ]
        key = collection[0]
        assert sorted(ours, key=repr) == sorted(wanted, key=repr), key
    assert len(books["exchangerates"]) == len(theirs["exchangerates"])


def test_confirms_of_one_temporary_order_at_the_same_time_make_one_order(m3: M3) -> None:
    number = m3.temporary(m3.customer())
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: m3.post("OIS100MI", ("Confirm", {"ORNO": number})).json(), range(8))
        )
    assert sorted(answer["nrOfFailedTransactions"] for answer in answers) == [0, *[1] * 7]
    assert len(m3.books()["salesorders"]) == 1


@pytest.mark.parametrize(
    ("transaction", "left"),
    [("AddBatchHead", ("20", 0)), ("AddBatchLine", ("20", 1)), ("Confirm", ("90", 1))],
)
def test_an_answer_that_is_lost_after_the_commit_leaves_what_was_made(
    m3: M3, transaction: str, left: tuple[str, int]
) -> None:
    customer = m3.customer()
    calls = {"AddBatchHead": 0, "AddBatchLine": 1, "Confirm": 2}[transaction]
    cut = {"kind": "cut_after", "method": "POST", "after": calls}
    m3.client.post("/__twin__/faults", json=cut).raise_for_status()
    with pytest.raises(httpx.RemoteProtocolError):
        m3.order(customer)
    (temporary,) = m3.books()["temporaryorders"]
    assert (temporary["Status"], temporary["Lines"]) == left


@pytest.mark.parametrize("name", ["salesorders", "AddBatchHead", None])
def test_a_head_may_be_made_later_than_it_is_answered(m3: M3, clock: ManualClock, name: str | None) -> None:
    customer = m3.customer()
    m3.lever("/late-commit", {"seconds": 5, **({"collection": name} if name else {})})
    assert m3.post("OIS100MI", ("AddBatchHead", {"CUNO": customer})).status_code == 504
    assert m3.books()["temporaryorders"] == []
    clock.advance(5)
    (temporary,) = m3.books()["temporaryorders"]
    assert temporary["CreatedAt"] == "2026-03-02T09:00:05.000000Z"


def test_a_late_confirm_of_what_was_confirmed_meanwhile_makes_no_second_order(
    m3: M3, clock: ManualClock
) -> None:
    number = m3.temporary(m3.customer())
    m3.lever("/late-commit", {"seconds": 5, "collection": "Confirm"})
    assert m3.post("OIS100MI", ("Confirm", {"ORNO": number})).status_code == 504
    m3.records("OIS100MI", "Confirm", ORNO=number)
    clock.advance(5)
    assert len(m3.books()["salesorders"]) == 1
    (violation,) = m3.client.get("/__twin__/violations").json()
    assert violation["rule"] == "confirmed_twice"


def test_reads_are_never_late(m3: M3) -> None:
    customer = m3.customer()
    m3.lever("/late-commit", {"seconds": 5})
    assert m3.records("CRS610MI", "GetBasicData", CUNO=customer)[0]["CUNM"] == "Gearbox GmbH"


def test_a_defect_is_shown_whatever_m3_computes(m3: M3) -> None:
    customer = m3.customer()
    order = m3.order(customer)
    m3.lever(f"/records/salesorders/{order}", {"TotalAmount": "1.00", "ExternalReference": "STK-2"})
    assert m3.records("OIS100MI", "GetHead", ORNO=order)[0]["TOPY"] == "1.00"
    assert m3.records("CMS100MI", "Lst_OOHEAD_CUOR", OACUOR="STK-1") == []
    assert len(m3.records("CMS100MI", "Lst_OOHEAD_CUOR", OACUOR="STK-2")) == 1
    m3.lever("/records/products/BRK-1001", {"UnitPrice": "x"})
    assert m3.records("MMS200MI", "GetItmPrice", ITNO="BRK-1001")[0]["SAPR"] == "x"
    unknown = m3.client.post("/__twin__/records/products/BRK-1001", json={"Colour": "red"})
    assert unknown.status_code == 400


def test_a_record_may_be_listed_twice_or_be_gone(m3: M3) -> None:
    customer = m3.customer()
    order = m3.order(customer)
    m3.lever(f"/records/salesorders/{order}/double", {"OrderDescription": "again"})
    assert [row["YREF"] for row in m3.records("OIS100MI", "LstHead", CUNO=customer)] == ["", "again"]
    m3.lever(f"/records/customers/{customer}/double", {"Name": "Gearbox Ltd"})
    names = [row["CUNM"] for row in m3.records("CRS610MI", "LstByNumber", CUNO=customer)]
    assert names[:2] == ["Gearbox GmbH", "Gearbox Ltd"]
    for key in (
        f"salesorders/{order}",
        f"customers/{customer}",
        "inventoryitems/BRK-1001:100",
        "glaccounts/4000",
    ):
        assert m3.client.delete(f"/__twin__/records/{key}").json() == {"deleted": True}
        assert m3.client.delete(f"/__twin__/records/{key}").json() == {"deleted": False}
    assert m3.post("OIS100MI", ("GetHead", {"ORNO": order})).json()["nrOfFailedTransactions"] == 1


@pytest.mark.parametrize(
    "status", ["Draft", "Open", "Allocated", "Shipped", "Invoiced", "Completed", "Cancelled"]
)
def test_any_status_can_be_brought_about(m3: M3, status: str) -> None:
    order = m3.order(m3.customer())
    assert m3.lever(f"/orders/{order}/status", {"OrderStatus": status})["OrderStatus"] == status
    assert [found["OrderStatus"] for found in m3.books()["salesorders"]] == [status]


def test_levers_on_what_is_not_there_are_404_and_bad_ones_400(m3: M3) -> None:
    for path in (
        "orders/1/ship",
        "orders/1/invoice",
        "customers/1/credit-hold",
        "orders/1/stop",
        "temporary/1/release",
    ):
        assert m3.client.post(f"/__twin__/{path}", json={}).status_code == 404
    for path, body in {
        "habits": {"padded": "yes"},
        "confirms": {"STAT": "77"},
        "prices": {"CUNO": "C10001"},
        "caching": {"seconds": -1},
    }.items():
        assert m3.client.post(f"/__twin__/{path}", json=body).status_code == 400
    assert (
        m3.client.post("/__twin__/habits", json={"paded": True}).json()["error"].startswith("unknown switch")
    )


def test_a_reset_brings_back_the_seed_and_the_habits(m3: M3) -> None:
    seeded = m3.books()
    m3.lever("/habits", {"bulk_stops": True})
    m3.lever("/rights", {"revoke": ["OIS100MI"]})
    m3.customer()
    m3.client.post("/__twin__/reset").raise_for_status()
    assert m3.books() == seeded
    assert m3.lever("/habits")["bulk_stops"] is False
    m3.order(m3.customer())


def test_the_erp_takes_its_time(m3: M3) -> None:
    m3.lever("/processing", {"seconds": 0.2})
    customer = m3.customer()
    (call,) = m3.client.get("/__twin__/calls").json()
    assert call["seconds"] >= 0.2
    assert customer


def test_looking_up_a_reference_stays_fast_among_many_orders(m3: M3) -> None:
    customer = m3.customer()
    for n in range(300):
        m3.order(customer, f"STK-{n}")
    found = m3.records("CMS100MI", "Lst_OOHEAD_CUOR", OACUOR="STK-250")
    assert [row["OACUOR"] for row in found] == ["STK-250"]
    seconds = m3.client.get("/__twin__/calls").json()[-1]["seconds"]
    assert seconds < 0.1, seconds


def test_event_hub_posts_whole_records_of_what_is_written(m3: M3) -> None:
    """Contract, E.4: create, update and delete of the tables that are subscribed to, before and after."""
    posted: list[Json] = []

    async def take(request: Request) -> Response:
        posted.append(await request.json())
        return Response()

    customer = m3.customer()
    with serve(Starlette(routes=[Route("/hook", take, methods=["POST"])])) as hook:
        m3.lever("/subscriptions", {"url": f"{hook}/hook", "tables": ["OOHEAD", "OOLINE", "FSLEDG"]})
        m3.lever("/subscriptions", {"url": "http://127.0.0.1:9/", "tables": ["OOHEAD"]})
        order = m3.order(customer)
        m3.lever(f"/orders/{order}/invoice")
        m3.client.delete(f"/__twin__/records/salesorders/{order}").raise_for_status()
        deadline = time.monotonic() + 10
        while len(posted) < 7 and time.monotonic() < deadline:
            time.sleep(0.01)
    assert [(message["documentName"], message["operation"]) for message in posted] == [
        ("OOHEAD", "CREATE"),
        ("OOLINE", "CREATE"),
        ("OOHEAD", "UPDATE"),
        ("OOLINE", "UPDATE"),
        ("FSLEDG", "CREATE"),
        ("OOHEAD", "DELETE"),
        ("OOLINE", "DELETE"),
    ]
    changed = {element["name"]: (element["oldValue"], element["value"]) for element in posted[2]["elements"]}
    assert changed["ORSL"] == ("22", "77")
    assert changed["ORNO"] == (order, order)
    unknown = {"url": "http://127.0.0.1:9/", "tables": ["NONE"]}
    assert m3.client.post("/__twin__/subscriptions", json=unknown).status_code == 400
