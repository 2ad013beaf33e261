"""What `check` says of an M3 in which something is not set up, in an administrator's words."""

from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.infor.m3.product import M3
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab

MakeM3 = Callable[..., M3Lab]
OWN = {"by": "transaction", "orders": "CMS100MI/Lst_OOHEAD_CUOR", "temporary": "CMS100MI/Lst_OXHEAD_CUOR"}


def faults(lab: M3Lab) -> dict[str, str]:
    return {one.option: one.fault for one in M3.set_up(lab.erp) if one.fault}


def test_nothing_is_wrong_where_all_is_set_up_and_nothing_is_written(make_m3: MakeM3) -> None:
    lab = make_m3(
        facility="100",
        lookup=OWN,
        ready="OIS100MI/ChgOrderRef",
        defaults={"warehouse": "100", "shipping_method": "TRK"},
    )
    before = lab.control.get("/state")
    assert [one.option for one in M3.set_up(lab.erp)] == [
        "order_type",
        "facility",
        "defaults.warehouse",
        "defaults.shipping_method",
        "template_customer",
        "lookup.orders",
        "lookup.temporary",
        "lookup.by",
        "ready",
    ]
    assert faults(lab) == {} and lab.control.get("/state") == before


@pytest.mark.parametrize(
    ("settings", "option", "fault"),
    [
        ({"order_type": "A99"}, "order_type", "is no order type in M3"),
        ({"order_type": "A00"}, "order_type", "is no order type in M3"),
        ({"facility": "999"}, "facility", "is no facility in M3"),
        ({"defaults": {"warehouse": "999"}}, "defaults.warehouse", "is no warehouse in M3"),
        ({"defaults": {"shipping_method": "XXX"}}, "defaults.shipping_method", "is no delivery method in M3"),
        ({"template_customer": "NOBODY"}, "template_customer", "is no customer in M3 to make others after"),
        ({"template_customer": ""}, "template_customer", "names nobody: no customer can be made in M3"),
        (
            {"lookup": {**OWN, "temporary": "CMS100MI/Lst_NOT_OACUOR"}},
            "lookup.temporary",
            "is no transaction of this M3, or may not be used",
        ),
        ({"ready": "OIS100MI/GetReady"}, "ready", "is no transaction of this M3, or may not be used"),
    ],
)
def test_what_is_not_set_up_is_named_with_its_option(
    make_m3: MakeM3, settings: dict[str, Any], option: str, fault: str
) -> None:
    assert faults(make_m3(**settings))[option] == fault


def test_a_lookup_that_the_tenant_forbids_is_told(make_m3: MakeM3) -> None:
    lab = make_m3(lookup={"by": "exportmi"})
    assert faults(lab) == {}
    lab.control.post("/habits", {"export": False})
    assert faults(lab)["lookup.by"].startswith("finds no order by its reference: ")
