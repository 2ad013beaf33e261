"""Tax numbers: what is none, which spellings are one, and that the country has to agree."""

import pytest

from streak_infor_orchestration.domain.tax_number import NO_NUMBER, tax_number

NONE = (
    *(
        "",
        "-",
        "?",
        "n/a",
        "N.A.",
        "0",
        "00000",
        "none",
        "keine",
        "tbd",
        "pending",
        "XX000000000",
        "DE999999999",
    ),
    *("NL000000000B01", "12", "1234", "111111111", "121212121212", "123123123", "FRXX999999999"),
    *(
        "pending since 01.02.2026",
        "wird nachgereicht",
        "see invoice 48213",
        "applied for",
        "Steuernummer folgt",
    ),
)


@pytest.mark.parametrize("text", NONE)
def test_what_people_type_for_no_number_is_none(text: str) -> None:
    assert tax_number(text) == tax_number(text, "DE") == NO_NUMBER
    assert not tax_number(text).is_same(tax_number(text)), "two who have none are not one"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("DE123456789", ""), (" de 123.456.789", "")),
        (("DE123456789", ""), ("123 456 789", "DE")),
        (("EL094259216", ""), ("094259216", "gr")),
        (("CHE-116.281.710 MWST", ""), ("116281710", "CH")),
        (("CHE-116.281.710", ""), ("CHE116281710 HR/TVA", "")),
        (("GB 980 7806 84", ""), ("XI980780684", "")),
        (("GB980780684", ""), ("VAT no. 980780684", "UK")),
        (("NO 974 760 673 MVA", ""), ("974760673", "NO")),
        (("USt-IdNr. DE136695976", ""), ("ＤＥ１３６６９５９７６", "")),
        (("BE0403019261", ""), ("403019261", "BE")),
        (("ATU12345675", ""), ("U12345675", "AT")),
        (("27AAPFU0939F1ZV", ""), ("27 aapfu0939f1zv", "")),
        (("45-1234098", "US"), ("451234098", "US")),
        (("US45-1234098", "US"), ("451234098", "US")),
    ],
)
def test_one_number_has_many_spellings(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert tax_number(*one).is_same(tax_number(*other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("DE136695976", ""), ("FR136695976", "")),
        (("DE136695976", ""), ("136695976", "FR")),
        (("DE136695976", "FR"), ("136695976", "FR")),
        (("123456789", ""), ("123456789", "")),
        (("987654321", ""), ("987654321", "")),
        (("XX123456789", ""), ("XX123456789", "")),
    ],
)
def test_another_country_is_another_number_and_nobodys_counting_is_none(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert not tax_number(*one).is_same(tax_number(*other))
    assert not tax_number(*one).may_be_same(tax_number(*other))


def test_where_one_side_does_not_say_the_country_a_person_is_to_look() -> None:
    german, nobodys = tax_number("DE136695976"), tax_number("136695976")
    assert german.may_be_same(nobodys) and nobodys.may_be_same(german)
    assert not german.is_same(nobodys)
    assert not NO_NUMBER.may_be_same(tax_number("n/a", "DE"))
