"""What the directory of customers keeps of one."""

from streak_infor_orchestration.domain.identity import company_domain, email_key, identity_of
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.ledger.customers import Listed


def listed(customer: Customer) -> Listed:
    someone = identity_of(customer)
    return Listed(
        erp_key=customer.id,
        bare_name=someone.bare_name,
        email=email_key(customer.email),
        domain=company_domain(customer.email),
        tax_id=someone.tax_number.number,
        closed=customer.is_closed,
    )
