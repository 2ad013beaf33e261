"""What each product calls the fields that rules fill, and how `check` says it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.config.vocabulary import CUSTOM_TARGETS, TARGETS
from streak_infor_orchestration.infor.products import FORMAT, PRODUCTS, product_of
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.filled import targets
from streak_infor_orchestration.onboarding.checks.finding import Mark

CUSTOM = '  - {to: order.custom.Region, from: "field:Region"}\n'
OWN = {
    "m3": "  order_fields: {Region: PROJ}\n  customer_fields: {Segment: CFC1}\n",
    "syteline": "  custom_fields: {orders: {Region: Uf_Region}, customers: {Segment: Uf_Segment}}\n"
    "  idos: {SLCos: XX_SLCos}\n",
}


def config(product: str, own: str = "", rules: str = "") -> Any:
    yaml = text(product).replace("  defaults:  ", f"{own}  defaults:  ")
    return FORMAT.loads(yaml.replace("\nfields:\n", f"\nfields:\n{rules}"))


def known(product: str, own: str = "") -> dict[str, str]:
    section = config(product, own).erp
    return dict(product_of(section).fields(section))


def told(of: Any) -> list[tuple[Mark, str]]:
    context = cast(Context, SimpleNamespace(parts=SimpleNamespace(config=of)))
    return [(found.mark, found.what) for found in targets(context)]


@pytest.mark.parametrize("product", PRODUCTS)
def test_what_fields_are_called_is_known_of_targets_that_there_are(product: str) -> None:
    named = known(product, OWN.get(product, ""))
    of_no_rule = {target for target in named if not target.startswith(CUSTOM_TARGETS)} - TARGETS.keys()
    assert of_no_rule <= {"customer.currency"}
    assert all(named.values())


def test_every_letter_code_of_m3_is_told_with_what_it_means() -> None:
    named = known("m3", OWN["m3"])
    assert [target for target, field in named.items() if "(" not in field] == []
    assert named["order.custom.Region"] == "PROJ (project number)"
    assert named["customer.custom.Segment"] == "CFC1 (free field 1 of the customer)"
    assert named["order.description"].startswith("OREF (")
    assert known("m3", "  description_field: YREF\n")["order.description"].startswith("YREF (")


def test_syteline_tells_its_properties_by_the_names_of_its_idos() -> None:
    named = known("syteline", OWN["syteline"])
    assert named["order.salesperson"] == "XX_SLCos.Slsman (salesperson)"
    assert named["order.custom.Region"] == "XX_SLCos.Uf_Region"
    assert named["order.requested_date"] == "SLCoitems.DueDate (due date of the line)"
    assert named["customer.custom.Segment"] == "SLCustomers.Uf_Segment"


def test_a_facade_calls_its_fields_as_the_mapping_does() -> None:
    assert known("facade") == {} and told(config("facade", rules=CUSTOM)) == []


@pytest.mark.parametrize("product", OWN)
def test_check_says_what_each_rule_fills(product: str) -> None:
    found = told(config(product, OWN[product], rules=CUSTOM))
    assert {mark for mark, _ in found} == {Mark.GOOD}
    assert {what.partition(" fills ")[0] for _, what in found} >= {
        "order.custom.Region",
        "order.requested_date",
        "customer.contact_name",
    }
