"""Order lines as people type them into one text field: read when they can mean one thing only."""

from decimal import Decimal
from time import process_time

import pytest

from streak_infor_orchestration.domain.deal import Deal, Part
from streak_infor_orchestration.mapping.item_text import Item, pieces
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration_tests.unit.mapping.deals import box, deal, facts, mapping, only_problem

LINES = "{from: text, field: Items}"


def items(text: str, *, by_name: bool = False) -> list[tuple[str, str, str]]:
    """Product, quantity and price of each piece; a piece that is no item fails."""
    found = [piece.item for piece in pieces(text, by_name=by_name)]
    return [
        (item.product, item.quantity, item.price) for item in found if item is not None or pytest.fail(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2 x BRK-1001",
        "2x BRK-1001",
        "2 × BRK-1001",
        "2×BRK-1001",
        "2 X BRK-1001",
        "2 * BRK-1001",
        "2 BRK-1001",
        "2 pcs BRK-1001",
        "2 Stk. BRK-1001",
        "2 pcs. x BRK-1001",
        "BRK-1001 (2)",
        "BRK-1001 (2 pcs)",
        "BRK-1001 (2x)",
        "BRK-1001 x 2",
        "BRK-1001 x2",
        "BRK-1001 ×2",
        "BRK-1001 2 pcs",
        "BRK-1001, 2 Stück",
        "BRK-1001: 2",
        "BRK-1001 2",
        "BRK-1001 qty 2",
        "BRK-1001, Menge: 2",
        "- 2 x BRK-1001",
        "• BRK-1001 (2)",
        "1) 2 x BRK-1001",
        "1. BRK-1001: 2 pcs",
    ],
)
def test_a_quantity_of_a_product_is_read(text: str) -> None:
    assert items(text) == [("BRK-1001", "2", "")]


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (" @ 12.50", "12.50"),
        (" @12,50", "12,50"),
        (", @ 1.234,50 €", "1.234,50"),
        (" à 12,50", "12,50"),
        (" a 12,50 EUR", "12,50"),
        (" at $12.50 each", "12.50"),
        (" @ 12.50/pc", "12.50"),
        (" je 12,50", "12,50"),
    ],
)
@pytest.mark.parametrize("what", ["2 x BRK-1001", "BRK-1001 2 pcs"])
def test_a_price_per_piece_is_read(what: str, price: str, expected: str) -> None:
    assert items(what + price) == [("BRK-1001", "2", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "2 x A-1 @ 12.50; 3 x B-1 @ 4",
        "2 x A-1 @ 12.50\n3 x B-1 @ 4\n",
        "2 x A-1 @ 12.50;\r\n\r\n3 x B-1 @ 4",
        "2 x A-1 @ 12.50, 3 x B-1 @ 4",
        "2 x A-1 @ 12.50 and 3 x B-1 @ 4",
    ],
)
def test_lines_are_told_apart(text: str) -> None:
    assert items(text) == [("A-1", "2", "12.50"), ("B-1", "3", "4")]


def test_commas_are_decimal_marks_before_they_are_anything_else() -> None:
    assert items("2 x A-1 @ 12,50, 3 x B-1 @ 4,20") == [("A-1", "2", "12,50"), ("B-1", "3", "4,20")]
    assert items("A-1 (2),B-1 (3)") == [("A-1", "2", ""), ("B-1", "3", "")]


def test_long_numbers_are_products() -> None:
    assert items("2 x 100234; 100235 x 3; 100236 (4)") == [
        ("100234", "2", ""),
        ("100235", "3", ""),
        ("100236", "4", ""),
    ]


