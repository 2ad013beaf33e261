"""What names most likely mean."""

from datetime import UTC, datetime
from typing import Any

import pytest

from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.onboarding.guesses.fields import guess_read, guess_tax_id, guess_written
from streak_infor_orchestration.onboarding.guesses.lines import guess_lines
from streak_infor_orchestration.onboarding.guesses.stages import guess_stages
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.vocabulary import Field, Option, Pipeline


def field(name: str, kind: str = "TEXT_INPUT", *options: str) -> Field:
    return Field(key=name, name=name, type=kind, options=tuple(Option(key=o, name=o) for o in options))


def box(**fields: Any) -> Box:
    named = {name.replace("_", " "): value for name, value in fields.items()}
    return Box(
        key="b",
        pipeline_key="p",
        name="deal",
        stage="Lead",
        created=datetime(2026, 3, 2, tzinfo=UTC),
        version=1,
        fields=named,
    )


def pipeline(*fields: Field, name: str = "Sales") -> Pipeline:
    return Pipeline(key=name, name=name, fields=fields)


@pytest.mark.parametrize(
    ("name", "milestone"),
    [
        ("Lead", Milestone.BEFORE),
        ("Proposal Sent", Milestone.BEFORE),
        ("Contract sent", Milestone.BEFORE),
        ("Awaiting signed contract", Milestone.BEFORE),
        ("Not accepted yet", Milestone.BEFORE),
        ("Proposal Accepted", Milestone.ORDER),
        ("CONTRACT-SIGNED!", Milestone.ORDER),
        ("Angebot angenommen", Milestone.ORDER),
        ("PO received", Milestone.ORDER),
        ("Closed-Won", Milestone.INVOICE),
        ("Gewonnen", Milestone.INVOICE),
        ("Invoice", Milestone.INVOICE),
        ("Closed – Lost", Milestone.LOST),
        ("Perdu", Milestone.LOST),
        ("Cancelled", Milestone.LOST),
        ("Wonderland", Milestone.BEFORE),
    ],
)
def test_a_stage_is_classed_by_its_name(name: str, milestone: Milestone) -> None:
    (guess,) = guess_stages([name])
    assert guess.milestone is milestone


def test_a_stage_of_no_meaning_behind_an_ordered_one_is_pointed_out() -> None:
    before, _, after = guess_stages(["Talking", "Signed", "On hold"])
    assert "stands after" not in before.why
    assert after.milestone is Milestone.BEFORE
    assert "stands after" in after.why


@pytest.mark.parametrize(
    ("names", "patterns", "rows"),
    [
        (
            ("SKU {n}", "Qty {n}", "Price {n}"),
            {"sku": "SKU {n}", "quantity": "Qty {n}", "price": "Price {n}"},
            4,
        ),
        (("Article #{n}", "Pieces #{n}"), {"sku": "Article #{n}", "quantity": "Pieces #{n}"}, 2),
        (("{n}. Artikel", "{n}. Menge"), {"sku": "{n}. Artikel", "quantity": "{n}. Menge"}, 3),
    ],
)
def test_columns_are_recognised(names: tuple[str, ...], patterns: dict[str, str], rows: int) -> None:
    fields = [field(name.replace("{n}", str(n))) for n in range(1, rows + 1) for name in names]
    found = guess_lines(pipeline(*fields, field("Region")), ())
    assert found.columns is not None
    assert (found.columns.patterns, found.columns.rows) == (patterns, rows)
    assert found.fields == {f.name for f in fields}


PRICES = [
    name.strip()
    for name in (
        "Unit $ {n} | Price {n} | Price(€) {n} | unitPrice{n} | UNIT_PRICE_{n} | Price/unit {n} | $ each {n} "
        "| Rate {n} | USD {n} | @ {n} | Einzelpreis {n} | Stückpreis netto {n} | Preis (EUR) {n} | EP {n} | "
        "Prix unitaire {n} | PU HT {n} | Precio unit. {n} | Prezzo {n} | Preço {n} | Stukprijs {n} | Pris {n} "
        "| Cena netto {n} | £ {n} "
    ).split(" | ")
]
QUANTITIES = [
    name.strip()
    for name in (
        "Qty {n} | QTY. {n} | Qty (pcs) {n} | quantity{n} | Menge {n} | Bestellmenge {n} | Anzahl Stück {n} | "
        "Qté {n} | Quantité {n} | Cant. {n} | Cantidad {n} | Quantità {n} | Qtd {n} | Aantal {n} | Antal {n} "
        "| Ilość {n} | Units {n} "
    ).split(" | ")
]
DISCOUNTS = [
    name.strip()
    for name in (
        "Discount {n} | Disc. % {n} | Discount $ {n} | % off {n} | Rabatt {n} | Zeilenrabatt {n} | Remise {n} "
        "| Descuento {n} | Dto. {n} | Sconto {n} | Desconto {n} | Korting {n} | Rabat {n} "
    ).split(" | ")
]
OTHER_MONEY = [
    name.strip()
    for name in (
        "Line total $ {n} | Amount {n} | Betrag (EUR) {n} | Tax $ {n} | VAT {n} | Shipping € {n} | Total {n} "
    ).split(" | ")
]


def columns_of(*names: str) -> dict[str, str]:
    fields = [field(name.replace("{n}", str(n))) for n in (1, 2) for name in names]
    found = guess_lines(pipeline(*fields), ())
    assert found.columns is not None
    return found.columns.patterns


