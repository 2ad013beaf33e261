"""Health, metrics and a deal's story, and who may see them."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.effects import Sending
from streak_infor_orchestration.ledger.inbox_rows import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration_tests.integration.gateway.load import box
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread

PAGES = ("/readyz", "/metrics", "/deals/b1")


def samples(client: httpx.Client) -> dict[tuple[str, ...], float]:
    """(name, label values in the order of their names…) → value."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def an_order(store: Store, box_key: str) -> None:
    """A deal on its way: its order is sent, the answer not known."""
    now = Clock().now()
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", box_key, "hash", 7, correlation_id="c1")])
    store.inbox.claim(kinds=("deal",), owner="worker", limit=1)
    assert store.effects.begin(
        f"deal:{box_key}:sales_order:1",
        shape="create",
        body={"customer": "Jane Roe"},
        subject=box_key,
        correlation_id="c1",
        sending=Sending(
            settle_until=now + timedelta(seconds=330),
            call_deadline=now + timedelta(seconds=20),
            run_id="r1",
        ),
    )
    store.outcomes.append(
        [
            Outcome("deal", box_key, run_id, "c1", status, now, now, {"trail": ["order created"]})
            for status, run_id in (("retry", "r0"), ("converged", "r1"))
        ]
    )
    store.links.add(Link("order", box_key, "SO-1"))
    store.invoices.put("SO-1", "INV-1")


def test_the_story_of_a_deal(gateway: httpx.Client, store: Store) -> None:
    an_order(store, "b1")
    story = gateway.get("/deals/b1").json()
    assert story["box_key"] == "b1"
    assert story["links"] == {"order": "SO-1", "invoices": ["INV-1"]}
    assert [(outcome["run_id"], outcome["status"]) for outcome in story["outcomes"]] == [
        ("r1", "converged"),
        ("r0", "retry"),
    ]
    assert story["outcomes"][0]["summary"] == {"trail": ["order created"]}
    assert story["outcomes"][0]["started_at"].endswith("+00:00")
    (effect,) = story["effects"]
    assert (effect["key"], effect["state"]) == ("deal:b1:sales_order:1", "sent")
    assert story["pending"]["leased"] is True and story["pending"]["lease_owner"] == "worker"
    assert story["dead_letter"] is None
    assert story["events"][0]["name"] == "BOX_EDIT"


def test_the_story_holds_no_request_bodies(gateway: httpx.Client, store: Store) -> None:
    an_order(store, "b1")
    assert "Jane Roe" not in gateway.get("/deals/b1").text


def test_a_deal_nobody_mentioned_has_no_story(gateway: httpx.Client) -> None:
    assert gateway.get("/deals/b1").status_code == 404


def test_a_deal_that_waits_for_a_person_says_why(gateway: httpx.Client, store: Store) -> None:
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1")])
    store.dead_letters.open(
        "deal",
        "b1",
        error_class="Rejected",
        code="unknown_sku",
        message="no such product",
        diagnosis={},
        attempts=1,
        correlation_id="c1",
    )
    assert gateway.get("/deals/b1").json()["dead_letter"]["code"] == "unknown_sku"


def test_metrics_tell_what_waits_and_what_needs_somebody(gateway: httpx.Client, store: Store) -> None:
    an_order(store, "b1")
    store.inbox.record(
        [Event("streak", "BOX_EDIT", "deal", "b2"), Event("sweep", "S", "deal", "b3", lane="bulk")]
    )
    store.dead_letters.open(
        "deal", "b9", error_class="E", code="c", message="m", diagnosis={}, attempts=0, correlation_id=""
    )
    store.pauses.pause("infor", "503", 15.0)
    assert gateway.post(PATH, json=[box("b4")]).status_code == 200
    assert gateway.post(PATH + "x", json=[]).status_code == 401
    found = samples(gateway)
    assert found["streak_infor_ledger_up",] == 1
    assert found["streak_infor_inbox_records", "deal", "live", "due"] == 1
    assert found["streak_infor_inbox_records", "deal", "unknown", "due"] == 1
    assert found["streak_infor_inbox_records", "deal", "live", "leased"] == 1
    assert found["streak_infor_inbox_records", "deal", "bulk", "due"] == 1
    assert found["streak_infor_inbox_lag_seconds",] >= 0
    assert found["streak_infor_dead_letters_open",] == 1
    assert found["streak_infor_effects_unsettled", "sent"] == 1
    assert found["streak_infor_effects_unsettled", "unknown"] == 0
    assert 0 <= found["streak_infor_oldest_unsettled_effect_seconds",] < 20
    assert 0 < found["streak_infor_next_probe_seconds",] <= 20, (
        "its sender has until the deadline of the call"
    )
    assert found["streak_infor_system_paused", "infor"] == 1
    assert ("streak_infor_system_paused", "streak") not in found
    assert found["streak_infor_webhook_seconds_count", "stored"] == 1
    assert found["streak_infor_webhook_seconds_count", "refused"] == 1


