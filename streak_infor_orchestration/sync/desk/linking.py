"""A person says which record of the ERP one of Streak's is, or that it is a new one: of customers, and of deals that
were there before the integration.

Nothing is written to either system, only to the ledger.
"""

from streak_infor_orchestration.domain.deal import Party
from streak_infor_orchestration.domain.errors import Conflict, Rejected
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.backfill import Backfilled, Standing
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.customers.newcomers import DECLARED_NEW
from streak_infor_orchestration.sync.ports.ports import Ports


def link_customer(party: Party, number: str, *, actor: str, ports: Ports, instead: bool = False) -> Customer:
    """Audited. The deals that waited for it are due at once. Raises Rejected for a number that the ERP does not
    have, Conflict where either side is linked already: a link is one to one. `instead` ends the other link: for
    records that were merged into one."""
    customer = ports.erp.customer(number)
    if customer is None:
        raise Rejected(f"the ERP has no customer {number}", code=CustomerCode.UNKNOWN_CUSTOMER, value=number)
    link = Link("customer", party.link_key, customer.id)
    _decide(link, party.link_key, actor, ports, instead=instead)
    go_on(party.link_key, ports)
    if ports.store.dead_letters.of(Kind.NEW_CUSTOMER, customer.id) is not None:
        ports.store.inbox.record([Event("manual", "LINKED", Kind.NEW_CUSTOMER, customer.id)])
    return customer


def declare_new(party: Party, *, actor: str, ports: Ports) -> int:
    """None of the candidates is it: a new customer is made. Returns how many deals waited for that."""
    ports.store.audit.write(actor, DECLARED_NEW, party.link_key)
    return go_on(party.link_key, ports)


def link_order(box_key: str, number: str, *, actor: str, ports: Ports, instead: bool = False) -> SalesOrder:
    """The deal's order is this one. Audited; the deal is due at once. Raises as `link_customer`."""
    order = ports.erp.order(number)
    if order is None:
        raise Rejected(f"the ERP has no order {number}", code=DealCode.NO_SUCH_ORDER, value=number)
    _decide(Link("order", box_key, order.id), f"deal {box_key}", actor, ports, instead=instead)
    _filed(Backfilled(box_key, Standing.LINKED, (order.id,)), ports)
    return order


def order_none(box_key: str, *, make: bool, actor: str, ports: Ports) -> None:
    """None of the ERP's orders is the deal's: one is made as for any deal, or it is left without. Audited; the deal is
    due at once. Raises Rejected for one that has an order."""
    number = ports.store.links.erp_key("order", box_key)
    if number is not None:
        raise Rejected(f"deal {box_key} has order {number}", code=DealCode.HAS_ORDER, value=box_key)
    standing = Standing.WANTED if make else Standing.LEFT
    ports.store.audit.write(actor, f"order {standing}", box_key)
    _filed(Backfilled(box_key, standing), ports)


def _decide(link: Link, called: str, actor: str, ports: Ports, *, instead: bool) -> None:
    """Raises Conflict in words: `called` is Streak's record."""
    try:
        ports.store.links.decide(link, actor, instead=instead)
    except Conflict as conflict:
        taken = called if conflict.field == "streak_key" else f"{link.kind} {link.erp_key}"
        raise Conflict(
            f"{taken} is linked to {conflict.existing} already; a link is one to one",
            code=conflict.code,
            existing=conflict.existing,
        ) from None


def _filed(deal: Backfilled, ports: Ports) -> None:
    ports.store.backfill.put([deal])
    ports.store.inbox.record([Event("manual", "LINKED", Kind.DEAL, deal.box_key, lane="manual")])


def go_on(link_key: str, ports: Ports) -> int:
    """Whatever waited for a decision about this organization or contact is due. Returns how many."""
    letters = [
        letter
        for code in (
            CustomerCode.AMBIGUOUS_CUSTOMER,
            CustomerCode.CUSTOMER_CLOSED,
            CustomerCode.CUSTOMER_GONE,
        )
        for letter in ports.store.dead_letters.of_code(code)
        if letter.diagnosis.get("party") == link_key
    ]
    ports.store.inbox.record([Event("manual", "LINKED", letter.kind, letter.key) for letter in letters])
    return len(letters)
