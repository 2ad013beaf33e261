"""Bars as SVG: well-formed whatever the words are, the longest as wide as there is room."""

from xml.etree import ElementTree

from streak_infor_orchestration.analytics.bars import Bar, bars

_SVG = "{http://www.w3.org/2000/svg}"


def test_lengths_are_in_proportion_and_words_are_no_markup() -> None:
    drawn = ElementTree.fromstring(
        bars(
            "<Owed>",
            [Bar("a & b", 200.0, "200"), Bar('"c"', 50.0, "<script>"), Bar("less", -100.0, "-100", "bad")],
        )
    )
    background, *lengths = drawn.iter(f"{_SVG}rect")
    assert [float(one.get("width", "")) for one in lengths] == [320.0, 80.0, 160.0]
    assert [one.get("fill") == "none" for one in lengths] == [False, False, True], "below zero is hollow"
    assert background.get("width") == "100%"
    texts = [one.text for one in drawn.iter(f"{_SVG}text")]
    assert texts == ["<Owed>", "a & b", "200", '"c"', "<script>", "less", "-100"]


def test_nothing_and_zeros_are_drawn_too() -> None:
    assert bars("none", []).endswith("</svg>")
    assert 'width="1.0"' in bars("zero", [Bar("zero", 0.0, "0")])