def test_a_pause_that_has_run_out_is_none(gateway: httpx.Client, store: Store) -> None:
    store.pauses.pause("infor", "503", 0.001)
    store.pauses.pause("cancelling", "too many", None)
    found = samples(gateway)
    assert found["streak_infor_system_paused", "infor"] == 0
    assert found["streak_infor_system_paused", "cancelling"] == 1


def test_metrics_tell_what_is_left_out(gateway: httpx.Client, store: Store) -> None:
    for entity, key in (("customers", "C-1"), ("customers", "C-2"), ("invoices", "INV-1")):
        store.left_out.tell(LeftOut(system="infor", entity=entity, key=key, why="Name: missing"))
    left_out = "streak_infor_records_left_out"
    found = samples(gateway)
    assert found[left_out, "customers", "infor"] == 2 and found[left_out, "invoices", "infor"] == 1
    store.left_out.close(LeftOut(system="infor", entity="invoices", key="INV-1", why=""), "gone")
    assert (left_out, "invoices", "infor") not in samples(gateway)


def test_without_a_ledger_the_process_lives_but_is_not_ready(
    gateway: httpx.Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gateway.get("/readyz").status_code == 200
    monkeypatch.setattr(store.nudges, "acquire", lambda *_: 1 / 0)
    monkeypatch.setattr(store.inbox, "counts", lambda: 1 / 0)
    assert gateway.get("/readyz").status_code == 503
    assert gateway.get("/healthz").text == "ok"
    assert samples(gateway)["streak_infor_ledger_up",] == 0


@pytest.fixture
def guarded(store: Store) -> Iterator[httpx.Client]:
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1")])
    with in_thread(create_app(store, secret=SECRET, status_token="t0ken")) as client:
        yield client


def statuses(client: httpx.Client, **headers: str) -> set[int]:
    return {client.get(page, headers=headers).status_code for page in PAGES}


def test_this_machine_may_look_where_no_token_is_set(gateway: httpx.Client, store: Store) -> None:
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1")])
    assert statuses(gateway) == {200}
    assert statuses(gateway, Host="localhost:8787") == {200}


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "attacker.example"},
        {"Host": "gateway.acme.example:443"},
    ],
    ids=str,
)
def test_nobody_comes_through_a_proxy_or_by_another_name(
    gateway: httpx.Client, headers: dict[str, str]
) -> None:
    assert statuses(gateway, **headers) == {401}
    assert statuses(gateway, **headers, Authorization="Bearer t0ken") == {401}


@pytest.mark.parametrize("headers", [{}, {"Host": "127.0.0.1"}, {"X-Forwarded-For": "203.0.113.7"}], ids=str)
def test_a_token_that_is_set_is_always_asked_for(guarded: httpx.Client, headers: dict[str, str]) -> None:
    """Behind nginx's defaults the world is a client on loopback that calls loopback."""
    assert statuses(guarded, **headers) == {401}
    for wrong in ("Bearer wrong", "Bearer", "t0ken", "Basic t0ken", "Bearer t0ken2"):
        assert statuses(guarded, **headers, Authorization=wrong) == {401}
    assert statuses(guarded, **headers, Authorization="Bearer t0ken") == {200}
    assert guarded.get("/healthz", headers=headers).status_code == 200


@pytest.mark.anyio
@pytest.mark.parametrize(("token", "expected"), [(None, 401), ("t0ken", 200)])
async def test_another_machine_needs_the_token(store: Store, token: str | None, expected: int) -> None:
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1")])
    transport = httpx.ASGITransport(
        create_app(store, secret=SECRET, status_token=token), client=("203.0.113.7", 1)
    )
    headers = {"Authorization": "Bearer t0ken"}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for page in PAGES:
            assert (await client.get(page, headers=headers)).status_code == expected
        assert (await client.get("/healthz")).status_code == 200


def test_the_story_tells_what_waits_what_was_written_and_what_went_wrong(
    gateway: httpx.Client, store: Store
) -> None:
    an_order(store, "b1")
    story = gateway.get("/deals/b1").json()
    (effect,) = story["effects"]
    assert effect["shape"] == "create" and effect["run_id"] == "r1" and effect["error"] is None
    assert effect["sent_at"].endswith("+00:00") and effect["settle_until"] > effect["sent_at"]
    assert story["pending"]["min_version"] == 7 and story["pending"]["correlation_id"] == "c1"
    event = story["events"][0]
    assert (event["source"], event["version"], event["echo"]) == ("streak", 7, False)
    assert story["outcomes"][0]["correlation_id"] == "c1"


def test_what_nobody_works_on_any_more_does_not_wait(gateway: httpx.Client, store: Store) -> None:
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1")])
    (claim,) = store.inbox.claim(kinds=("deal",), owner="worker", limit=1)
    store.inbox.settle(claim)
    story = gateway.get("/deals/b1").json()
    assert (
        story["pending"] is None
        and len(story["events"]) == 1
        and story["links"] == {"order": None, "invoices": []}
    )
