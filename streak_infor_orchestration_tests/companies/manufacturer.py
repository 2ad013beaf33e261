"""Kessler Antriebstechnik sells drives and brakes to other manufacturers, in German."""

from datetime import date

from streak_infor_orchestration.demo.streak import Board, Sale
from streak_infor_orchestration_tests.companies.sample import Office, Sample, Sold

TEXT = "TEXT_INPUT"
DELIVERY = date(2027, 3, 15)


def _open(office: Office) -> str:
    buyer = office.streak.organization(
        "Werner Hebetechnik GmbH",
        domains=["werner-hebe.example"],
        addresses=["Werkstraße 5, 70435 Stuttgart"],
    )
    person = office.streak.contact("Heike", "Werner", "heike@werner-hebe.example")
    lines = (("BRK-1001", "4", "182,50"), ("BRK-2001", "10", ""))
    values = {
        "Rabatt 1": "10 %",
        "Liefertermin": DELIVERY,
        "Versandart": "Spedition",
        "Zeichnung": "zk-771/b",
    }
    return office.streak.open_deal(Sale("Bremsen Kran 7", buyer, person, lines, values))


MANUFACTURER = Sample(
    name="manufacturer",
    pipeline=Board(
        name="Angebote",
        before=("Anfrage", "Angebot verschickt"),
        order=("Angebot angenommen", "Auftrag unterschrieben"),
        invoice=("Abgeschlossen",),
        lost=("Verloren",),
        fields={
            **{f"Rabatt {n}": TEXT for n in range(1, 5)},
            "Liefertermin": "DATE",
            "Versandart": ("Spedition", "Abholung"),
            "Zeichnung": TEXT,
            **dict.fromkeys(("Auftrag", "Auftragsstatus", "Rechnung", "Zahlung"), TEXT),
        },
        columns=("Artikel {n}", "Menge {n}", "Einzelpreis {n}"),
    ),
    open_deal=_open,
    currency="EUR",
    lines=(
        Sold("BRK-1001", "4", "182.50", discount="73.00", tax="124.83"),
        Sold("BRK-2001", "10", "49.50", tax="94.05"),  # the list price
    ),
    order={
        "OrderDescription": "Bremsen Kran 7",
        "RequestedDate": DELIVERY.isoformat(),
        "ShippingMethod": "FRGT",
        "SalespersonID": "E-102",
        "CustomFields": {"Zeichnung": "ZK-771/B"},
    },
    customer={
        "Name": "Werner Hebetechnik GmbH",
        "ContactName": "Heike Werner",
        "PaymentTerms": "N30",
        "BillingAddress": {
            "Line1": "Werkstraße 5",
            "Line2": None,
            "City": "Stuttgart",
            "Region": None,
            "PostalCode": "70435",
            "Country": "DE",
        },
    },
    after=(
        {"Auftrag": "{order}", "Auftragsstatus": "Open"},
        {"Rechnung": "{invoice}", "Zahlung": "Unpaid"},
        {"Auftragsstatus": "Shipped"},
        {"Zahlung": "PartiallyPaid"},
        {"Zahlung": "Paid", "Auftragsstatus": "Completed"},
    ),
    comments=(
        "Auftrag {order} über 1370.88 EUR angelegt",
        "Rechnung {invoice}: 1370.88 EUR",
        "Auftrag {order} ist unterwegs",
        "100.00 EUR bezahlt, 1270.88 EUR offen",
        "Rechnung {invoice} ist bezahlt",
    ),
)
