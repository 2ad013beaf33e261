"""Names of companies: what is taken off before they are compared, and how alike they are then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.company_name import ALIKE, SHORTEST, bare, likeness
from streak_infor_orchestration.domain.identity import company_domain, identity, tax_key


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Müller GmbH & Co. KG", "mueller"),
        ("Mueller  GMBH", "mueller"),
        ("Acme Corp., Inc.", "acme"),
        ("Société Générale S.A.", "societe generale"),
        ("Bar Sp. z o.o.", "bar"),
        ("Foo GmbH u. Co. KGaA", "foo"),
        ("Procter & Gamble Co.", "procter gamble"),
        ("AG", "ag"),
        ("株式会社トヨタ", "株式会社トヨタ"),
        ("...", ""),
    ],
)
def test_the_legal_form_is_taken_off_until_none_is_left(name: str, left: str) -> None:
    assert bare(name) == left


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northwind GmbH", "Northwind Ltd."),
        ("Northwind Traders", "Nortwind Traders Inc"),
        ("Contoso", "Contosa AG"),
        ("Traders Northwind", "Northwind Traders"),
    ],
)
def test_a_slip_or_another_legal_form_is_alike(one: str, other: str) -> None:
    assert likeness(bare(one), bare(other)) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hotel 21", "Hotel 22"),
        ("Workshop 0001", "Workshop 0010"),
        ("Plant A", "Plant B"),
        ("Acme", "Acne"),
        ("Northwind", "Southwind"),
    ],
)
def test_other_companies_are_not(one: str, other: str) -> None:
    assert likeness(bare(one), bare(other)) < ALIKE


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_names_can_be_compared(one: str, other: str) -> None:
    left, right = bare(one), bare(other)
    assert bare(left) in ("", left) or len(bare(left)) < len(left)
    assert likeness(left, right) == likeness(right, left)
    if likeness(left, right) >= ALIKE:
        assert len(left) >= len(right) * SHORTEST, "or the directory would not have been asked for it"


def test_spellings_of_a_tax_number_are_one() -> None:
    assert tax_key(" de 123.456.789") == tax_key("DE123456789")


def test_a_free_mail_provider_is_nobodys_domain() -> None:
    assert company_domain("jane@gmail.com") == ""
    assert identity("Jane", email="jane@gmail.com").domains == frozenset()
    assert identity("Acme", email="a@acme.example", domains=("WWW.acme.test",)).domains == {"acme.test"}
