"""Names of stages, fields and options are remembered, and looked up again when they no longer explain what is there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from streak_infor_orchestration.domain.deal import UnreadableValue
from streak_infor_orchestration.domain.errors import Misconfigured, Transient, Unauthorized
from streak_infor_orchestration.streak import api
from streak_infor_orchestration.streak.api import METADATA_LIFE
from streak_infor_orchestration_tests.conformance.streak.lab import FIELDS, NOT_OFFERED, STAGES, StreakLab


def lookups(lab: StreakLab, since: int) -> int:
    return lab.control.calls_since(since).count(f"GET /api/v1/pipelines/{lab.pipeline_key}")


def test_a_warm_client_reads_and_writes_a_box_in_one_call_each(lab: StreakLab) -> None:
    key = lab.make_box()
    box = lab.client.box(key)
    assert box is not None
    since = lab.control.last_call()
    lab.client.box(key)
    lab.client.update_box(box, fields={"Deal value": "1"})
    assert lab.control.calls_since(since) == [f"GET /api/v1/boxes/{key}", f"POST /api/v1/boxes/{key}"]


def test_names_are_looked_up_again_after_a_while(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    since = lab.control.last_call()
    lab.clock.advance((METADATA_LIFE - timedelta(seconds=1)).total_seconds())
    lab.client.pipeline(lab.pipeline_key)
    assert lookups(lab, since) == 0
    lab.clock.advance(2)
    lab.client.pipeline(lab.pipeline_key)
    assert lookups(lab, since) == 1


@pytest.mark.covers("GET /v2/fields", by="GET /v1/pipelines/{pipeline}")
def test_a_new_field_on_a_box_is_looked_up_at_once(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    added = lab.add_field("Incoterm", "TEXT_INPUT")
    key = lab.make_box(fields={added: "FOB"})
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {"Incoterm": "FOB"}


def test_a_new_field_can_be_written_at_once(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    lab.add_field("ERP order", "TEXT_INPUT")
    box = lab.client.update_box(lab.make_box(), pipeline_key=lab.pipeline_key, fields={"ERP order": "SO-1"})
    assert box.fields == {"ERP order": "SO-1"}


def test_a_new_option_is_read_and_written_at_once(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    field = lab.field_key("Ship via")
    path = f"/v1/pipelines/{lab.pipeline_key}/fields/{field}?addOnly=true"
    shown = lab.person("POST", path, {"dropdownSettings": {"items": [{"name": "Courier"}]}})
    courier = shown["dropdownSettings"]["items"][-1]["key"]
    key = lab.make_box(fields={field: courier})
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {"Ship via": "Courier"}


def test_an_option_that_no_longer_exists_is_unreadable_and_asked_about_once(lab: StreakLab) -> None:
    field = lab.field_key("Ship via")
    kept, gone = next(f for f in lab.shown()["fields"] if f["key"] == field)["dropdownSettings"]["items"]
    key = lab.make_box(fields={field: gone["key"]})
    lab.person(
        "POST", f"/v1/pipelines/{lab.pipeline_key}/fields/{field}", {"dropdownSettings": {"items": [kept]}}
    )
    held = {**lab.truth(key), "fields": {field: gone["key"]}}
    lab.control.fault("status", status=200, body=held, path=f"/boxes/{key}$", times=None)
    lab.client.pipeline(lab.pipeline_key)
    since = lab.control.last_call()
    for _ in range(3):
        box = lab.client.box(key)
        assert box is not None
        assert box.fields == {
            "Ship via": UnreadableValue(what="an option that no longer exists", shown=gone["key"])
        }
    assert lookups(lab, since) == 1


def test_threads_that_start_together_look_up_once(lab: StreakLab) -> None:
    keys = [lab.make_box(f"Deal {n}") for n in range(8)]
    since = lab.control.last_call()
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lab.client.box, keys))
    assert lookups(lab, since) == 1


@pytest.mark.covers("GET /v2/pipelines")
def test_team_and_pipeline_are_found_by_name_with_stages_in_the_boards_order(lab: StreakLab) -> None:
    team = lab.client.team_named("Acme")
    assert [team] == [*lab.client.teams()]
    assert team.key == lab.team_key
    pipeline = lab.client.pipeline_named("Sales", team.key)
    assert pipeline.key == lab.pipeline_key
    assert [stage.name for stage in pipeline.stages] == STAGES
    reordered = [stage.key for stage in pipeline.stages][::-1]
    lab.person("POST", f"/v1/pipelines/{lab.pipeline_key}", {"stageOrder": reordered})
    assert [stage.name for stage in lab.new_client().pipeline(lab.pipeline_key).stages] == STAGES[::-1]


def test_a_person_reads_as_the_address_and_whoever_left_the_pipeline_as_nobody(lab: StreakLab) -> None:
    owner = lab.field_key("Owner")
    people = {user.email: user.key for user in lab.client.users(lab.team_key)}
    key = lab.make_box(fields={owner: people["sales@acme.example"]})
    box = lab.client.box(key)
    assert box is not None and box.fields == {"Owner": "sales@acme.example"}
    lab.person("POST", f"/v1/boxes/{key}", {"fields": {owner: "no-user"}})
    box = lab.client.box(key)
    assert box is not None and isinstance(box.fields["Owner"], UnreadableValue)


def test_a_stage_that_is_missing_in_the_order_of_stages_is_one_all_the_same(lab: StreakLab) -> None:
    shown = lab.shown()
    first, second, third = shown["stageOrder"]
    told = {**shown, "stageOrder": [third, "5999", first]}
    lab.control.fault("status", status=200, body=told, path=f"/pipelines/{lab.pipeline_key}$")
    pipeline = lab.new_client().pipeline(lab.pipeline_key)
    assert [stage.key for stage in pipeline.stages] == [third, first, second]


@pytest.mark.covers("users and teams", by="GET /v2/users/me/teams")
def test_an_unknown_team_or_pipeline_is_told_with_the_nearest(lab: StreakLab) -> None:
    with pytest.raises(Misconfigured, match='"Acme"'):
        lab.client.team_named("Acne")
    with pytest.raises(Misconfigured, match='"Sales"'):
        lab.client.pipeline_named("Sale")
    lab.make_pipeline("Sales", {})
    with pytest.raises(Misconfigured, match="more than one pipeline"):
        lab.client.pipeline_named("Sales")


def test_a_pipeline_or_team_that_is_gone_is_a_matter_of_configuration(lab: StreakLab) -> None:
    with pytest.raises(Misconfigured):
        lab.client.pipeline("no-such-pipeline")
    with pytest.raises(Misconfigured):
        lab.client.team("no-such-team")


def test_who_we_are(lab: StreakLab) -> None:
    assert lab.client.me().email == "integration@acme.example"


@pytest.mark.covers("GET /v2/pipelines", by="GET /v1/pipelines")
def test_pipelines_are_listed_where_the_newest_api_is_not_offered(lab: StreakLab) -> None:
    newest = lab.client.pipelines(lab.team_key)
    lab.control.fault("status", **NOT_OFFERED, path="/v2/pipelines$")
    (pipeline,) = lab.client.pipelines(lab.team_key)
    assert [pipeline.model_copy(update={"team_key": lab.team_key})] == list(newest)


@pytest.mark.parametrize("error", [500, 401])
def test_a_bad_answer_is_not_taken_for_an_api_that_is_not_offered(lab: StreakLab, error: int) -> None:
    lab.control.fault("status", status=error, path="/v2/pipelines$", times=None)
    since = lab.control.last_call()
    with pytest.raises(Unauthorized if error == 401 else Transient):
        lab.client.pipelines(lab.team_key)
    assert "GET /api/v1/pipelines" not in lab.control.calls_since(since)


def test_all_pages_of_pipelines_are_read(lab: StreakLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    names = {"Sales", *(lab.make_pipeline(f"P{n}", {}) and f"P{n}" for n in range(4))}
    assert {pipeline.name for pipeline in lab.client.pipelines(lab.team_key)} == names


@pytest.mark.covers("GET /v2/fields", by="GET /v1/pipelines/{pipeline}/fields")
@pytest.mark.covers("stages", by="GET /v1/pipelines/{pipeline}/stages")
def test_fields_and_stages_are_read_as_they_are_now(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    lab.add_field("Incoterm", "TEXT_INPUT")
    fields = lab.client.fields(lab.pipeline_key)
    assert [(field.name, field.type) for field in fields] == [*FIELDS.items(), ("Incoterm", "TEXT_INPUT")]
    assert [option.name for option in fields[2].options] == ["Ground", "Air freight"]
    keys = [stage["key"] for stage in lab.shown()["stages"].values()]
    lab.person("POST", f"/v1/pipelines/{lab.pipeline_key}", {"stageOrder": keys[::-1]})
    assert [stage.name for stage in lab.client.stages(lab.pipeline_key)] == STAGES[::-1]


@pytest.mark.covers("users and teams", by="GET /v2/teams/{team}/users")
@pytest.mark.covers("users and teams", by="GET /v1/users/{user}")
def test_the_users_of_a_team_are_listed(lab: StreakLab) -> None:
    users = lab.client.users(lab.team_key)
    assert sorted(user.email for user in users) == ["integration@acme.example", "sales@acme.example"]
    assert not any(user.agent for user in users)
    assert [lab.client.user(user.key) for user in users] == list(users)
    assert lab.client.user("nobody") is None


@pytest.mark.covers("users and teams", by="GET /v1/users/me")
@pytest.mark.covers("users and teams", by="POST /v1/users/{user}")
@pytest.mark.covers("users and teams", by="GET /v2/teams/{team}")
@pytest.mark.covers("users and teams", by="POST /v2/teams/{team}")
def test_our_own_details_and_the_teams_name_can_be_changed(lab: StreakLab) -> None:
    me = lab.client.me()
    assert lab.client.edit_user(me.key, given_name="Streak", family_name="to Infor").name == "Streak to Infor"
    assert lab.client.me().email == me.email
    team = lab.client.team(lab.team_key)
    assert lab.client.rename_team(team.key, "Acme Europe").key == team.key
    assert lab.client.team(lab.team_key).name == "Acme Europe"
    (person,) = (user for user in lab.client.users(lab.team_key) if user.key != me.key)
    with pytest.raises(Unauthorized):
        lab.client.edit_user(person.key, given_name="Eve")
