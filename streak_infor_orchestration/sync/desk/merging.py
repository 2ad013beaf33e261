"""A person says that a customer was merged into another one, in Streak or in the ERP.

Nothing is written to either system, only to the ledger: from then on whoever names the retired record means the
survivor. Nothing else leads from one customer to another, whatever is closed or missing.
"""

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.customers.parties import party_of
from streak_infor_orchestration.sync.desk.linking import go_on
from streak_infor_orchestration.sync.ports.ports import Ports


def merge_customers(survivor: str, retired: str, *, actor: str, ports: Ports) -> str:
    """Both link keys (organization:KEY, contact:KEY), or both numbers of the ERP. Audited; deals that waited for either
    are due at once. Returns the customer's number by now, "" where nobody is linked yet. Raises Rejected for a survivor
    that is not there or closed, and Conflict for one that was merged away itself."""
    if (":" in survivor) != (":" in retired) or survivor == retired:
        raise Rejected(
            f"{survivor} and {retired} are no two records of one system",
            code=CustomerCode.NOT_TO_BE_MERGED,
            value=retired,
        )
    _is_there(survivor, ports)
    links = ports.store.links
    before = {links.streak_key("customer", number) for number in (survivor, retired)} - {None}
    links.merge("customer", retired, survivor, actor)
    parties = {survivor, retired} if ":" in survivor else {key for key in before if key is not None}
    for link_key in sorted(parties):
        go_on(link_key, ports)
    ports.store.inbox.record([Event("manual", "MERGED", Kind.CUSTOMER, key) for key in sorted(parties)])
    return (links.erp_key("customer", survivor) or "") if ":" in survivor else survivor


def _is_there(key: str, ports: Ports) -> None:
    if ":" in key:
        party_of(key, ports)
        return
    customer = ports.erp.customer(key)
    if customer is None or customer.is_closed:
        raise Rejected(
            f"the ERP has no customer {key} that is not closed", code=CustomerCode.UNKNOWN_CUSTOMER, value=key
        )
