"""Which fields of a customer are kept in agreement, and which of them Streak could take back."""

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.mapping.kept import KeptFields
from streak_infor_orchestration.streak.models import Organization

RULES = """fields:
  - {to: customer.phone, from: contact.phone, owner: latest}
  - {to: customer.tax_id, from: "organization.field:VAT id", owner: infor}
  - {to: customer.custom.Industry, from: organization.industry, transform: {map: {Steel: S}, otherwise: keep}}
  - {to: customer.payment_terms, from: "field:Terms"}
  - {to: customer.billing_address, from: organization.address, owner: ask}
  - {to: customer.billing_address.country, from: "const:DE"}
"""


def kept() -> dict[str, tuple[str, str | None]]:
    config = FORMAT.loads(text("facade").replace("fields:\n", RULES))
    return {
        one.target: (one.owner, str(one.back) if one.back else None) for one in KeptFields(config).of(None)
    }


def test_what_a_rule_copies_can_go_back_and_nothing_else() -> None:
    fields = kept()
    assert fields["customer.phone"] == ("latest", "contact.phone")
    assert fields["customer.tax_id"] == ("infor", "organization.field:VAT id")
    assert fields["customer.custom.Industry"] == ("streak", None), "a code is worked out"
    assert fields["customer.payment_terms"] == ("streak", None), "a deal is not written to"
    assert fields["customer.contact_name"] == ("streak", None), "two names in one"


def test_what_is_implied_is_kept_too() -> None:
    fields = kept()
    assert fields["customer.name"] == ("streak", "organization.name")
    assert fields["customer.email"] == ("streak", "contact.email")


def test_each_says_where_the_file_asks_for_it() -> None:
    config = FORMAT.loads(text("facade").replace("fields:\n", RULES))
    places = {one.target: one.rule for one in KeptFields(config).of(None)}
    assert places["customer.phone"] == config.place("fields", 0)
    assert places["customer.billing_address.city"] == config.place("fields", 4)
    assert places["customer.name"] == config.place("customer")
    assert "customer" in places["customer.name"] and "fields" in places["customer.phone"]


def test_an_address_is_compared_part_by_part() -> None:
    fields = kept()
    assert fields["customer.billing_address.city"] == ("ask", None)
    assert fields["customer.billing_address.country"] == ("streak", None), "its own rule goes before"
    assert "customer.billing_address" not in fields


def test_without_a_rule_the_companys_own_number_goes_before_the_persons() -> None:
    company = Organization(key="o", phones=("+4930901820",))
    backs = {one.target: str(one.back) for one in KeptFields(FORMAT.loads(text("facade"))).of(company)}
    assert backs["customer.phone"] == "organization.phone"
