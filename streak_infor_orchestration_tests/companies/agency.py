"""Studio Lumen sells hours and what they need, to people it knows by their e-mail address."""

from streak_infor_orchestration.demo.streak import Board, Sale
from streak_infor_orchestration_tests.companies.sample import Office, Sample, Sold

TEXT = "TEXT_INPUT"


def _open(office: Office) -> str:
    client = office.streak.contact(
        "Claire", "Mercier", "claire@mercier.example", phoneNumbers=["+33 1 55 50 10 20"]
    )
    scope = "12.5 x SRV-9001 @ 88.00 €\n- FLD-5001 (2)"
    values = {"Scope": scope, "Client ref": "PO 77", "Kick-off": "14/03/2027"}
    return office.streak.open_deal(Sale("Spring campaign", contact=client, values=values))


AGENCY = Sample(
    name="agency",
    pipeline=Board(
        name="Projects",
        before=("Pitch", "Estimate sent"),
        order=("Go-ahead", "Paperwork done"),
        invoice=("Launched",),
        lost=("Dropped",),
        fields=dict.fromkeys(
            ("Scope", "Client ref", "Kick-off", "Job number", "Job", "Money", "Still open"), TEXT
        ),
        rows=0,
    ),
    open_deal=_open,
    currency="EUR",
    lines=(Sold("SRV-9001", "12.5", "88.00"), Sold("FLD-5001", "2", "8.90")),
    order={
        "OrderDescription": "PO 77 / Spring campaign",
        "RequestedDate": "2027-03-14",
        "CustomFields": {"Channel": "Streak"},
    },
    customer={"Name": "Claire Mercier", "Email": "claire@mercier.example", "Phone": "+33155501020"},
    after=(
        {"Job number": "{order}", "Job": "Open"},
        {"Money": "Unpaid", "Still open": "1117.80 EUR"},
        {"Job": "Shipped"},
        {"Money": "PartiallyPaid", "Still open": "1017.80 EUR"},
        {"Money": "Paid", "Still open": "0.00 EUR", "Job": "Completed"},
    ),
    comments=(
        "Job {order} is on",
        "Bill {invoice} is out",
        "Shipped: {order}",
        "1017.80 EUR to go",
        "{invoice} settled",
    ),
)
