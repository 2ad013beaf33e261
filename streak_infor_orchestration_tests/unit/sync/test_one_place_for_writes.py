"""No write to either system but through a kind of write in `sync/effects/`: what is not there cannot be written twice.

Webhooks are administration, which nothing is booked by: they have a place of their own.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

import streak_infor_orchestration
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.streak.client import StreakClient

PACKAGE = Path(streak_infor_orchestration.__file__).parent
USED = {
    "create_customer",
    "update_customer",
    "create_order",
    "update_order",
    "cancel_order",
    "request_invoice",
    "make_ready",
    "update_box",
    "add_comment",
    "update_contact",
    "update_organization",
    "create_contact",
    "create_organization",
    "create_box",
    "create_task",
    "update_task",
}
NOT_USED_YET = {
    "edit_user",
    "rename_team",
    "create_pipeline",
    "edit_pipeline",
    "delete_pipeline",
    "create_stage",
    "rename_stage",
    "delete_stage",
    "create_field",
    "rename_field",
    "add_options",
    "delete_field",
    "delete_box",
    "replace_links",
    "move_boxes",
    "delete_contact",
    "delete_organization",
    "edit_comment",
    "delete_comment",
    "react",
    "reschedule_task",
    "delete_task",
    "create_meeting",
    "update_meeting",
    "delete_meeting",
    "add_thread",
    "remove_thread",
}  # whoever does moves it up
WRITES = USED | NOT_USED_YET
ADMINISTRATION = {"create_webhook", "edit_webhook", "delete_webhook"}
ADMINISTRATORS = ("onboarding/webhooks.py", "streak/", "conformance/")
KINDS = tuple(
    f"sync/effects/{kind}.py"
    for kind in (
        "box_fields",
        "cancellation",
        "comment",
        "customer",
        "customer_fields",
        "erp_contact",
        "invoice",
        "new_box",
        "order_edit",
        "order_ready",
        "party_fields",
        "sales_order",
        "streak_contact",
        "streak_organization",
        "task",
    )
)
MAY_NAME_THEM = (
    *KINDS,
    "streak/",
    "infor/",
    "conformance/",
)  # the last for sandboxes, when told to
NOT_OURS = ("twins/",)


@cache
def references() -> set[tuple[str, str]]:
    """File and name of every attribute of the package that bears a write method's name."""
    found = set()
    for file in sorted(PACKAGE.rglob("*.py")):
        place = file.relative_to(PACKAGE).as_posix()
        if not place.startswith(NOT_OURS):
            text = file.read_text(encoding="utf-8")
            watched = WRITES | ADMINISTRATION
            nodes = ast.walk(ast.parse(text)) if any(name in text for name in watched) else ()
            for node in nodes:
                if isinstance(node, ast.Attribute) and node.attr in watched:
                    found.add((place, node.attr))
                if isinstance(node, ast.Constant) and node.value in watched:  # getattr(client, "…")
                    found.add((place, str(node.value)))
    return found


def test_only_a_kind_of_write_calls_a_clients_write() -> None:
    business = {(place, name) for place, name in references() if name in WRITES}
    elsewhere = {(place, name) for place, name in business if not place.startswith(MAY_NAME_THEM)}
    assert elsewhere == set()


def test_only_one_place_registers_webhooks_and_it_books_nothing() -> None:
    administrators = {place for place, name in references() if name in ADMINISTRATION}
    assert {place for place in administrators if not place.startswith(ADMINISTRATORS)} == set()
    assert {name for place, name in references() if place.startswith("onboarding/")} == ADMINISTRATION


def test_the_kinds_have_every_write() -> None:
    assert {name for place, name in references() if place in KINDS} == USED


@pytest.mark.parametrize("name", sorted(WRITES | ADMINISTRATION))
def test_the_names_are_still_those_of_the_clients(name: str) -> None:
    assert hasattr(StreakClient, name) or hasattr(Erp, name)


def writers() -> set[str]:
    """The public methods of Streak's client that come to `http.write`, directly or by others of its own."""
    reaches: dict[str, set[str]] = {}
    for file in (PACKAGE / "streak").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                named = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
                reaches.setdefault(node.name, set()).update(named)
    found = {"write"}
    while new := {name for name, named in reaches.items() if named & found} - found:
        found |= new
    return {name for name in found if not name.startswith("_")} - {"write"}


def test_every_method_of_streaks_client_that_writes_is_watched() -> None:
    assert writers() == {name for name in WRITES | ADMINISTRATION if hasattr(StreakClient, name)}
