"""The twin's other levers, its dump for oracles, and the promises clients lean on."""

import threading
import time
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.streak import create_app
from streak_infor_orchestration_tests.twins.streak.exchange import ANA, USERS
from streak_infor_orchestration_tests.twins.streak.receiver import Receiver, until
from streak_infor_orchestration_tests.twins.streak.team import Team


def test_timestamps_rise_with_every_edit_and_come_back_from_it(team: Team) -> None:
    box = team.box()
    seen = [team.edit(box, notes=str(n))["lastUpdatedTimestamp"] for n in range(5)]
    assert seen == sorted(set(seen))
    assert team.get(f"/api/v1/boxes/{box}")["lastUpdatedTimestamp"] == seen[-1]


def test_a_comment_leaves_the_version_of_its_box(team: Team) -> None:
    box = team.box()
    before = team.get(f"/api/v1/boxes/{box}")["lastUpdatedTimestamp"]
    team.post(f"/api/v2/boxes/{box}/comments", {"message": "Hi"})
    assert team.get(f"/api/v1/boxes/{box}")["lastUpdatedTimestamp"] == before


def test_a_slow_write_happens_even_when_its_client_has_given_up(team: Team) -> None:
    box = team.box()
    team.post("/__twin__/processing", {"seconds": 0.2})
    with pytest.raises(httpx.ReadTimeout):
        team.client.post(f"/api/v1/boxes/{box}", json={"notes": "late"}, timeout=0.05)
    assert "notes" not in team.get(f"/api/v1/boxes/{box}")
    until(lambda: team.get(f"/api/v1/boxes/{box}").get("notes") == "late")


def test_reads_do_not_wait_for_processing(team: Team) -> None:
    team.post("/__twin__/processing", {"seconds": 30})
    assert team.client.get("/api/v1/users/me", timeout=5).status_code == 200
    batch = team.client.post("/api/v2/contacts/batch/get", json=[], timeout=5)
    assert batch.json() == {}


def test_search_lags_behind_and_catches_up_when_told(team: Team) -> None:
    team.post("/__twin__/search-lag", {"seconds": 3600})
    team.box("Northwind")
    assert team.get("/api/v1/search?name=Northwind")["results"]["boxes"] == []
    team.post("/__twin__/search-lag", {"seconds": 0})
    assert len(team.get("/api/v1/search?name=Northwind")["results"]["boxes"]) == 1


def test_the_lag_runs_on_the_clock_of_the_twin() -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    with serve(create_app(USERS, now=clock)) as url, httpx.Client(base_url=url, auth=(ANA, "")) as client:
        team = Team(client)
        team.post("/__twin__/search-lag", {"seconds": 60})
        team.box("Northwind")
        clock.advance(59)
        assert team.get("/api/v1/search?name=Northwind")["results"]["boxes"] == []
        clock.advance(1)
        assert len(team.get("/api/v1/search?name=Northwind")["results"]["boxes"]) == 1


def test_a_deleted_contact_stays_linked_until_the_clean_up(team: Team) -> None:
    contact = team.post(f"/api/v2/teams/{team.key}/contacts", {"givenName": "Bo"})["key"]
    box = team.box()
    team.edit(box, contacts=[{"key": contact, "isStarred": True}])
    team.post("/__twin__/link-cleanup", {"seconds": 3600})
    team.client.delete(f"/api/v2/contacts/{contact}").raise_for_status()
    assert team.client.get(f"/api/v2/contacts/{contact}").status_code == 404
    assert team.get(f"/api/v1/boxes/{box}")["contacts"][0]["key"] == contact
    team.post("/__twin__/link-cleanup", {"seconds": 0})
    assert team.get(f"/api/v1/boxes/{box}")["contacts"] == []


def test_the_state_shows_fields_by_key_and_by_name(team: Team, receiver: Receiver) -> None:
    box = team.box()
    team.edit(box, fields={"1001": "9001"}, stageKey="5002")
    team.post("/__twin__/computed", {"boxKey": box, "fieldKey": "1002", "value": 12.5})
    team.post(f"/api/v2/boxes/{box}/comments", {"message": "Hi"})
    team.hook("BOX_EDIT", receiver.url, token="s3cret")
    state = team.get("/__twin__/state")
    [dumped] = state["boxes"]
    assert dumped["fields"] == {"1001": "9001", "1002": 12.5}
    assert dumped["fieldsByName"] == {"Region": "EU", "Sum": 12.5}
    assert dumped["stageName"] == "Won"
    assert [comment["message"] for comment in state["comments"]] == ["Hi"]
    assert [hook["token"] for hook in state["webhooks"]] == ["s3cret"]
    assert team.get("/__twin__/state?pipelineKey=agxno")["boxes"] == []


def test_a_reset_leaves_the_team_and_its_users(team: Team) -> None:
    team.box()
    team.post("/__twin__/reset", None)
    state = team.get("/__twin__/state")
    assert (state["pipelines"], state["boxes"], state["webhooks"]) == ([], [], [])
    assert state["team"]["key"] == team.key


def test_a_twin_that_is_served_again_still_knows_and_tells(receiver: Receiver) -> None:
    app = create_app(USERS)
    with serve(app) as url, httpx.Client(base_url=url, auth=(ANA, "")) as client:
        team = Team(client)
        team.hook("BOX_CREATE", receiver.url)
        team.box()
        receiver.wait_for(1)
    with serve(app) as url, httpx.Client(base_url=url, auth=(ANA, "")) as client:
        team.client = client
        team.box()
        receiver.wait_for(2)
        assert len(team.get("/__twin__/state")["boxes"]) == 2


def test_keys_are_not_used_again_after_a_reset(team: Team) -> None:
    box, client = team.box(), team.client
    team.post("/__twin__/reset", None)
    assert Team(client).box() != box


def test_thousands_of_boxes_do_not_slow_the_single_ones_down(team: Team) -> None:
    boxes = [team.box(f"box {n}") for n in range(1500)]
    started = time.perf_counter()
    for box in boxes[:200]:
        team.edit(box, fields={"1001": "9001"})
    assert time.perf_counter() - started < 2  # 100 a second, on a busy machine


def test_requests_side_by_side_lose_no_box(team: Team) -> None:
    url = str(team.client.base_url)

    def create() -> None:
        with httpx.Client(base_url=url, auth=(ANA, ""), trust_env=False) as client:
            for _ in range(25):
                client.post(f"/api/v2/pipelines/{team.pipeline}/boxes", json={"name": "A"}).raise_for_status()

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    boxes = team.get(f"/api/v1/pipelines/{team.pipeline}/boxes")
    assert len({box["key"] for box in boxes}) == 100
    assert len({box["lastUpdatedTimestamp"] for box in boxes}) == 100


def test_a_lever_refuses_what_it_does_not_understand(team: Team) -> None:
    wrong: list[Any] = [{"seconds": -1}, {"second": 1}, []]
    for body in wrong:
        assert team.client.post("/__twin__/processing", json=body).status_code == 400


def test_a_team_needs_a_user() -> None:
    with pytest.raises(ValueError, match="at least one user"):
        create_app({})
