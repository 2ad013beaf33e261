"""Days that people type are read when they can mean one day only, or the locale says which."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.mapping.dates import parse_day
from streak_infor_orchestration.mapping.numbers import Ambiguous

THIRD_OF_APRIL = date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2026-04-03", None),
        ("2026/4/3", None),
        ("3.4.2026", None),
        ("03. 04. 2026", None),
        ("03.04.26", "de_DE"),
        ("03/04/2026", "en_GB"),
        ("04/03/2026", "en_US"),
        ("4/3/26", "en_US"),
        ("3 April 2026", None),
        ("April 3rd, 2026", None),
        ("3 Apr 2026", "de_DE"),
        ("3 avril 2026", "fr_FR"),
        (" 3. April 2026 ", "de_AT"),
    ],
)
def test_a_day_is_read(text: str, locale: str | None) -> None:
    assert parse_day(text, locale) == THIRD_OF_APRIL


@pytest.mark.parametrize(("text", "day"), [("12/31/2026", 31), ("31/12/2026", 31), ("12-12-2026", 12)])
def test_what_can_mean_one_day_only_needs_no_locale(text: str, day: int) -> None:
    assert parse_day(text) == date(2026, 12, day)


@pytest.mark.parametrize("text", ["03/04/2026", "3-4-2026", "03.04.26"])
def test_what_can_mean_two_days_is_refused(text: str) -> None:
    with pytest.raises(Ambiguous):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026", "2026-02-30", "31/31/2026", "April 2026", "3 Smarch 2026", "1 2 3 May 2026"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text, "en_US") is None


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert parse_day(day.strftime(form)) == day


@given(st.text(max_size=20), st.sampled_from([None, "de_DE", "en_US"]))
def test_any_text_is_a_day_none_or_ambiguous(text: str, locale: str | None) -> None:
    with suppress(Ambiguous):
        assert isinstance(parse_day(text, locale), date | None)
