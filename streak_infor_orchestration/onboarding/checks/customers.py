"""Customers and the people at them: whether this product can keep the same what the file asks for."""

from collections.abc import Iterator

from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look

_MADE = {
    "none": "nobody is made",
    "infor": "who is missing is made in the ERP",
    "streak": "who is missing is made in Streak",
    "both": "who is missing is made in either system",
}


def kept_the_same(context: Context) -> Iterator[Checked]:
    config, erp = context.parts.config, context.parts.erp
    if config.contacts is not None:
        place = config.place("contacts")
        if erp.traits.contacts == "records":
            yield good(f"the people at customers are kept the same, {_MADE[config.contacts.create]}")
        else:
            yield look(
                f"{place}: this ERP keeps one person of a customer, as fields of the customer",
                "they are filled by customer.contact_name, customer.email and customer.phone; take the section out",
            )
    if config.customer.makes_organizations:
        page = next(iter(erp.records("customers")), ())
        if any(customer.created is None for customer in page):
            yield look(
                f"{config.place('customer', 'new_in_erp')}: this ERP does not say when a customer was created",
                "nobody is told to be new; make the organization in Streak",
            )
        else:
            yield good("customers that are new in the ERP become organizations in Streak")
