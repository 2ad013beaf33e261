"""Order lines from boxes of another pipeline that are linked to the deal."""

from decimal import Decimal

from streak_infor_orchestration.domain.deal import Deal, Value
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration_tests.unit.mapping.deals import box, mapping, only_problem

ONE_EACH = "{from: linked_boxes, pipeline: Quotes, columns: {sku: Product, quantity: Qty, price: Price}}"
IN_ROWS = (
    "{from: linked_boxes, pipeline: Quotes, stages: [Agreed], "
    'columns: {sku: "SKU {n}", quantity: "Qty {n}", max: 2}}'
)


def quote(name: str, fields: dict[str, Value], stage: str = "Agreed") -> Box:
    return box(fields, key=name, name=name, stage=stage, pipeline_key="p2")


def read(of: Mapping, *quotes: Box) -> Deal | Problems:
    return of.read_deal(box({}), quotes)


def test_each_box_is_a_line() -> None:
    deal = read(
        mapping(lines=ONE_EACH),
        quote("Q-1", {"Product": "A-1", "Qty": "2", "Price": "10"}),
        quote("Q-2", {"Product": "B-1", "Qty": "1"}),
    )
    assert isinstance(deal, Deal)
    assert [(line.sku, line.quantity, line.price) for line in deal.lines] == [
        ("A-1", 2, 10),
        ("B-1", 1, None),
    ]
    assert deal.lines[0].field == "Q-1: Product"


def test_a_box_may_hold_several_rows() -> None:
    deal = read(
        mapping(lines=IN_ROWS), quote("Q-1", {"SKU 1": "A", "Qty 1": "2", "SKU 2": "B", "Qty 2": "1.5"})
    )
    assert isinstance(deal, Deal)
    assert [(line.sku, line.quantity) for line in deal.lines] == [("A", Decimal(2)), ("B", Decimal("1.5"))]


def test_a_box_may_hold_its_lines_as_text() -> None:
    of = mapping(lines="{from: linked_boxes, pipeline: Quotes, field: Items}")
    deal = read(of, quote("Q-1", {"Items": "2 x A-1; 1 x B-1"}))
    assert isinstance(deal, Deal)
    assert [line.sku for line in deal.lines] == ["A-1", "B-1"]


def test_only_boxes_in_the_stages_named_count() -> None:
    row: dict[str, Value] = {"SKU 1": "A", "Qty 1": "2"}
    agreed, drafted = quote("Q-1", row, stage=" agreed"), quote("Q-2", row, stage="Draft")
    deal = read(mapping(lines=IN_ROWS), agreed, drafted)
    assert isinstance(deal, Deal)
    assert [line.field for line in deal.lines] == ["Q-1: SKU 1"]
    problem = only_problem(read(mapping(lines=IN_ROWS), drafted))
    assert (problem.code, problem.value, problem.fix) == (
        "no_linked_box",
        "Q-2",
        "Move the one that is ordered to Agreed.",
    )


def test_a_deal_without_a_linked_box_is_told() -> None:
    problem = only_problem(read(mapping(lines=ONE_EACH)))
    assert (problem.code, problem.field) == ("no_linked_box", "Linked boxes")
    assert problem.rule == "integration.yaml:6: lines.pipeline"


def test_what_is_wrong_names_the_box_it_stands_on() -> None:
    outcome = read(mapping(lines=ONE_EACH), quote("Q-1", {"Product": "A-1", "Qty": "x"}), quote("Q-2", {}))
    assert isinstance(outcome, Problems)
    assert [(problem.code, problem.box, problem.field, problem.line) for problem in outcome.items] == [
        ("not_a_number", "Q-1", "Q-1: Qty", 6),
        ("no_lines", "Q-2", "Q-2: Product", 6),
    ]
