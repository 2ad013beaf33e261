"""A person says which customer of the ERP an organization or contact is, or that it is a new one.

Nothing is written to either system, only to the ledger.
"""

from streak_infor_orchestration.domain.deal import Party
from streak_infor_orchestration.domain.errors import Conflict, Rejected
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.problems.customers import CustomerCode
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
    try:
        ports.store.links.decide(Link("customer", party.link_key, customer.id), actor, instead=instead)
    except Conflict as conflict:
        taken = party.link_key if conflict.field == "streak_key" else f"customer {number}"
        raise Conflict(
            f"{taken} is linked to {conflict.existing} already; a link is one to one",
            code=conflict.code,
            existing=conflict.existing,
        ) from None
    _go_on(party, ports)
    return customer


def declare_new(party: Party, *, actor: str, ports: Ports) -> int:
    """None of the candidates is it: a new customer is made. Returns how many deals waited for that."""
    ports.store.audit.write(actor, DECLARED_NEW, party.link_key)
    return _go_on(party, ports)


def _go_on(party: Party, ports: Ports) -> int:
    letters = [
        letter
        for code in (
            CustomerCode.AMBIGUOUS_CUSTOMER,
            CustomerCode.CUSTOMER_CLOSED,
            CustomerCode.CUSTOMER_GONE,
        )
        for letter in ports.store.dead_letters.of_code(code)
        if letter.diagnosis.get("party") == party.link_key
    ]
    ports.store.inbox.record([Event("manual", "LINKED", letter.kind, letter.key) for letter in letters])
    return len(letters)
