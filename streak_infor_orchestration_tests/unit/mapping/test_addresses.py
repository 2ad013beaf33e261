"""Addresses: codes for countries and regions, postal codes that exist, everything else as people spell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.codes import COUNTRIES
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.mapping.address_forms import rules_of
from streak_infor_orchestration.mapping.addresses import NoAddress, country_code, one_line, standardized

SPRINGFIELD = Address(line1="12 Main St", city="Springfield", region="IL", postal_code="62704", country="US")
BERLIN = Address(line1="Hauptstr. 5", city="Berlin", postal_code="10115", country="DE")


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("12 Main St, Springfield, IL 62704, USA", "", SPRINGFIELD),
        ("12 Main St, Springfield, Illinois 62704", "US", SPRINGFIELD),
        ("12 Main St\nSpringfield IL 62704\nUnited States", "DE", SPRINGFIELD),
        ("12 Main St, Springfield, IL 62704 USA", "DE", SPRINGFIELD),
        ("Hauptstr. 5, 10115 Berlin", "DE", BERLIN),
        ("Hauptstr. 5\n10115 Berlin\nDeutschland", "US", BERLIN),
        (
            "c/o Ann; 10 Downing Street, London, sw1a 2aa, UK",
            "",
            Address(
                line1="c/o Ann",
                line2="10 Downing Street",
                city="London",
                postal_code="SW1A 2AA",
                country="GB",
            ),
        ),
        (
            "Rua A 1, Centro, São Paulo-SP, 01000-000, Brazil",
            "",
            Address(
                line1="Rua A 1",
                line2="Centro",
                city="São Paulo",
                region="SP",
                postal_code="01000-000",
                country="BR",
            ),
        ),
        (
            "Bahnhofstr. 1, CH-8001 Zürich, Schweiz",
            "",
            Address(line1="Bahnhofstr. 1", city="Zürich", postal_code="8001", country="CH"),
        ),
    ],
)
def test_an_address_on_one_line_is_read(text: str, home: str, expected: Address) -> None:
    assert one_line(text, home, None) == expected


BLANKS = """GB 10 Downing Street, London SW1A 2AA
GB 10 Downing Street, London, sw1a 2aa
GB 1 High St, Stoke on Trent ST4 2AB
GB 1 The Green, St Asa L1 1AA
SE Storgatan 1, 114 55 Stockholm
SE Storgatan 1, SE-114 55 Stockholm
NL Damrak 1, 1012 LG Amsterdam
CZ Na Hradbách 1, 110 00 Praha 1
GR Ermou 1, 105 63 Athens
SK Hlavná 1, 811 01 Bratislava
IE 1 Grand Canal Square, Dublin 2, D02 P820
IE 12 Main St, Athlone, Co. Westmeath, N37 X2A1
CA 123 Queen St W, Toronto ON M5H 2N2
MT 1 Triq, Valletta VLT 1117
FR 12 Rue de Rivoli, 75 001 Paris
JE 1 King St, St Helier, JE2 4WE
BM 1 Front St, Hamilton HM 11"""


@pytest.mark.parametrize("line", BLANKS.splitlines())
def test_a_postal_code_may_have_a_blank(line: str) -> None:
    home, _, text = line.partition(" ")
    street, _, rest = text.partition(", ")
    address = one_line(text, home, None)
    assert address.line1 == street and " " in address.postal_code
    assert address.postal_code.casefold() in rest.casefold() and address.city in rest
    town = {"GB": ("London", "Stoke on Trent", "St Asa"), "IE": ("Dublin 2", "Athlone")}
    assert address.city in town.get(home, (address.city,)) and not any(map(str.isdigit, address.city[:-1]))


def _countries() -> list[str]:
    return sorted(code for code in COUNTRIES if "%Z" in rules_of(code).address_format and "%C" in usual(code))


def usual(country: str) -> str:
    return str(rules_of(country).address_format)


@pytest.mark.parametrize("country", _countries())
def test_the_postal_codes_of_a_country_are_read_on_either_side_of_the_town(country: str) -> None:
    """Those that the data gives as examples; without a region, as people of most countries write."""
    for code in rules_of(country).postal_code_examples:
        lines = [f"1 High Street, {code} Newton"]
        if "country_area" not in rules_of(country).required_fields:
            lines += [f"1 High Street, Newton {code}", f"1 High Street, Newton, {code}"]
        for text in lines:
            expected = Address(line1="1 High Street", city="Newton", postal_code=code, country=country)
            assert one_line(text, country, None) == expected, text


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("Hauptstr. 5, D-10115 Berlin", "DE", BERLIN),
        (
            "Via Roma 1, 00184 Roma",
            "IT",
            Address(line1="Via Roma 1", city="Roma", postal_code="00184", country="IT"),
        ),
        (
            "Via Roma 1, 00184 Roma (RM)",
            "IT",
            Address(line1="Via Roma 1", city="Roma", region="RM", postal_code="00184", country="IT"),
        ),
        (
            "Calle Mayor 1, 28013 Madrid",
            "ES",
            Address(line1="Calle Mayor 1", city="Madrid", postal_code="28013", country="ES"),
        ),
        (
            "1 Raffles Place, Singapore 048616",
            "SG",
            Address(line1="1 Raffles Place", postal_code="048616", country="SG"),
        ),
    ],
)
def test_an_address_is_read_as_people_there_write_it(text: str, home: str, expected: Address) -> None:
    assert one_line(text, home, None) == expected


BUDAPEST = Address(line1="Kossuth tér 1.", city="Budapest", postal_code="1051", country="HU")


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("1051 Budapest, Kossuth tér 1.", "HU", BUDAPEST),
        ("Budapest, Kossuth tér 1., 1051", "HU", BUDAPEST),
        ("Kossuth tér 1., 1051 Budapest", "HU", BUDAPEST),
        (
            "101000, Москва, ул. Ленина, д. 1",
            "RU",
            Address(line1="ул. Ленина", line2="д. 1", city="Москва", postal_code="101000", country="RU"),
        ),
        (
            "〒100-0001 東京都千代田区千代田1-1",
            "JP",
            Address(line1="千代田区千代田1-1", region="東京都", postal_code="100-0001", country="JP"),
        ),
        (
            "100000 北京市 朝阳区 建国路1号",
            "CN",
            Address(line1="建国路1号", city="朝阳区", region="北京市", postal_code="100000", country="CN"),
        ),
        (
            "서울특별시 종로구 세종대로 209, 03172",
            "KR",
            Address(
                line1="세종대로 209", city="종로구", region="서울특별시", postal_code="03172", country="KR"
            ),
        ),
    ],
)
def test_where_the_town_comes_first_it_is_read_so(text: str, home: str, expected: Address) -> None:
    assert one_line(text, home, None) == expected


@pytest.mark.parametrize(
    "text", ["141400, Московская область, Химки, ул. Ленина 1", "141400, Московская обл., Химки, д. 1"]
)
def test_a_region_is_never_taken_for_the_town(text: str) -> None:
    with pytest.raises(NoAddress):
        one_line(text, "RU", None)


ANGELES = Address(line1="1 Main St", city="Los Angeles", region="CA", postal_code="90012", country="US")
TORONTO = Address(line1="1 Main St", city="Toronto", region="ON", postal_code="M5V 2T6", country="CA")


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("1 Main St, Los Angeles 90012, CA", "US", ANGELES),
        ("1 Main St, Los Angeles, CA 90012, US", "CA", ANGELES),
        ("1 Main St, Toronto, ON M5V 2T6, CA", "CA", TORONTO),
        ("1 Main St, Toronto, ON M5V 2T6, CA", "DE", TORONTO),
        ("1 Main St, Toronto, ON M5V 2T6, CA", "", TORONTO),
    ],
)
def test_ca_is_california_at_home_in_the_united_states_and_canada_elsewhere(
    text: str, home: str, expected: Address
) -> None:
    assert one_line(text, home, None) == expected


@pytest.mark.parametrize("text", ["1 Main St, Los Angeles, CA", "1 Main St, Toronto, ON M5V 2T6, CA"])
def test_at_home_in_the_united_states_ca_never_becomes_canada(text: str) -> None:
    with pytest.raises(NoAddress):
        one_line(text, "US", None)


def test_a_state_may_be_called_as_a_country_is() -> None:
    atlanta = Address(line1="12 Peach St", city="Atlanta", region="GA", postal_code="30303", country="US")
    assert one_line("12 Peach St, Atlanta 30303, Georgia", "US", None) == atlanta
    assert one_line("12 Peach St, Atlanta, 30303 Georgia", "US", None) == atlanta
    mexico = Address(line1="Calle 1", city="Ciudad de México", postal_code="06000", country="MX")
    assert one_line("Calle 1, 06000 Ciudad de México, México", "MX", "es_MX") == mexico


@pytest.mark.parametrize(
    ("text", "home", "code"),
    [
        ("10 Downing Street, London SW1A 2AAX", "GB", "postal_code"),
        ("Storgatan 1, 114 5 Stockholm", "SE", "postal_code"),
        ("12 Main St, Springfield, Ilinois 62704", "US", "not_an_address"),
        ("Hauptstr. 5, 10115 Berlin", "", "no_country"),
        ("Berlin", "DE", "not_an_address"),
        ("12 Main St Springfield, IL 62704", "US", "not_an_address"),
        ("12 Main St, Dover, DE", "US", "not_an_address"),
        ("12 Main St, New York, NY 94043", "US", "postal_code"),
        ("Hauptstr. 5, 1011 Berlin", "DE", "postal_code"),
        ("千代田区", "JP", "not_an_address"),
        ("x, " * 300, "US", "not_an_address"),
        ("", "US", "not_an_address"),
    ],
)
def test_what_is_no_address_is_told(text: str, home: str, code: str) -> None:
    with pytest.raises(NoAddress) as caught:
        one_line(text, home, None)
    assert caught.value.code == code and caught.value.message and caught.value.fix


@pytest.mark.parametrize(
    ("home", "fix"),
    [
        ("US", "Write it like: street, city, region, postal code."),
        ("DE", "Write it like: street, postal code, city."),
        ("HU", "Write it like: city, street, postal code."),
        ("CN", "Write it like: postal code, region, city, street."),
        ("JP", "Write it like: postal code, region, street."),
    ],
)
def test_it_is_told_how_an_address_is_written_there(home: str, fix: str) -> None:
    with pytest.raises(NoAddress) as caught:
        one_line("?", home, None)
    assert caught.value.fix == fix


def test_parts_are_standardized_and_spelled_as_they_were() -> None:
    typed = Address(
        line1="12 main st", city="springfield", region="illinois", postal_code="62704", country="USA"
    )
    assert standardized(typed, None) == SPRINGFIELD.model_copy(
        update={"line1": "12 main st", "city": "springfield"}
    )


def test_the_letters_of_a_country_before_its_postal_code_are_left_out() -> None:
    for typed, country, code in (
        ("SE-114 55", "SE", "114 55"),
        ("d-10115", "DE", "10115"),
        ("LV-1073", "LV", "LV-1073"),
    ):
        assert standardized(Address(postal_code=typed, country=country), None).postal_code == code


def test_what_is_missing_is_left_missing() -> None:
    assert standardized(Address(city="Paris", country="France"), None) == Address(city="Paris", country="FR")
    assert standardized(Address(city="Paris", region="any"), None) == Address(city="Paris", region="any")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (Address(country="Korea"), "no_country"),
        (Address(country="US", region="Bavaria"), "no_region"),
        (Address(country="US", postal_code="K1A 0A9"), "postal_code"),
        (Address(country="GB", postal_code="SW1A 2AAX"), "postal_code"),
        (Address(country="US", region="CA", postal_code="10001"), "postal_code"),
    ],
)
def test_parts_that_do_not_fit_are_told(address: Address, code: str) -> None:
    with pytest.raises(NoAddress) as caught:
        standardized(address, None)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "locale", "code"),
    [
        ("Germany", None, "DE"),
        ("germany", None, "DE"),
        ("DEU", None, "DE"),
        ("de", None, "DE"),
        ("UK", None, "GB"),
        ("Great Britain", None, "GB"),
        ("Holland", None, "NL"),
        ("South Korea", None, "KR"),
        ("Turkey", None, "TR"),
        ("Russian Federation", None, "RU"),
        ("Russia", None, "RU"),
        ("Federal Republic of Germany", None, "DE"),
        ("Bolivia, Plurinational State of", None, "BO"),
        ("Bolivia", None, "BO"),
        ("Русская Федерация", "ru_RU", None),
        ("Россия", "ru_RU", "RU"),
        ("Frankreich", "de_DE", "FR"),
        ("Frankreich", None, None),
        ("Korea", None, None),
        ("Congo", None, None),
        ("Germny", None, None),
        ("", None, None),
    ],
)
def test_a_country_is_known_by_its_names_and_never_guessed(
    name: str, locale: str | None, code: str | None
) -> None:
    assert country_code(name, locale) == code


@given(st.text(max_size=60), st.sampled_from(["", "US", "DE", "JP", "BR", "AQ"]))
def test_any_text_is_an_address_or_none(text: str, home: str) -> None:
    try:
        assert one_line(text, home, None).country
    except NoAddress as no:
        assert no.code and no.fix
