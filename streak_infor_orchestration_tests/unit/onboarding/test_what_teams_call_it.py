"""What teams of several languages call their stages and fields is understood: one name for each word that is known."""

from datetime import UTC, datetime

import pytest

from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.onboarding.guesses.fields import guess_read, guess_tax_id, guess_written
from streak_infor_orchestration.onboarding.guesses.lines import guess_lines
from streak_infor_orchestration.onboarding.guesses.stages import guess_stages
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.vocabulary import Field, Pipeline

LOST = """
    Lost | Dead deal | Declined | Rejected | Refused | Cancelled | Canceled | Disqualified | Unqualified | Abandoned
    Gone cold, gone | Churned | Junk | Verloren | Abgesagt | Abgelehnt | Storniert | Perdu | Perdue | Annulé | Perdido
    Perdida | Cancelado
"""
NOT_YET = """
    Contract sent | Order pending | Awaiting order | Waiting for PO | Signed, in review | Draft order | To be signed
    Unsigned | Not accepted | Auftrag gesendet
"""
INVOICED = """
    Won | Invoice | Invoiced | Invoicing | Billed | Billing | Delivered | Shipped | Fulfilled | Completed | Finished
    Paid | Gewonnen | Geliefert | Abgerechnet | Gagné | Gagnée | Facturé | Ganado | Ganada | Facturado | Vinto
"""
ORDERED = """
    Accepted | Signed | Approved | Confirmed | Agreed | Ordered | Handshake | Committed | PO | Purchase | Verbal
    Angenommen | Beauftragt | Unterschrieben | Unterzeichnet | Bestellt | Zugesagt | Accepté | Acceptée | Signé | Signée
    Commandé | Aceptado | Aceptada | Firmado | Firmada | Aprobado | Accettato | Firmato
"""
PERHAPS_INVOICED = "Closed | Done | Complete | Abgeschlossen | Cerrado"

READ = {
    "order.requested_date": """
        Requested ship | Ship date | Ship by | Delivery date | Deliver by | Requested date | Needed by | Due date
        Start date | Liefertermin | Lieferdatum | Wunschtermin | Date de livraison
    """,
    "order.order_date": """
        Signed on | Order date | Ordered on | Date signed | Signature date | Auftragsdatum | Date de commande
    """,
    "order.shipping_method": """
        Ship via | Shipping method | Delivery method | Carrier | Versandart | Incoterm | Transporteur
    """,
    "order.currency": "Currency | Währung | Devise | Moneda",
    "order.freight": "Freight | Shipping cost | Shipping costs | Fracht | Porto | Frais de port",
    "order.warehouse": "Warehouse | Lager | Entrepôt | Almacén",
    "deal value": """
        Deal value | Deal size | Contract value | Order value | Value | Amount | Betrag | Auftragswert | Montant
    """,
}
WRITTEN = {
    "invoice.payment_status": "Payment status | Paid status | Zahlungsstatus | Zahlstatus",
    "order.status": "ERP status | Infor status | Order status | Auftragsstatus",
    "invoice.balance": "Balance | Open amount | Outstanding | Amount due | Offener Betrag",
    "invoice.total": "Invoice total | Invoiced amount | Rechnungsbetrag",
    "invoice.paid": "Paid amount | Amount paid",
    "order.total": "ERP total | Order total | Infor total",
    "invoice.number": """
        ERP invoice | Infor invoice | Invoice | Invoice no | Billed | Bill | Rechnung | Rechnungsnummer | Facture
    """,
    "order.id": """
        ERP order | Infor order | Sales order | Order no | Order number | Order id | SO number | Auftrag
        Auftragsnummer | Commande
    """,
}
TAX_IDS = "VAT | VAT id | Tax id | Tax number | USt | UID | TVA | NIF | EIN | SIRET | Steuernummer"
TEXTS = """
    Line items | Order lines | Items | Lines | Products | Positions | Basket | Positionen | Artikel | Articles | Scope
"""
QUOTES = "Quotes | Quote | Quotations | Offers | Estimates | Angebote | Devis | Presupuestos"


