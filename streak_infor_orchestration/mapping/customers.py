"""From a deal and its people to the customer that should exist."""

from collections.abc import Callable

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, PartyKind, Problem
from streak_infor_orchestration.domain.party import Address, CustomerDraft
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.mapping.addresses import NoAddress, standardized
from streak_infor_orchestration.mapping.reach import email, phone
from streak_infor_orchestration.mapping.rulebook import Filled, RuleBook
from streak_infor_orchestration.mapping.sources import Reader
from streak_infor_orchestration.mapping.whereabouts import country_of
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
        if deal.party is not None and deal.party.kind is PartyKind.CONTACT:
            organization = None
            own_name = person or _first(emails)
        else:
            own_name = organization.name.strip() or _first(organization.domains) if organization else ""
        name = filled.text("customer.name", own_name)
        if not name:
            problems.append(self._nameless(deal))
        billing = self._address(filled, "customer.billing_address", problems)
        shipping = self._address(filled, "customer.shipping_address", problems)
        if problems:
            return None
        people = [record for record in (organization, contact) if record]
        domains = (
            *(organization.domains if organization else ()),
            *(text.rpartition("@")[2] for text in emails),
        )
        texts = (text for record in people for text in record.addresses)
        country = country_of((billing, shipping), texts, domains, self._config.company.locale)

        def standard(text: str) -> str | None:
            return phone(text, country)

        phones = tuple(text for record in people for text in record.phones)
        asked = filled.text("customer.phone")
        defaults = self._config.erp.defaults
        return CustomerDraft(
            reference=reference,
            name=name,
            contact_name=filled.text("customer.contact_name", person),
            email=filled.text("customer.email", self._own(emails, email)),
            phone=self._own((asked,) if asked else phones, standard),
            tax_id=filled.text("customer.tax_id"),
            currency=deal.currency,
            payment_terms=filled.text("customer.payment_terms", defaults.payment_terms),
            billing_address=billing,
            shipping_address=shipping,
            salesperson=filled.text("customer.salesperson", defaults.salesperson),
            custom=filled.below("customer.custom."),
        )

    def _own(self, typed: tuple[str, ...], standard: Callable[[str], str | None]) -> str:
        """The first phone number or web address that is understood; where none is, the first as it stands, for it
        stops no order."""
        return next((found for text in typed if (found := standard(text.strip()))), None) or _first(typed)

    def _address(self, filled: Filled, target: str, problems: list[Problem]) -> Address | None:
        """The whole, with what is known of its parts put in its place."""
        whole, parts = filled.address(target), filled.below(f"{target}.")
        if not parts:
            return whole
        known = (whole or Address()).model_copy(update=parts)
        try:
            return standardized(known, self._config.company.locale)
        except NoAddress as no:
            problems.append(
                Problem(
                    code=no.code,
                    message=f"The {target.partition('.')[2].replace('_', ' ')} {no.message}",
                    field=self._rules.fields_of(f"{target}."),
                    value=no.value,
                    rule=self._rules.place_of(f"{target}."),
                    fix=no.fix,
                )
            )
            return None

    def _nameless(self, deal: Deal) -> Problem:
        party = deal.party.kind.value if deal.party else "customer"
        return Problem(
            code=CustomerCode.NO_CUSTOMER_NAME,
            message=f"The {party} that buys has no name.",
            field=f"{party.capitalize()} name",
            rule=self._config.place("customer"),
            fix=f"Enter the name of the {party} in Streak.",
        )


def _first(items: tuple[str, ...]) -> str:
    return next((item.strip() for item in items if item.strip()), "")
