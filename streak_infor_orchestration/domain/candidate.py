"""A customer of the ERP that may be the one a person in Streak means, as it is laid before somebody who decides."""

from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.party import Customer


class Candidate(Model):
    """`why` it is one, in plain words; `linked_to` the Streak record it belongs to already, "" for none."""

    number: str
    name: str
    email: str = ""
    tax_id: str = ""
    city: str = ""
    why: str
    linked_to: str = ""

    def __str__(self) -> str:
        """`C-100001 Northwind GmbH (Berlin, buying@northwind.example; same tax number)`."""
        known = ", ".join(part for part in (self.city, self.email, self.tax_id) if part)
        taken = ", and belongs to another record in Streak" if self.linked_to else ""
        return f"{self.number} {self.name} ({'; '.join(filter(None, (known, self.why)))}{taken})"


def candidate(customer: Customer, why: str, linked_to: str = "") -> Candidate:
    address = customer.billing_address or customer.shipping_address
    return Candidate(
        number=customer.id,
        name=customer.name,
        email=customer.email,
        tax_id=customer.tax_id,
        city=address.city if address else "",
        why=why,
        linked_to=linked_to,
    )
