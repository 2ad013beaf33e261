"""Comments and webhooks (Streak API contract §3.11, §3.16)."""

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.streak import api
from streak_infor_orchestration_tests.conformance.streak.lab import StreakLab

TARGET = "https://gateway.example/webhooks/streak/BOX_EDIT/s3cret"


@pytest.mark.covers("POST /v2/activities", by="POST /v2/boxes/{box}/comments")
@pytest.mark.covers("comments", by="GET /v2/boxes/{box}/comments")
def test_a_comment_is_ours_and_found_again(lab: StreakLab) -> None:
    key = lab.make_box()
    lab.person("POST", f"/v2/boxes/{key}/comments", {"message": "hello"})
    made = lab.client.add_comment(key, "Order SO-1 created in ERP [ABCD1234]")
    assert made.creator_key == lab.client.me().key
    comments = lab.client.comments(key)
    assert made in comments
    assert sorted(c.message for c in comments) == ["Order SO-1 created in ERP [ABCD1234]", "hello"]
    assert [c.key for c in comments if c.creator_key == made.creator_key] == [made.key]


@pytest.mark.covers("comments", by="POST /v2/boxes/{box}/comments")
@pytest.mark.covers("comments", by="GET /v2/comments/{comment}")
@pytest.mark.covers("comments", by="POST /v2/comments/{comment}")
@pytest.mark.covers("comments", by="DELETE /v2/comments/{comment}")
@pytest.mark.covers("comments", by="POST /v2/comments/{comment}/react")
@pytest.mark.covers("comments", by="POST /v2/comments/{comment}/unreact")
def test_a_comment_is_answered_edited_reacted_to_and_deleted(lab: StreakLab) -> None:
    box = lab.make_box()
    first = lab.client.add_comment(box, "Sent quote")
    answer = lab.client.add_comment(box, "They took it", parent=first.key)
    assert (answer.parent, answer.box_key) == (first.key, box)
    assert lab.client.comment(answer.key) == answer
    assert lab.client.edit_comment(first.key, "Sent quote 7").message == "Sent quote 7"
    shown = f"/v2/comments/{first.key}"
    lab.client.react(first.key, "🎉")
    assert lab.person("GET", shown)["reactionSummary"][0]["emoji"] == "🎉"
    lab.client.react(first.key, "🎉", undo=True)
    assert lab.person("GET", shown)["reactionSummary"] == []
    lab.client.delete_comment(answer.key)
    assert lab.client.comment(answer.key) is None


def test_all_pages_of_comments_are_read(lab: StreakLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    key = lab.make_box()
    made = {lab.client.add_comment(key, f"comment {n}").key for n in range(5)}
    assert {comment.key for comment in lab.client.comments(key)} == made


def test_a_box_without_comments_has_none(lab: StreakLab) -> None:
    assert lab.client.comments(lab.make_box()) == ()


def test_a_comment_on_a_box_that_is_gone_is_refused(lab: StreakLab) -> None:
    with pytest.raises(Rejected):
        lab.client.add_comment("no-such-box", "x")


@pytest.mark.covers("webhooks", by="POST /v2/webhooks")
@pytest.mark.covers("webhooks", by="GET /v2/pipelines/{pipeline}/webhooks")
@pytest.mark.covers("webhooks", by="POST /v2/webhooks/{webhook}")
@pytest.mark.covers("webhooks", by="DELETE /v2/webhooks/{webhook}")
def test_a_webhook_of_a_pipeline_is_made_listed_edited_and_deleted(lab: StreakLab) -> None:
    made = lab.client.create_webhook("BOX_EDIT", TARGET, pipeline_key=lab.pipeline_key, token="t0ken")
    assert (made.event, made.target_url, made.pipeline_key) == ("BOX_EDIT", TARGET, lab.pipeline_key)
    assert lab.client.webhooks(pipeline_key=lab.pipeline_key) == (made,)
    assert lab.control.get("/state")["webhooks"][0]["token"] == "t0ken"
    moved = lab.client.edit_webhook(made.key, target_url=f"{TARGET}2")
    assert moved.target_url == f"{TARGET}2"
    lab.client.delete_webhook(made.key)
    assert lab.client.webhooks(pipeline_key=lab.pipeline_key) == ()


@pytest.mark.covers("webhooks", by="GET /v2/teams/{team}/webhooks")
def test_a_webhook_may_belong_to_a_team(lab: StreakLab) -> None:
    made = lab.client.create_webhook("CONTACT_UPDATE", TARGET, team_key=lab.team_key)
    assert made.team_key == lab.team_key
    assert lab.client.webhooks(team_key=lab.team_key) == (made,)
