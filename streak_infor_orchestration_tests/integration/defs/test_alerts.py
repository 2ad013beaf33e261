"""Each incident is told once, over a real channel: a receiver on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.config.sections import Alert
from streak_infor_orchestration.defs.operations.alerts import broken_runs
from streak_infor_orchestration.defs.resources import LedgerResource
from streak_infor_orchestration.ledger.alerts import AGAIN
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.watch.alerts import open_incidents, standing, tell
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.defs.test_retention import bad
from streak_infor_orchestration_tests.integration.defs.test_sensors import tick
from streak_infor_orchestration_tests.world.world import World


class Receiver:
    """What a channel was told; it refuses while `status` is not 200."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: list[str] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if receiver.status == 200:
                    receiver.heard.append(f"{body['title']}\n{body['message']}")
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"json://127.0.0.1:{self._server.server_port}/told"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver(process: Wiring, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    opened = Receiver()
    monkeypatch.setenv("ALERT_URL", opened.address)
    channel = Alert(url="env:ALERT_URL")
    monkeypatch.setattr(process, "config", process.config.model_copy(update={"alerts": (channel,)}))
    yield opened
    opened.close()


def letter(store: Store, key: str, **options: Any) -> None:
    told = {"error_class": "Rejected", "code": "unknown_product", "message": "no such product", **options}
    store.dead_letters.open("deal", key, diagnosis={}, attempts=1, **told)


def look(definitions: dg.Definitions) -> str:
    return str(tick(definitions, "alerts").skip_message)


def test_a_deal_that_needs_a_person_is_told_once(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver
) -> None:
    letter(process.store, "box-1")
    assert look(definitions) == "told 1 incident(s)"
    letter(process.store, "box-1", message="no such product, still")
    assert look(definitions) == "nothing new to tell"
    (told,) = receiver.heard
    assert "box-1" in told and "no such product" in told


def test_one_that_comes_back_after_it_was_resolved_is_another_incident(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver
) -> None:
    letter(process.store, "box-1")
    look(definitions)
    process.store.dead_letters.resolve("deal", "box-1", by="somebody", how="mended")
    letter(process.store, "box-1")
    look(definitions)
    assert len(receiver.heard) == 2


def test_many_at_once_are_one_message(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver
) -> None:
    for number in range(12):
        letter(process.store, f"box-{number:02d}")
    assert look(definitions) == "told 12 incident(s)"
    (told,) = receiver.heard
    assert told.startswith("Streak to Infor: 12 incidents") and "and 2 more" in told


def test_what_a_channel_refuses_is_told_again_later(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver, world: World
) -> None:
    letter(process.store, "box-1")
    receiver.status = 503
    look(definitions)
    receiver.status = 200
    assert look(definitions) == "nothing new to tell", "it is left alone for a while"
    world.clock.advance(AGAIN.total_seconds())
    look(definitions)
    look(definitions)
    assert len(receiver.heard) == 1


def test_an_outage_and_lost_webhooks_are_told_and_once_each(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver
) -> None:
    process.store.pauses.pause("infor", "503 Service Unavailable", 15)
    process.store.inbox.record([Event("sweep", "MISSED", "deal", "box-1")])
    look(definitions)
    process.store.pauses.pause("infor", "503 Service Unavailable", 15)
    process.store.inbox.record([Event("sweep", "MISSED", "deal", "box-2")])
    look(definitions)
    (told,) = receiver.heard
    assert "infor is paused" in told and "without a webhook" in told


def test_a_broken_run_is_told_once_an_hour(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver
) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        for _ in range(2):
            result = bad.execute_in_process(instance=instance, raise_on_error=False)
            (failure,) = [e for e in result.all_events if e.is_run_failure]
            context = dg.build_run_status_sensor_context(
                sensor_name="broken_runs",
                dagster_instance=instance,
                dagster_run=result.dagster_run,
                dagster_event=failure,
                resources={"ledger": LedgerResource()},
            ).for_run_failure()
            broken_runs(context)
    look(definitions)
    (told,) = receiver.heard
    assert "of bad failed" in told


def test_a_channel_hears_only_what_it_asked_for(process: Wiring) -> None:
    letter(process.store, "box-1")
    letter(process.store, "box-2", error_class="Conflict")
    channels = [Alert(url="env:PHONE", on=("conflict",)), Alert(url="env:MAIL")]
    told: dict[str, str] = {}

    def send(name: str, title: str, text: str) -> bool:
        told[name] = text
        return True

    open_incidents(process.store, channels, standing(process.store))
    assert tell(process.store, channels, send) == {"PHONE": 1, "MAIL": 2}
    assert "box-1" not in told["PHONE"] and "box-1" in told["MAIL"]


def test_a_missing_address_is_named(
    definitions: dg.Definitions, process: Wiring, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALERT_URL")
    letter(process.store, "box-1")
    assert "ALERT_URL" in look(definitions)
