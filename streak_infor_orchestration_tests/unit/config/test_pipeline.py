"""Names in the file that the pipeline does not have, and stages that the file does not class."""

from streak_infor_orchestration.config.pipeline import check_pipeline
from streak_infor_orchestration_tests.unit.config.minimal import integration

STAGES = ["Lead", "Accepted", "Won", "Lost"]
FIELDS = ["SKU 1", "Qty 1", "Price 1"]


def test_a_pipeline_with_the_first_row_of_columns_is_enough() -> None:
    assert check_pipeline(integration(), stages=STAGES, fields=FIELDS) == ()


def test_a_stage_is_told_when_only_one_side_knows_it() -> None:
    found = check_pipeline(integration(), stages=["Lead", "Acepted", "Won", "Lost"], fields=FIELDS)
    assert found == (
        'integration.yaml:5: stages: stage "Acepted" is not classed; put it into one of the four lists',
        'integration.yaml:5: stages.order: the pipeline has no stage "Accepted"; did you mean "Acepted"?',
    )


def test_every_field_that_is_named_must_exist() -> None:
    config = integration(
        fields="[{to: order.custom.Area, expression: 'upper(field.Area)'}, {to: order.salesperson, from: 'field:Rep'}]",
        write_back="[{field: ERP order, from: order.id}]",
        amounts='{deal_value: "field:Deal value"}',
    )
    found = check_pipeline(config, stages=STAGES, fields=[*FIELDS, "ERP-Order"])
    assert found == (
        'integration.yaml:7: fields: the pipeline has no field "Area"',
        'integration.yaml:7: fields: the pipeline has no field "Rep"',
        'integration.yaml:9: amounts.deal_value: the pipeline has no field "Deal value"',
        'integration.yaml:8: write_back.field: the pipeline has no field "ERP order"; did you mean "ERP-Order"?',
    )
