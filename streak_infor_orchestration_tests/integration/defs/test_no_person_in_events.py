"""Dagster keeps what it is told of runs for weeks, and shows it to everybody: nothing of a person is in it."""

import re
from collections.abc import Sequence
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.analytics.ledger_tables import LEDGER_TABLES
from streak_infor_orchestration.defs.operations.checks import dead_letters_result
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World

PERSON = {
    "given name": "Adalberta",
    "family name": "Kanarienvogel",
    "e-mail": "ada.kanari@private.example",
    "telephone": "+49 30 7654321",
    "another telephone": "7654322",
    "what they live in": "Zeisigweg",
    "what people wrote": "allergic to linseed",
}
AN_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


@pytest.fixture
def events(definitions: dg.Definitions) -> Any:
    """`events("order_to_cash")` runs a job and gives all that Dagster wrote down of it, as it is stored."""

    def run(job: str, *assets: str, succeeds: bool = True) -> Sequence[str]:
        with dg.DagsterInstance.ephemeral() as instance:
            chosen = {"asset_selection": [dg.AssetKey(name.split("/")) for name in assets]} if assets else {}
            result = definitions.resolve_job_def(job).execute_in_process(
                instance=instance, raise_on_error=succeeds, **chosen
            )
            assert result.success == succeeds
            tags = instance.get_run_by_id(result.run_id)
            assert tags is not None
            return [*(entry.to_json() for entry in instance.all_logs(result.run_id)), str(tags.tags)]

    return run


def a_person(world: World) -> tuple[str, str]:
    """The keys of a contact and of a deal with everything about them in it."""
    names = {"given_name": PERSON["given name"], "family_name": PERSON["family name"]}
    contact = world.company.contact(
        **names,
        emailAddresses=[PERSON["e-mail"]],
        phoneNumbers=[PERSON["telephone"]],
        addresses=[f"{PERSON['what they live in']} 7, 10115 Berlin, DE"],
    )
    organization = world.company.organization(f"{' '.join(names.values())} e. K.", phoneNumbers=["7654322"])
    box = world.company.deal(
        f"{PERSON['given name']}'s aviary", organization=organization, stage="Closed-Won"
    )
    world.company.edit(
        box,
        notes=f"{PERSON['what people wrote']}, {PERSON['e-mail']}",
        contacts=[{"key": contact, "isStarred": True}],
    )
    return contact, box


def assert_impersonal(written: Sequence[str]) -> None:
    text = "\n".join(written)
    assert "STEP_SUCCESS" in text, "something was written down"
    assert [what for what, value in PERSON.items() if value in text] == []
    assert AN_E_MAIL.findall(text) == []


def test_neither_a_deals_run_nor_a_customers_nor_the_tables_tell_of_a_person(
    events: Any, process: Wiring, world: World
) -> None:
    contact, box = a_person(world)
    parties = [f"contact:{contact}", *(f"organization:{key}" for key in ("unknown",))]
    process.store.inbox.record(
        [
            Event(source="streak", name="BOX_EDIT", kind="deal", key=box),
            *(Event(source="streak", name="CONTACT_UPDATE", kind="customer", key=party) for party in parties),
        ]
    )
    assert_impersonal(events("order_to_cash"))
    (customer,) = world.company.found_in_erp("customers")
    assert PERSON["family name"] in customer["Name"], "the person has arrived"
    assert_impersonal(events("customers"))
    of_streak = ("boxes", "contacts", "organizations", "tasks", "activities")
    assert_impersonal(events("streak_tables", *(f"streak/{name}" for name in of_streak)))
    of_infor = ("customers", "contacts", "sales_orders", "invoices", "employees")
    assert_impersonal(events("infor_tables", *(f"infor/{name}" for name in of_infor)))
    assert_impersonal(events("ledger_tables", *(table.name for table in LEDGER_TABLES.values())))


def test_neither_does_one_who_waits_for_a_person(events: Any, process: Wiring, world: World) -> None:
    _, box = a_person(world)
    world.company.edit(box, {"SKU 1": PERSON["what people wrote"]})
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=box)])
    assert_impersonal(events("order_to_cash"))
    (letter,) = process.store.dead_letters.listing(open_only=True)
    assert PERSON["what people wrote"] in str(letter)
    told = str(dead_letters_result(process.store).metadata)
    assert box in told and PERSON["given name"] not in told and PERSON["what people wrote"] not in told
