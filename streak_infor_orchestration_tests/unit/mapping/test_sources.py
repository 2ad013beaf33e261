"""Every property that a rule or an expression may name is read from the record it is of."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from streak_infor_orchestration.config.expression import NAMESPACE
from streak_infor_orchestration.config.vocabulary import PROPERTIES, Source
from streak_infor_orchestration.domain.deal import Deal, Value
from streak_infor_orchestration.mapping.sources import Reader
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration_tests.unit.mapping.deals import deal, mapping

ADA = Contact(
    key="c1", given_name="Ada", family_name="Li", title="CTO", emails=("ada@x.example", "a@y.example"),
    phones=("+49 30 2", "+49 30 3"), addresses=("Weg 1, 10115 Berlin",), fields={"Role": "Buyer"},
)  # fmt: skip
ACME = Organization(
    key="o1", name="Acme", domains=("acme.example", "acme.test"), industry="Steel", phones=("+49 30 1",),
    addresses=("Allee 2, 10117 Berlin",), fields={"VAT": "DE1"},
)  # fmt: skip
EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the next day in Berlin
READ: dict[str, dict[str, Value]] = {
    "box": {
        "name": "Big deal", "notes": "Ring twice", "key": "b1", "stage": "Accepted", "creator": "u1",
        "created": EVENING, "stage_changed": EVENING,
    },
    "contact": {
        "key": "c1", "name": "Ada Li", "given_name": "Ada", "family_name": "Li", "title": "CTO",
        "email": "ada@x.example", "phone": "+49 30 2", "address": "Weg 1, 10115 Berlin",
    },
    "organization": {
        "key": "o1", "name": "Acme", "domain": "acme.example", "industry": "Steel", "phone": "+49 30 1",
        "address": "Allee 2, 10117 Berlin",
    },
}  # fmt: skip
FIELDS: dict[str, Value] = {
    "SKU 1": "A-1", "Qty 1": "2", "Price 1": "10.00", "Tags": ("a", "b"), "Ship by": EVENING,
}  # fmt: skip


def the_deal() -> Deal:
    read = deal(
        mapping(),
        FIELDS,
        notes="Ring twice",
        creator_key="u1",
        created=EVENING,
        stage_changed=EVENING,
    )
    return read.model_copy(update={"currency": "EUR"})


def reader(contact: Contact | None = ADA, organization: Organization | None = ACME) -> Reader:
    return Reader(the_deal(), contact, organization, ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("record", READ)
def test_each_property_is_read(record: str) -> None:
    of = reader()
    read = {name: of.read(Source(record=record, name=name)) for name in PROPERTIES[record]}  # type: ignore[arg-type]
    assert read == READ[record]


def test_a_field_of_ones_own_is_read_where_it_stands() -> None:
    of = reader()
    assert of.read(Source(record="contact", name="Role", custom=True)) == "Buyer"
    assert of.read(Source(record="organization", name="VAT", custom=True)) == "DE1"
    assert of.read(Source(record="field", name="Tags", custom=True)) == ("a", "b")
    assert of.read(Source(record="contact", name="VAT", custom=True)) is None


def test_what_is_not_there_reads_as_nothing() -> None:
    of = reader(None, None)
    for record in ("contact", "organization"):
        assert of.read(Source(record=record, name="name")) is None  # type: ignore[arg-type]
        assert of.namespace[record] is None
    nobody = reader(Contact(key="c1"), Organization(key="o1", name="Acme"))
    assert nobody.read(Source(record="contact", name="email")) in (None, "")
    assert nobody.read(Source(record="organization", name="domain")) in (None, "")


def test_an_expression_reads_the_same() -> None:
    seen = reader().namespace
    assert set(seen) == set(NAMESPACE)
    day = {"created": "2026-03-02", "stage_changed": "2026-03-02"}
    assert seen["box"] == READ["box"] | day
    assert seen["contact"] == READ["contact"] | {"field": {"Role": "Buyer"}}
    assert seen["organization"] == READ["organization"] | {"field": {"VAT": "DE1"}}
    assert seen["field"] == FIELDS | {"Tags": ["a", "b"], "Ship by": "2026-03-02"}
    assert seen["deal"] == {
        "key": "b1",
        "name": "Big deal",
        "stage": "Accepted",
        "milestone": "order",
        "currency": "EUR",
        "lines": [{"sku": "A-1", "quantity": Decimal(2), "price": Decimal("10.00")}],
    }