def names(listed: str) -> list[str]:
    return [name.strip() for line in listed.strip().splitlines() for name in line.split("|")]


def field(name: str, kind: str = "TEXT_INPUT") -> Field:
    return Field(key=name, name=name, type=kind)


@pytest.mark.parametrize(
    ("name", "milestone", "why"),
    [
        *((name, Milestone.LOST, '"') for name in names(LOST)),
        *((name, Milestone.BEFORE, ": not agreed yet") for name in names(NOT_YET)),
        *((name, Milestone.INVOICE, '"') for name in names(INVOICED)),
        *((name, Milestone.ORDER, '"') for name in names(ORDERED)),
        *((name, Milestone.INVOICE, "though it may mean lost as well") for name in names(PERHAPS_INVOICED)),
        ("Talking", Milestone.BEFORE, "nothing in its name asks for an order"),
    ],
)
def test_a_stage(name: str, milestone: Milestone, why: str) -> None:
    (guess,) = guess_stages([name])
    assert (guess.name, guess.milestone) == (name, milestone)
    assert guess.why.endswith(why)
    assert why.startswith("nothing") or guess.why.split('"')[1] in name.casefold()


@pytest.mark.parametrize(
    ("target", "name"), [(target, name) for target, listed in READ.items() for name in names(listed)]
)
def test_a_field_that_an_order_is_filled_from(target: str, name: str) -> None:
    (guess,) = guess_read([field("Region"), field(name)], (), ())
    assert (guess.target, guess.field.name) == (target, name)
    assert guess.why.split('"')[1] == name.casefold()


@pytest.mark.parametrize(
    ("fact", "name"), [(fact, name) for fact, listed in WRITTEN.items() for name in names(listed)]
)
def test_a_field_that_shows_what_the_erp_knows(fact: str, name: str) -> None:
    (guess,) = guess_written([field("Region"), field(name), field(f"{name}?", "DROPDOWN")], (), ())
    assert (guess.fact, guess.field.name, guess.typed) == (fact, name, 0)
    assert guess_written([field(name)], [name], ()) == ()


@pytest.mark.parametrize("name", names(TAX_IDS))
def test_a_tax_number(name: str) -> None:
    found = guess_tax_id([field("Region"), field(name)])
    assert found is not None and found.name == name


@pytest.mark.parametrize("name", names(TEXTS))
def test_lines_in_a_text(name: str) -> None:
    found = guess_lines(Pipeline(key="p", name="Sales", fields=(field("Region"), field(name))), ()).text
    assert found is not None and found.name == name
    assert guess_lines(Pipeline(key="p", name="Sales", fields=(field(name, "DATE"),)), ()).text is None


@pytest.mark.parametrize("name", names(QUOTES))
def test_a_pipeline_of_quotes(name: str) -> None:
    other, quotes = Pipeline(key="o", name="Hiring"), Pipeline(key="q", name=name)
    assert guess_lines(Pipeline(key="p", name="Sales"), (other, quotes)).pipeline == quotes


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("2026-12-31", "%Y-%m-%d"),
        ("31.12.2026", "%d.%m.%Y"),
        ("31/12/2026", "%d/%m/%Y"),
        ("12/31/2026", "%m/%d/%Y"),
        ("31-12-2026", "%d-%m-%Y"),
        ("31 Dec 2026", "%d %b %Y"),
        ("31.12.26", "%d.%m.%y"),
    ],
)
def test_how_a_date_is_typed(typed: str, pattern: str) -> None:
    box = Box(
        key="b", pipeline_key="p", name="deal", stage="Lead", created=datetime(2026, 3, 2, tzinfo=UTC), version=1,
        fields={"Signed on": f" {typed} ", "Ship by": f"{typed} or later"},
    )  # fmt: skip
    ship_by, signed_on = guess_read([field("Signed on"), field("Ship by")], (), [box])
    assert (signed_on.date_format, signed_on.unsure) == (pattern, False)
    assert signed_on.why == f'"signed on"; typed like {typed}'
    assert (ship_by.date_format, ship_by.unsure) == ("", True)
    assert ship_by.why == '"ship by"; how dates are typed in it is not clear'
