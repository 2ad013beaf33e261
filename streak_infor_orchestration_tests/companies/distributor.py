"""Transpacific Parts buys in three currencies, settles in one of them, and sells to whom accounting knows."""

from streak_infor_orchestration.demo.streak import Board, Sale
from streak_infor_orchestration_tests.companies.sample import Office, Sample, Sold

TEXT = "TEXT_INPUT"
QUOTES = (
    # part, pieces, unit price, currency, stage
    ("SNS-6001", "10", "33.33", "USD", "Agreed"),
    ("BRK-1001", "2", "180.00", "EUR", "Agreed"),
    ("CAL-8001", "1", "14800", "JPY", "Agreed"),
    ("KIT-7001", "5", "999.00", "USD", "Draft"),  # not agreed, not ordered
)


def _open(office: Office) -> str:
    assert office.quotes is not None
    office.knows("Harbour Garages Pte", "desk@harbour.example")
    buyer = office.streak.organization("Harbour Garages Pte", domains=["harbour.example"])
    quotes = []
    for part, pieces, price, currency, stage in QUOTES:
        values = {"Part": part, "Pieces": pieces, "Unit price": price, "Quoted in": currency}
        quotes.append(office.quotes.open_deal(Sale(f"Quote {part}", values=values), stage))
    deal = Sale("Q2 refill", buyer, values={"Settle in": "USD", "Freight in EUR": "40"})
    box = office.streak.open_deal(deal)
    office.streak.edit(box, linkedBoxKeys=quotes)
    return box


DISTRIBUTOR = Sample(
    name="distributor",
    pipeline=Board(
        name="Accounts",
        before=("Sourcing",),
        order=("PO received", "Contract signed"),
        invoice=("Delivered",),
        lost=("Walked away",),
        fields={
            "Settle in": ("EUR", "USD"),
            **dict.fromkeys(("Freight in EUR", "ERP no", "Worth", "Bill", "Paid so far", "Payment"), TEXT),
        },
        rows=0,
    ),
    quotes=Board(
        name="Quotes",
        before=("Draft", "Agreed"),
        order=(),
        invoice=(),
        lost=("Expired",),
        fields={"Part": TEXT, "Pieces": TEXT, "Unit price": TEXT, "Quoted in": ("USD", "EUR", "JPY")},
        rows=0,
    ),
    open_deal=_open,
    currency="USD",
    # the simulated ERP's rates of today: 1 EUR is 1.0850 USD and 162.4000 JPY
    lines=(
        Sold("SNS-6001", "10", "33.33"),
        Sold("BRK-1001", "2", "195.30"),
        Sold("CAL-8001", "1", "98.88"),
    ),
    freight="43.40",
    rates=("EUR/JPY 162.4000", "EUR/USD 1.0850"),
    order={"OrderDescription": "Q2 refill", "Freight": "43.40"},
    customer={"Name": "Harbour Garages Pte", "Email": "desk@harbour.example"},
    after=(
        {"ERP no": "{order}", "Worth": "866.18 USD"},
        {"Bill": "{invoice}", "Payment": "Unpaid", "Paid so far": "0.00 USD"},
        {},
        {"Payment": "PartiallyPaid", "Paid so far": "100.00 USD"},
        {"Payment": "Paid", "Paid so far": "866.18 USD"},
    ),
    comments=(
        "{order} booked for 866.18 USD",
        "Billed as {invoice}",
        "{order} at sea",
        "100.00 USD in, 766.18 USD to come",
        "{invoice} is closed",
    ),
)
