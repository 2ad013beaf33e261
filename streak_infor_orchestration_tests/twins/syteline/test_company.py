"""What transcripts cannot show: races, the time the server takes, its clock on the wall, widths of keys."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.syteline import Widths, create_app
from streak_infor_orchestration_tests.twins.syteline.exchange import (
    CONFIGURATION,
    HEADER,
    INSERT,
    LINE,
    NAME_AND_PASSWORD,
    UPDATE,
    change,
)

SERVICE = "/IDORequestService/ido"


class Server:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        answer = client.get(f"{SERVICE}/token/{CONFIGURATION}", headers=NAME_AND_PASSWORD)
        client.headers["Authorization"] = answer.json()["Token"]

    def update(self, ido: str, one: dict[str, Any]) -> dict[str, Any]:
        body = {"IDOName": ido, "RefreshAfterSave": True, "Changes": [one]}
        return dict(self._client.post(f"{SERVICE}/update/{ido}", json=body).json())

    def insert(self, ido: str, values: dict[str, str | None]) -> dict[str, Any]:
        return dict(self.update(ido, change(INSERT, values))["RefreshItems"][0])

    def load(self, ido: str, names: str) -> list[dict[str, str]]:
        return list(self._client.get(f"{SERVICE}/load/{ido}", params={"properties": names}).json()["Items"])

    def control(self, path: str, body: Any) -> Any:
        return self._client.post(f"/__twin__{path}", json=body).raise_for_status().json()

    def calls(self) -> list[dict[str, Any]]:
        return list(self._client.get("/__twin__/calls").json())


@contextmanager
def server(**options: Any) -> Iterator[Server]:
    with serve(create_app(**options)) as base_url, httpx.Client(base_url=base_url, timeout=30) as client:
        yield Server(client)


def test_of_many_clients_with_one_number_one_makes_the_order() -> None:
    with server() as syteline:
        syteline.insert("SLCustomers", {"CustNum": "TBD", "Name": "A"})
        with ThreadPoolExecutor(8) as pool:
            answers = list(
                pool.map(lambda _: syteline.update("SLCos", change(INSERT, dict(HEADER))), range(24))
            )
        assert [answer["Success"] for answer in answers].count(True) == 1
        assert len(syteline.load("SLCos", "CoNum")) == 1


def test_of_many_clients_with_one_lock_one_writes() -> None:
    with server() as syteline:
        lock = syteline.insert("SLCustomers", {"CustNum": "TBD", "Name": "A"})["_ItemId"]
        with ThreadPoolExecutor(8) as pool:
            names = [f"B{n}" for n in range(24)]
            answers = list(
                pool.map(
                    lambda name: syteline.update("SLCustomers", change(UPDATE, {"Name": name}, lock)), names
                )
            )
        assert [answer["Success"] for answer in answers].count(True) == 1


def test_processing_time_is_added_to_reads_and_writes() -> None:
    with server() as syteline:
        syteline.control("/processing", {"seconds": 0.03})
        syteline.insert("SLCustomers", {"CustNum": "TBD", "Name": "A"})
        syteline.load("SLCustomers", "Name")
        assert [call["seconds"] > 0.025 for call in syteline.calls()] == [False, True, True]


def test_stamps_are_the_servers_local_time_and_go_back_with_the_clocks() -> None:
    """Contract, C.3: RecordDate has no zone. Clocks go back an hour at 01:00 UTC."""
    clock = ManualClock(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    with server(now=clock, zone=ZoneInfo("Europe/Berlin")) as syteline:
        made = syteline.insert("SLCustomers", {"CustNum": "TBD", "Name": "A"})
        assert made["RecordDate"] == "20261025 02:30:00.000"
        clock.advance(2700)
        changed = syteline.update("SLCustomers", change(UPDATE, {"Name": "B"}, made["_ItemId"]))
        assert changed["RefreshItems"][0]["RecordDate"] == "20261025 02:15:00.000"


def test_event_handlers_post_what_is_written_in_order() -> None:
    """Contract, E.6: on IdoPostItemInsert and IdoPostItemUpdate, of the IDOs that they are for."""
    posted: list[dict[str, Any]] = []

    async def take(request: Request) -> Response:
        posted.append(await request.json())
        return Response()

    with serve(Starlette(routes=[Route("/hook", take, methods=["POST"])])) as hook, server() as syteline:
        syteline.insert("SLCustomers", {"CustNum": "TBD", "Name": "A"})
        syteline.control("/event-handlers", {"url": f"{hook}/hook", "idos": ["SLCos", "SLCoitems"]})
        syteline.control("/event-handlers", {"url": "http://127.0.0.1:9/", "idos": ["SLCos"]})
        syteline.insert("SLCos", dict(HEADER))
        syteline.insert("SLCoitems", dict(LINE))
        syteline.control("/orders/STK00123/ship", {})
        deadline = time.monotonic() + 10
        while len(posted) < 4 and time.monotonic() < deadline:
            time.sleep(0.01)
    assert [(message["IDO"], message["Event"], message["CoNum"]) for message in posted] == [
        ("SLCos", "IdoPostItemInsert", "  STK00123"),
        ("SLCoitems", "IdoPostItemInsert", "  STK00123"),
        ("SLCos", "IdoPostItemUpdate", "  STK00123"),
        ("SLCoitems", "IdoPostItemUpdate", "  STK00123"),
    ]
    assert posted[-1]["QtyShipped"] == "2.00000000"


def test_each_installation_has_its_widths() -> None:
    with server(widths=Widths(customer=10, order=8)) as syteline:
        customer = syteline.insert("SLCustomers", {"CustNum": "TBD", "Name": "A"})["CustNum"]
        assert customer == "      1001"
        order = syteline.insert("SLCos", {"CoNum": "STK?", "CustNum": customer})
        assert order["CoNum"] == "STK01001"