@pytest.mark.parametrize(
    ("role", "name"),
    [
        *(("price", name) for name in PRICES),
        *(("quantity", name) for name in QUANTITIES),
        *(("discount", name) for name in DISCOUNTS),
    ],
)
def test_a_column_is_told_by_what_people_call_it(role: str, name: str) -> None:
    plain = {"sku": "Item {n}", "quantity": "Pieces {n}", "price": "List {n}", "discount": "Less {n}"} | {
        role: name
    }
    assert columns_of(*plain.values())[role] == name


@pytest.mark.parametrize("name", OTHER_MONEY)
def test_money_that_is_no_price_is_none(name: str) -> None:
    assert "price" not in columns_of("SKU {n}", "Qty {n}", name)
    assert columns_of("SKU {n}", "Qty {n}", name, "Unit $ {n}")["price"] == "Unit $ {n}"


def test_of_several_the_most_telling_is_taken() -> None:
    found = columns_of("Item description {n}", "Cost {n}", "Item {n}", "Qty {n}", "Unit price {n}")
    assert (found["sku"], found["price"]) == ("Item {n}", "Unit price {n}")


def test_lines_without_a_price_are_pointed_out_with_what_it_may_be() -> None:
    fields = [field(f"{name} {n}") for n in (1, 2) for name in ("SKU", "Qty", "Amount")]
    told = guess_lines(pipeline(*fields), ()).priceless
    assert (
        told
        == 'no field looks like a price, so every line counts with the ERP\'s list price; is it "Amount {n}"?'
    )
    assert guess_lines(pipeline(*fields, field("Price 1")), ()).priceless == ""
    quotes = pipeline(field("Part no"), field("Pieces"), name="Quotes")
    assert "list price" in guess_lines(pipeline(), (quotes,)).priceless
    assert guess_lines(pipeline(field("Order lines")), ()).priceless == "", "a text has its prices in it"


def test_columns_end_where_a_row_is_missing() -> None:
    fields = [field(f"{name} {n}") for n in (1, 2, 4) for name in ("SKU", "Qty")]
    found = guess_lines(pipeline(*fields, field("Qty 3")), ())
    assert found.columns is not None
    assert found.columns.rows == 2


def test_without_columns_a_text_or_the_quotes_may_hold_the_lines() -> None:
    quotes = pipeline(name="Quotes 2026")
    found = guess_lines(pipeline(field("SKU 1"), field("Order lines")), (quotes,))
    assert (found.columns, found.text and found.text.name) == (None, "Order lines")
    assert guess_lines(pipeline(field("Region")), (quotes,)).pipeline == quotes
    assert guess_lines(quotes, (quotes,)).pipeline is None


def test_the_fields_of_quotes_are_told_by_their_names() -> None:
    quotes = pipeline(field("Part no"), field("Pieces"), field("Unit price"), field("Notes"), name="Quotes")
    assert guess_lines(pipeline(), (quotes,)).linked == {
        "sku": "Part no",
        "quantity": "Pieces",
        "price": "Unit price",
    }
    assert guess_lines(pipeline(), (pipeline(field("Notes"), name="Quotes"),)).linked == {}


def test_each_field_is_used_once_and_only_if_its_type_fits() -> None:
    fields = [
        field("Delivery date", "DATE"),
        field("Due date", "CHECKBOX"),
        field("Currency", "DROPDOWN", "EUR", "USD"),
        field("Ship via", "DROPDOWN", "Ground"),
        field("Amount"),
    ]
    guesses = {guess.target: guess for guess in guess_read(fields, (), ())}
    assert {target: guess.field.name for target, guess in guesses.items()} == {
        "order.requested_date": "Delivery date",
        "order.currency": "Currency",
        "order.shipping_method": "Ship via",
        "deal value": "Amount",
    }
    assert [target for target, guess in guesses.items() if guess.unsure] == ["order.shipping_method"]
    assert guess_read(fields, [f.name for f in fields], ()) == ()


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        (("31.12.2026", "01.02.2026"), "%d.%m.%Y"),
        (("2026-12-31",), "%Y-%m-%d"),
        (("12/31/2026", "01/02/2026"), "%m/%d/%Y"),
        (("01/02/2026",), ""),  # of January or of February
        (("next week",), ""),
        ((), ""),
    ],
)
def test_how_a_date_is_typed_is_seen_in_the_deals(typed: tuple[str, ...], pattern: str) -> None:
    (guess,) = guess_read([field("Signed on")], (), [box(Signed_on=text) for text in typed])
    assert (guess.date_format, guess.unsure) == (pattern, not pattern)


def test_a_currency_of_no_codes_is_only_proposed() -> None:
    (guess,) = guess_read([field("Currency", "DROPDOWN", "Euro", "Dollar")], (), ())
    assert guess.unsure


def test_what_shows_the_erp_s_state_is_text_and_tells_what_is_in_it() -> None:
    fields = [
        field("ERP order"),
        field("Invoice no"),
        field("Payment status", "DROPDOWN"),
        field("Order total"),
    ]
    guesses = guess_written(fields, (), [box(ERP_order="typed by hand"), box()])
    assert {guess.fact: (guess.field.name, guess.typed) for guess in guesses} == {
        "order.id": ("ERP order", 1),
        "invoice.number": ("Invoice no", 0),
        "order.total": ("Order total", 0),
    }


def test_the_tax_id_is_a_field_of_the_organization() -> None:
    found = guess_tax_id([field("Size"), field("VAT ID")])
    assert found is not None
    assert found.name == "VAT ID"
    assert guess_tax_id([field("Vatican")]) is None
