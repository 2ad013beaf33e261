"""Who buys: customers and their contacts in the ERP, and the requests to make or change one."""

import hashlib
from decimal import Decimal

from streak_infor_orchestration.domain.model import UNSTAMPED, Model, Record, stamp


class Address(Model):
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""  # ISO 3166-1 alpha-2


class _CustomerFields(Model):
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    currency: str = ""
    payment_terms: str = ""
    billing_address: Address | None = None
    shipping_address: Address | None = None
    salesperson: str = ""


class CustomerDraft(_CustomerFields):
    """What a new customer should look like. `reference` is our external reference, see `reference.py`."""

    reference: str
    name: str
    custom: dict[str, str] = {}


class CustomerChanges(_CustomerFields):
    """What should change of a customer: only what is given does. "" or None clears; `custom` is merged by name."""

    name: str = ""
    reference: str = ""
    custom: dict[str, str | None] = {}


_BEHIND_A_LIST = {"id", "created", "modified", "version", "credit_limit", "credit_hold", "shipping_address"}
"""Of a customer what not every ERP's list shows."""


class Customer(_CustomerFields, Record):
    """A customer as the ERP returns it. `version` is the ERP's tag for optimistic locking, where the read gave one."""

    name: str
    credit_limit: Decimal | None = None
    credit_hold: bool = False
    status: str = ""  # Prospect, Active, Hold, Closed
    reference: str = ""
    custom: dict[str, str] = {}
    version: str = ""

    @property
    def stamp(self) -> str:
        """Where the ERP does not say when it was changed, by what a list of customers says of it."""
        if self.modified != UNSTAMPED:
            return stamp(self.id, self.modified)
        said = self.model_dump_json(exclude=_BEHIND_A_LIST).encode()
        return stamp(self.id, self.modified, hashlib.sha256(said).hexdigest()[:16])

    @property
    def is_closed(self) -> bool:
        return self.status == "Closed"


class _ContactFields(Model):
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""


class ContactDraft(_ContactFields):
    """A person to be known at a customer."""

    customer_id: str
    reference: str = ""
    custom: dict[str, str] = {}


class ContactChanges(_ContactFields):
    """What should change of a contact: only what is given does. "" clears; `custom` is merged by name."""

    customer_id: str = ""
    active: bool = True
    reference: str = ""
    custom: dict[str, str | None] = {}


class CustomerContact(_ContactFields, Record):
    """A person at a customer, as the ERP returns it. `version` as with a customer."""

    customer_id: str
    active: bool = True
    reference: str = ""
    custom: dict[str, str] = {}
    version: str = ""
