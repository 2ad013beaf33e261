"""Addresses: codes for countries and regions, postal codes that exist, everything else as people spell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.party import Address
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


@pytest.mark.parametrize(
    ("text", "home", "code"),
    [
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


def test_parts_are_standardized_and_spelled_as_they_were() -> None:
    typed = Address(
        line1="12 main st", city="springfield", region="illinois", postal_code="62704", country="USA"
    )
    assert standardized(typed, None) == SPRINGFIELD.model_copy(
        update={"line1": "12 main st", "city": "springfield"}
    )


def test_what_is_missing_is_left_missing() -> None:
    assert standardized(Address(city="Paris", country="France"), None) == Address(city="Paris", country="FR")
    assert standardized(Address(city="Paris", region="any"), None) == Address(city="Paris", region="any")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (Address(country="Korea"), "no_country"),
        (Address(country="US", region="Bavaria"), "no_region"),
        (Address(country="US", postal_code="K1A 0A9"), "postal_code"),
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
