"""Names of companies: what is taken off before they are compared, and how alike they are then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.company_name import ALIKE, SHORTEST, bare, likeness


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
        ("株式会社トヨタ", "トヨタ"),
        ("株式会社", "株式会社"),
        ("㈱山田製作所", "山田製作所"),
        ("삼성전자(주)", "삼성전자"),
        ("北京科技有限公司", "北京科技"),
        ("GmbH Müller", "mueller"),
        ("S.p.A. Rossi", "rossi"),
        ("ООО «Ромашка»", "ромашка"),
        ("Foo S.à r.l.", "foo"),
        ("Yıldız San. ve Tic. Ltd. Şti.", "yildiz"),
        ("The Granite Company", "granite"),
        ("AT&T", "at t"),
        ("...", ""),
    ],
)
def test_the_legal_form_is_taken_off_until_none_is_left(name: str, left: str) -> None:
    assert bare(name) == left


@pytest.mark.parametrize("word", ["and", "und", "et", "y", "e", "u", "u.", "Co.", "&", "+"])
def test_what_joins_a_name_to_its_legal_form_goes_with_it(word: str) -> None:
    assert bare(f"Garcia {word} S.A.") == "garcia"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northwind GmbH", "Northwind Ltd."),
        ("Northwind Traders", "Nortwind Traders Inc"),
        ("Contoso", "Contosa AG"),
        ("Traders Northwind", "Northwind Traders"),
        ("O'Briens Garage Ltd", "O’Brien`s Garage"),
        ("L'Oréal", "LOREAL S.A."),
        ("L Oréal", "L'Oréal"),
        ("J. P. Morgan", "JP Morgan"),
        ("Işık Isı A.Ş.", "IŞIK ISI A.Ş."),
        ("İstanbul Gıda", "ISTANBUL GIDA AS"),
        ("Ａｃｍｅ　Tools", "Acme Tools"),
        ("ｱｻﾋﾋﾞｰﾙ", "アサヒビール"),
        ("株式会社山田製作所", "山田製作所（株）"),
        ("Smith & Sons", "Smith and Sons Ltd"),
        ("Blue Sky Travel", "Bluesky Travel"),
        ("Coca-Cola", "CocaCola"),
        ("Müller Turk", "Muller Türk"),
        ("Snnap-on Supply", "Snap-on Supply"),
        ("Cencora Delicatesses", "Cencora Delicates"),
        ("Northwind Trading House", "Northwind Trading Huose"),
        ("Midwest Sporting", "Midwest Sporting Shop"),
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
        ("Granite Dental", "Granite Metals"),
        ("General Tours", "General Motors"),
        ("Lakeside Dental", "Lakeside Rental"),
        ("East Coast Foods", "West Coast Foods"),
        ("Alpha Bau", "Alpha Bar"),
        ("Stadtwerke Essen", "Stadtwerke Hessen"),
        ("Werk II", "Werk III"),
        ("ハス工業", "バス工業"),
        ("Granitwerke", "Ragnitwerke"),
        ("Ragnitwerke", "Granitwerke"),
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
