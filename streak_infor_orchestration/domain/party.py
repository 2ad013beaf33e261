"""Who buys: customers in the ERP and the request to make one."""

from streak_infor_orchestration.domain.model import Model


class Address(Model):
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""  # ISO 3166-1 alpha-2


class CustomerDraft(Model):
    """What a new customer should look like. `reference` is our external reference, see `reference.py`."""

    reference: str
    name: str
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    currency: str = ""
    payment_terms: str = ""
    billing_address: Address | None = None
    shipping_address: Address | None = None
    salesperson: str = ""
    custom: dict[str, str] = {}


class Customer(Model):
    """A customer as the ERP returns it."""

    id: str
    name: str
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    currency: str = ""
    status: str = ""
    credit_hold: bool = False
    reference: str = ""