def test_products_by_name_may_have_spaces_and_commas() -> None:
    text = "2 x Brake caliper, front left @ 189.90, 1 x Brake disc, vented, 330 mm; Brake fluid DOT 5.1 (3)"
    assert items(text, by_name=True) == [
        ("Brake caliper, front left", "2", "189.90"),
        ("Brake disc, vented, 330 mm", "1", ""),
        ("Brake fluid DOT 5.1", "3", ""),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BRK-1001", "unreadable_line"),
        ("two brake pads", "unreadable_line"),
        ("100 200", "unreadable_line"),
        ("2xl-shirt", "unreadable_line"),
        ("2 x BRK-1001 12.50", "unreadable_line"),
        ("2 x BRK-1001 for 25", "unreadable_line"),
        ("2 x BRK-1001 = 25", "unreadable_line"),
        ("Total: 25 €", "unreadable_line"),
        ("2 x A-1 @ 12,50,3 x B-1", "unreadable_line"),
        ("2 x BRK-1001, also a cap", "unreadable_line"),
        ("100 x 200", "ambiguous_line"),
        ("2X 3", "ambiguous_line"),
        ("x" * 500, "unreadable_line"),
    ],
)
def test_what_has_no_single_reading_is_told_with_the_very_text(text: str, code: str) -> None:
    problem = only_problem(mapping(lines=LINES).read_deal(box({"Items": f"1 x OK-1; {text}"})))
    assert (problem.code, problem.field, problem.value) == (code, "Items", text)
    assert problem.rule == "integration.yaml:6: lines.field"
    assert "2 x BRK-1001 @ 12.50" in problem.fix


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234 x A-1", "ambiguous_number"),
        ("0 x A-1", "zero"),
        ("2 x A-1 @ 0.1234567", "too_precise"),
        ("2 x A-1 @ $5", "ambiguous_currency"),
        ("2 x A-1 @ 5 - 120%", "not_a_percentage"),
    ],
)
def test_a_line_that_is_read_but_makes_no_sense_is_told(text: str, code: str) -> None:
    problem = only_problem(mapping(lines=LINES).read_deal(box({"Items": text})))
    assert (problem.code, problem.field, problem.value) == (code, "Items", text)


def test_a_line_is_what_it_says() -> None:
    (line,) = deal(mapping(lines=LINES), {"Items": "2 x A-1 @ £12.50 less 10%"}).lines
    assert (line.sku, line.quantity, line.price) == ("A-1", Decimal(2), Decimal("12.50"))
    assert (line.currency, line.field) == ("GBP", "Items")
    assert line.discount == Part(value=Decimal("0.10"), is_share=True)


def test_a_sign_that_several_currencies_share_is_the_orders_own() -> None:
    of = mapping(lines=LINES, company="{timezone: UTC, currency: CAD}")
    assert deal(of, {"Items": "2 x A-1 @ $12.50"}).lines[0].currency == "CAD"


def test_the_locale_settles_what_a_number_means() -> None:
    of = mapping(lines=LINES, company="{timezone: UTC, currency: EUR, locale: de_DE}")
    assert deal(of, {"Items": "1.234 x A-1 @ 1.234,50"}).lines[0].quantity == 1234


def test_a_deal_without_a_line_is_told() -> None:
    problem = only_problem(mapping(lines=LINES).read_deal(box({"Items": " \n"})))
    assert (problem.code, problem.field) == ("no_lines", "Items")


def test_a_page_of_lines_is_refused() -> None:
    read = mapping(lines=LINES).read_deal(box({"Items": "1 x A-1\n" * 201}))
    assert only_problem(read).code == "too_many_lines"


def test_a_page_in_a_field_is_told_by_its_beginning() -> None:
    problem = only_problem(mapping(lines=LINES).read_deal(box({"Items": "x" * 9000})))
    assert problem.value == "x" * 500 + "…"


def test_what_somebody_pasted_is_not_read_for_seconds() -> None:
    begun = process_time()
    for text in ("1 x a, " * 40 + "\n", "1 x a @ 1." * 40 + "\n", "a-" * 150 + "\n"):
        assert not isinstance(mapping(lines=LINES).read_deal(box({"Items": text * 2000})), Deal)
    assert process_time() - begun < 2


def test_every_line_that_is_wrong_is_told() -> None:
    read = mapping(lines=LINES).read_deal(box({"Items": "x; 1 x A-1; y"}))
    assert isinstance(read, Problems)
    assert [problem.value for problem in read.items] == ["x", "y"]


@pytest.mark.parametrize(
    ("line", "code"),
    [("2 x ACME-9", "unknown_product"), ("2 x ACME-1 @ 12.50 USD", "price_currency")],
)
def test_what_is_wrong_with_a_line_is_told_with_its_very_text(line: str, code: str) -> None:
    of = mapping(lines=LINES)
    problem = only_problem(of.order(deal(of, {"Items": f"1 x ACME-1\n{line}"}), facts()))
    assert (problem.code, problem.field, problem.value) == (code, "Items", line)


def test_an_item_says_nothing_that_is_not_there() -> None:
    (piece,) = pieces("2 x A-1")
    assert piece.item == Item(product="A-1", quantity="2")
