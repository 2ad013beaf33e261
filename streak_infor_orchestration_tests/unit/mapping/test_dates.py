"""Days that people type are read when they can mean one day only, or the locale says which."""

from contextlib import suppress
from datetime import date
from typing import Literal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers
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
        ("2026. 04. 03.", "hu_HU"),
        ("2026. 4. 3.", "ko_KR"),
        ("2026年4月3日", "ja_JP"),
        ("2026년 4월 3일", None),
        ("3. huhtikuuta 2026", "fi_FI"),
        ("03.04.2026", "sv_SE"),
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


# What people there type, by their own forms and letters. CLDR's short form begins with the year in many of them, and
# has an American month before the day in some.
@pytest.mark.parametrize(
    "locale",
    """en_GB en_ZA af_ZA zu_ZA xh_ZA sv_SE en_SE sv_FI en_IE en_AU en_NZ en_IN hi_IN de_DE de_CH fr_FR fr_BE es_ES es_MX
    pt_BR pt_PT it_IT nl_NL nl_BE da_DK nb_NO fi_FI pl_PL cs_CZ sk_SK ro_RO el_GR tr_TR ru_RU uk_UA bg_BG hr_HR
    sl_SI et_EE lv_LV he_IL ar_EG ar_AE th_TH vi_VN id_ID ms_MY en_SG en_HK zh_HK zh_SG en_NG""".split(),
)
def test_where_the_day_comes_first_it_is_read_so(locale: str) -> None:
    assert parse_day("03/04/2026", locale) == THIRD_OF_APRIL


@pytest.mark.parametrize("locale", ["en_US", "en_GU", "en_VI", "en_MH"])
def test_where_the_month_comes_first_it_is_read_so(locale: str) -> None:
    assert parse_day("04/03/2026", locale) == THIRD_OF_APRIL
    with pytest.raises(Ambiguous):  # an American may mean either with points
        parse_day("04.03.2026", locale)


@pytest.mark.parametrize("text", ["03/04/2026", "03-04-2026", "03.04.2026"])
@pytest.mark.parametrize(
    "locale",
    """en_CA fr_CA en_FM en_PW en_PH fil_PH es_PR es_PA en_KE ak_GH ja_JP zh_CN zh_TW ko_KR hu_HU lt_LT mn_MN
    eu_ES fa_IR es_US or_IN om_ET""".split(),
)
def test_where_either_may_be_meant_it_is_asked(text: str, locale: str) -> None:
    with pytest.raises(Ambiguous):
        parse_day(text, locale)
    assert parse_day("2026-04-03", locale) == THIRD_OF_APRIL
    assert parse_day("31/12/2026", locale) == parse_day("12/31/2026", locale) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["26-04-03", "03/04/26", "31/12/26"])
@pytest.mark.parametrize("locale", ["sv_SE", "en_ZA", "fr_CA", "ja_JP", "ko_KR", "hu_HU", "zh_CN"])
def test_two_digits_are_no_year_where_they_may_be_the_day(text: str, locale: str) -> None:
    with pytest.raises(Ambiguous):
        parse_day(text, locale)


def test_every_locale_reads_one_of_the_two_days_or_asks() -> None:
    for locale in locale_identifiers():
        if Locale.parse(locale).territory:
            with suppress(Ambiguous):
                assert parse_day("03/04/2026", locale) in (THIRD_OF_APRIL, date(2026, 3, 4))
            assert parse_day("3 April 2026", locale) == THIRD_OF_APRIL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026",
        "2026-02-30",
        "31/31/2026",
        "April 2026",
        "3 Smarch 2026",
        "1 2 3 May 2026",
        "令和8年4月3日",
        "115/04/03",
        "R8/4/3",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text, "en_US") is None


# Languages that much is sold in. Their own forms: 03.04.26, Apr 3, 2026, 3 de abril de 2026, 2026年4月3日, …
SPOKEN = """ar_EG bg_BG ca_ES cs_CZ da_DK de_AT de_CH de_DE el_GR en_AU en_CA en_FM en_GB en_IE en_IN en_NZ en_PW en_US
    en_ZA es_AR es_CL es_CO es_ES es_MX es_PA es_US et_EE fa_IR fi_FI fil_PH fr_BE fr_CA fr_CH fr_FR he_IL hi_IN hr_HR
    hu_HU id_ID it_IT ja_JP ko_KR lt_LT lv_LV ms_MY nb_NO nl_BE nl_NL pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI
    sr_Latn_RS sv_FI sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_HK zh_TW""".split()


@pytest.mark.parametrize("form", ["short", "medium", "long"])
@given(locale=st.sampled_from(SPOKEN), day=st.dates(date(2020, 1, 1), date(2039, 12, 31)))
def test_a_day_as_the_locale_prints_it_is_never_read_as_another(
    form: Literal["short", "medium", "long"], locale: str, day: date
) -> None:
    with suppress(Ambiguous):
        assert parse_day(format_date(day, form, locale=locale), locale) in (day, None)


@pytest.mark.parametrize(
    "text",
    ["April Fools 3 2026", "3 April 2026 2027", "3 4 April 2026", f"3{' ' * 40}April 2026", "April 123 2026"],
)
def test_what_says_more_than_a_day_is_none(text: str) -> None:
    assert parse_day(text, "en_GB") is None


@pytest.mark.parametrize("text", ["令和8年4月3日", "115/04/03", "R8/4/3", "1 Ramadan 1448"])
def test_a_day_of_another_calendar_is_none(text: str) -> None:
    assert parse_day(text, "ja_JP") is None


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert parse_day(day.strftime(form)) == day


@given(st.text(max_size=20), st.sampled_from([None, "de_DE", "en_US"]))
def test_any_text_is_a_day_none_or_ambiguous(text: str, locale: str | None) -> None:
    with suppress(Ambiguous):
        assert isinstance(parse_day(text, locale), date | None)
