"""A customer as flat fields, and back."""

from streak_infor_orchestration.domain.customer_fields import changes_of, fields_of
from streak_infor_orchestration.domain.party import Address, Customer, CustomerChanges

BERLIN = Address(line1="Hauptstr. 5", city="Berlin", postal_code="10115", country="DE")
CUSTOMER = Customer(id="C-1", name="Acme", billing_address=BERLIN, custom={"Tier": "Gold"})


def test_only_what_has_a_value_is_a_field() -> None:
    assert fields_of(CUSTOMER) == {
        "customer.name": "Acme",
        "customer.billing_address.line1": "Hauptstr. 5",
        "customer.billing_address.city": "Berlin",
        "customer.billing_address.postal_code": "10115",
        "customer.billing_address.country": "DE",
        "customer.custom.Tier": "Gold",
    }


def test_a_part_of_an_address_leaves_the_others_as_they_are() -> None:
    wanted = {
        "customer.billing_address.line1": "Neue Str. 1",
        "customer.billing_address.postal_code": "10117",
        "customer.shipping_address.city": "Bonn",
        "customer.custom.Tier": "Silver",
        "customer.phone": "+4930",
    }
    assert changes_of(CUSTOMER, wanted) == CustomerChanges(
        billing_address=BERLIN.model_copy(update={"line1": "Neue Str. 1", "postal_code": "10117"}),
        shipping_address=Address(city="Bonn"),
        custom={"Tier": "Silver"},
        phone="+4930",
    )
