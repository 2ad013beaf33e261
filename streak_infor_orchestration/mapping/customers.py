"""From a deal and its people to the customer that should exist."""

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, Problem, Source
from streak_infor_orchestration.domain.party import Address, CustomerDraft
from streak_infor_orchestration.mapping.rulebook import Filled, RuleBook
from streak_infor_orchestration.mapping.sources import Reader
from streak_infor_orchestration.streak.models import Contact, Organization


class CustomerMapper:
    """The `customer.` rules, over what the organization and the contact say by themselves."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._rules = RuleBook(config, lambda target: target.startswith("customer."))

    def draft(
        self,
        deal: Deal,
        reference: str,
        contact: Contact | None,
        organization: Organization | None,
        problems: list[Problem],
    ) -> CustomerDraft | None:
        """None when something is wrong; what, is added to `problems`."""
        filled = self._rules.fill(Reader(deal, contact, organization, self._config.company.zone), problems)
        person = f"{contact.given_name} {contact.family_name}".strip() if contact else ""
        emails = contact.emails if contact else ()
        if deal.party is not None and deal.party.kind is Source.CONTACT:
            organization = None
            own_name = person or _first(emails)
        else:
            own_name = organization.name.strip() or _first(organization.domains) if organization else ""
        name = filled.text("customer.name", own_name)
        if not name:
            problems.append(self._nameless(deal))
        if problems:
            return None
        phones = (*(organization.phones if organization else ()), *(contact.phones if contact else ()))
        defaults = self._config.erp.defaults
        return CustomerDraft(
            reference=reference,
            name=name,
            contact_name=filled.text("customer.contact_name", person),
            email=filled.text("customer.email", _first(emails)),
            phone=filled.text("customer.phone", _first(phones)),
            tax_id=filled.text("customer.tax_id"),
            currency=deal.currency,
            payment_terms=filled.text("customer.payment_terms", defaults.payment_terms),
            billing_address=_address(filled, "customer.billing_address."),
            shipping_address=_address(filled, "customer.shipping_address."),
            salesperson=filled.text("customer.salesperson", defaults.salesperson),
            custom=filled.below("customer.custom."),
        )

    def _nameless(self, deal: Deal) -> Problem:
        party = deal.party.kind.value if deal.party else "customer"
        return Problem(
            code="no_customer_name",
            message=f"The {party} that buys has no name.",
            field=f"{party.capitalize()} name",
            rule=self._config.place("customer"),
            fix=f"Enter the name of the {party} in Streak.",
        )


def _first(items: tuple[str, ...]) -> str:
    return next((item.strip() for item in items if item.strip()), "")


def _address(filled: Filled, prefix: str) -> Address | None:
    parts = filled.below(prefix)
    return Address.model_validate(parts) if parts else None
