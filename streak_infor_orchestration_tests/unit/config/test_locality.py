"""What people call countries, and how their languages write days and cents."""

import pytest
from pydantic import TypeAdapter, ValidationError

from streak_infor_orchestration.config.locality import (
    Country,
    LocaleName,
    country_names,
    decimal_mark,
    first_of_a_day,
    is_year_first,
    months,
)

CALLED = """
    GB: UK | U.K. | Great Britain | Britain | England | Scotland | Wales | Northern Ireland
    US: U.S. | U.S.A. | USA | America | United States of America | The United States
    NL: Holland | The Netherlands | Nederland
    CZ: Czech Republic | Czechia
    KR: South Korea | Republic of Korea
    KP: North Korea
    RU: Russia
    VN: Vietnam | Viet Nam
    AE: UAE | U.A.E. | Emirates
    TR: Turkey | Türkiye
    CI: Ivory Coast
    MK: Macedonia
    SZ: Swaziland
    MM: Burma
    CV: Cape Verde
    IE: Republic of Ireland | Eire
    CN: People's Republic of China | PRC | Mainland China
    TW: Taiwan
    DE: Deutschland | Germany | DEU | de
    AT: Österreich
    CH: Schweiz | Suisse | Svizzera
    IT: Italia
    ES: España
    BE: Belgique | België
    PL: Polska
    SE: Sverige
    NO: Norge
    DK: Danmark
    FI: Suomi
    BR: Brasil
    MX: México
"""
NAMES = [
    (name.strip(), line.strip()[:2])
    for line in CALLED.strip().splitlines()
    for name in line.strip()[3:].split("|")
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_country_is_known_by_what_people_call_it(name: str, code: str) -> None:
    assert country_names(None)[name.casefold()] == code


@pytest.mark.parametrize("name", ["korea", "congo", ""])
def test_a_name_of_two_is_nobodys(name: str) -> None:
    assert name not in country_names(None)


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        *((f"en_{country}", "month") for country in ("AS", "GU", "MH", "MP", "UM", "US", "VI")),
        *((f"en_{country}", None) for country in ("BZ", "CA", "GH", "KE", "KY", "PH", "PR", "PW")),
        ("fr_TG", None),
        ("en_FM", None),
        ("es_US", None),
        ("es_PA", None),
        ("en_ZA", "day"),
        ("en_GB", "day"),
        ("de_DE", "day"),
        ("fr_FR", "day"),
    ],
)
def test_what_stands_first_in_a_day(locale: str, first: str | None) -> None:
    assert first_of_a_day(locale) == first


@pytest.mark.parametrize(
    ("locale", "mark"), [("en_US", "."), ("de_DE", ","), ("fr_FR", ","), ("de_CH", "."), ("bgn_AF", None)]
)
def test_what_stands_before_the_cents(locale: str, mark: str | None) -> None:
    assert decimal_mark(locale) == mark


@pytest.mark.parametrize(
    ("locale", "first"), [("hu_HU", True), ("sv_SE", True), ("de_DE", False), ("en_US", False)]
)
def test_where_a_day_begins_with_its_year(locale: str, first: bool) -> None:
    assert is_year_first(locale) is first


def test_months_are_known_in_english_and_the_companys_language() -> None:
    german = months("de_DE")
    assert (german["märz"], german["dez"], german["december"], german["may"]) == (3, 12, 12, 5)
    assert "märz" not in months(None) and months(None)["sep"] == 9


def test_a_code_is_one_of_iso() -> None:
    assert TypeAdapter(Country).validate_python("DE") == "DE"
    for wrong in ("UK", "de", ""):
        with pytest.raises(ValidationError, match=f'"{wrong}" is no country'):
            TypeAdapter(Country).validate_python(wrong)


@pytest.mark.parametrize(
    ("name", "locale"), [("de_DE", "de_DE"), ("de-AT", "de_AT"), ("zh_Hans_CN", "zh_Hans_CN")]
)
def test_a_locale_is_a_language_and_a_country(name: str, locale: str) -> None:
    assert TypeAdapter(LocaleName).validate_python(name) == locale


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("german", '"german" is no locale'),
        ("xx_XX", '"xx_XX" is no locale'),
        ("de", '"de" does not say which country'),
    ],
)
def test_what_is_no_locale_is_told(name: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told) as caught:
        TypeAdapter(LocaleName).validate_python(name)
    (error,) = caught.value.errors()
    assert error["ctx"]["fix"] in ("write it as de_DE or en_US", "write it as de_XX")
