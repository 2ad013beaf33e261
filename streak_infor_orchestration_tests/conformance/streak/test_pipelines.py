"""Pipelines, stages and fields are made and changed (Streak API contract §3.3 to §3.5)."""

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration_tests.conformance.streak.lab import OPTIONS, STAGES, StreakLab


@pytest.mark.covers("GET /v2/pipelines", by="GET /v1/pipelines/{pipeline}")
@pytest.mark.covers("pipelines", by="PUT /v1/pipelines")
@pytest.mark.covers("pipelines", by="POST /v1/pipelines/{pipeline}")
@pytest.mark.covers("pipelines", by="DELETE /v1/pipelines/{pipeline}")
def test_a_pipeline_is_made_renamed_reordered_and_deleted(lab: StreakLab) -> None:
    made = lab.client.create_pipeline(
        lab.team_key, "Quotes & more", stages=["Open", "Won"], fields={"SKU": "TEXT_INPUT", "Ship": "DATE"}
    )
    assert [stage.name for stage in made.stages] == ["Open", "Won"]
    assert [(field.name, field.type) for field in made.fields] == [("SKU", "TEXT_INPUT"), ("Ship", "DATE")]
    assert lab.client.pipeline(made.key) == made
    order = [stage.key for stage in made.stages][::-1]
    edited = lab.client.edit_pipeline(made.key, name="Quotes", stage_order=order)
    assert lab.client.pipeline(made.key) == edited
    assert (edited.name, [stage.name for stage in edited.stages]) == ("Quotes", ["Won", "Open"])
    lab.client.delete_pipeline(made.key)
    with pytest.raises(Misconfigured):
        lab.client.pipeline(made.key)


def test_a_name_that_the_form_would_cut_in_two_is_refused_before_it_leaves(lab: StreakLab) -> None:
    since = lab.control.last_call()
    with pytest.raises(Rejected, match="comma"):
        lab.client.create_pipeline(lab.team_key, "P", stages=["Won, at last"])
    assert lab.control.calls_since(since) == []


def test_a_pipeline_with_boxes_stays(lab: StreakLab) -> None:
    lab.make_box()
    with pytest.raises(Rejected):
        lab.client.delete_pipeline(lab.pipeline_key)


@pytest.mark.covers("stages", by="PUT /v1/pipelines/{pipeline}/stages")
@pytest.mark.covers("stages", by="POST /v1/pipelines/{pipeline}/stages/{stage}")
@pytest.mark.covers("stages", by="DELETE /v1/pipelines/{pipeline}/stages/{stage}")
def test_a_stage_is_made_renamed_and_deleted_and_known_at_once(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    stage = lab.client.create_stage(lab.pipeline_key, "Lost, for now")
    assert [s.name for s in lab.client.pipeline(lab.pipeline_key).stages] == [*STAGES, "Lost, for now"]
    assert lab.client.rename_stage(lab.pipeline_key, stage.key, "Lost").name == "Lost"
    assert [s.name for s in lab.client.pipeline(lab.pipeline_key).stages] == [*STAGES, "Lost"]
    with pytest.raises(Rejected, match="already exists"):
        lab.client.create_stage(lab.pipeline_key, "Lost")
    lab.client.delete_stage(lab.pipeline_key, stage.key)
    assert [s.name for s in lab.client.pipeline(lab.pipeline_key).stages] == STAGES


@pytest.mark.covers("GET /v2/fields", by="GET /v1/pipelines/{pipeline}/fields")
@pytest.mark.covers("fields and options", by="PUT /v1/pipelines/{pipeline}/fields")
@pytest.mark.covers("fields and options", by="POST /v1/pipelines/{pipeline}/fields/{field}")
@pytest.mark.covers("fields and options", by="DELETE /v1/pipelines/{pipeline}/fields/{field}")
def test_a_field_is_made_renamed_and_deleted(lab: StreakLab) -> None:
    lab.client.pipeline(lab.pipeline_key)
    field = lab.client.create_field(lab.pipeline_key, "ERP order", "TEXT_INPUT")
    assert field in lab.client.fields(lab.pipeline_key)
    renamed = lab.client.rename_field(lab.pipeline_key, field.key, "Order in ERP")
    assert renamed in lab.client.pipeline(lab.pipeline_key).fields
    lab.client.delete_field(lab.pipeline_key, field.key)
    assert field.key not in {f.key for f in lab.client.fields(lab.pipeline_key)}


@pytest.mark.parametrize("name", list(OPTIONS))
@pytest.mark.covers("fields and options", by="POST /v1/pipelines/{pipeline}/fields/{field}")
def test_options_are_added_to_those_there_are_and_can_be_written_at_once(lab: StreakLab, name: str) -> None:
    field = lab.client.pipeline(lab.pipeline_key).field(name)
    before = [option.name for option in field.options]
    grown = lab.client.add_options(lab.pipeline_key, field, ["Courier", "Rail"])
    assert [option.name for option in grown.options] == [*before, "Courier", "Rail"]
    box = lab.client.update_box(lab.make_box(), pipeline_key=lab.pipeline_key, fields={name: "Rail"})
    assert box.fields == {name: "Rail" if field.type == "DROPDOWN" else ("Rail",)}


def test_only_dropdowns_and_tags_have_options(lab: StreakLab) -> None:
    with pytest.raises(Rejected, match="no options"):
        field = lab.client.pipeline(lab.pipeline_key).field("Signed")
        lab.client.add_options(lab.pipeline_key, field, ["Yes"])
