"""Pacific Brakes: another pipeline, other columns, dollars, and customers who are people."""

from decimal import Decimal

from streak_infor_orchestration.demo.company import SALES_KEY
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.infor import Infor
from streak_infor_orchestration.demo.promises import Promises
from streak_infor_orchestration.demo.streak import Board, Sale, Streak

CONFIGURATION = """
version: 1
company: {timezone: America/Los_Angeles, currency: EUR}
streak: {team: Acme, pipeline: Fleet customers}
{erp}
stages:
  before: [Interested, Quoted]
  order: [Handshake]
  invoice: [Closed-Won]
  lost: [Gone]
customer: {source: contact, match: [email], create: false}
lines:
  from: columns
  columns: {sku: "Article #{n}", quantity: "Pieces #{n}", price: "Each #{n}", max: 3}
fields:
  - {to: order.description, from: box.name}
  - {to: order.currency, from: "field:Currency"}
write_back:
  - {field: Infor order, from: order.id}
  - {field: Billed, from: invoice.id}
  - {comment: "We booked {order.id}: {order.total}", once: order.created}
  - {comment: "Billed as {invoice.id}", once: invoice.created}
"""
PIPELINE = Board(
    name="Fleet customers",
    before=("Interested", "Quoted"),
    order=("Handshake",),
    invoice=("Closed-Won",),
    lost=("Gone",),
    fields={"Currency": ("EUR", "USD"), "Infor order": "TEXT_INPUT", "Billed": "TEXT_INPUT"},
    columns=("Article #{n}", "Pieces #{n}", "Each #{n}"),
    rows=3,
)


def _details(box: Json) -> Json:
    return {"OrderDescription": box["name"], "Currency": box["fieldsByName"]["Currency"]}


PROMISES = Promises(
    _details,
    shows={"Infor order": "order.id", "Billed": "invoice.id"},
    tells={
        "order.created": "We booked {order.id}: {order.total}",
        "invoice.created": "Billed as {invoice.id}",
    },
    buyer="contacts",
)


class Pacific:
    def __init__(self, streak_url: str, infor_url: str, erp: DemoErp) -> None:
        self.streak = Streak(streak_url, SALES_KEY)
        self.streak.open_pipeline(PIPELINE)
        self.infor = Infor(infor_url, erp)

    def has_customer(self, name: str, email: str) -> str:
        """Somebody whom accounting knows from before; the customer's number in the ERP."""
        entered = self.infor.control("POST", "/customers", json={"Name": name, "Email": email})
        return str(entered["CustomerID"])

    def deal(self, contact: str) -> Sale:
        """Worth 2 x 1,299.90 (the list price) + 3 x 30.05 dollars."""
        lines = (("KIT-7001", "2", ""), ("SNS-6001", "3", "30.05"))
        return Sale("Two track day kits", contact=contact, lines=lines, values={"Currency": "USD"})


WORTH = Decimal("2689.95")
