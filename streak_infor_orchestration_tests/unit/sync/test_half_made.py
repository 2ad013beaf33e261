"""What a row knows of something half-made, beside what a probe shows of it."""

from dataclasses import replace
from typing import Any

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.effect_row import Effect
from streak_infor_orchestration.sync.effects.half_made import (
    DISMANTLING,
    gone,
    is_being_dismantled,
    is_held,
    steps_to_go_on_with,
    was_gone,
    was_refused,
)

NOW = ManualClock().now()
ROW = Effect(
    key="deal:b1:sales_order", shape="create", subject="b1", generation=1, state="planned", attempt=1, doubted=False,
    body={}, body_hash="", steps={}, epoch="", run_id="", correlation_id="", created_at=NOW, updated_at=NOW,
)  # fmt: skip


def row(steps: dict[str, str], **changed: Any) -> Effect:
    return replace(ROW, steps=steps, **changed)


@pytest.mark.parametrize(
    ("known", "shown", "goes_on_with"),
    [
        ({}, {}, {}),
        ({}, {"head": "7"}, {"head": "7"}),
        ({"head": "7"}, {"head": "7"}, {"head": "7"}),
        ({"head": "7"}, {"head": "7", "line": "1"}, {"head": "7", "line": "1"}),
        ({"head": "7", "line": "1"}, {"head": "7"}, {"head": "7", "line": "1"}),
        ({"head": "7"}, {}, None),
        ({DISMANTLING: "", "head": "7"}, {}, {}),
        ({DISMANTLING: "", "head": "7"}, {"head": "8"}, {"head": "8"}),
    ],
)
def test_a_probe_completes_what_is_known_and_what_is_gone_is_none(
    known: dict[str, str], shown: dict[str, str], goes_on_with: dict[str, str] | None
) -> None:
    assert steps_to_go_on_with(row(known), shown) == goes_on_with


def test_what_was_kept_over_there_and_is_there_no_more_is_gone() -> None:
    held = row({}, state="unknown", error={"kind": "Held"})
    assert is_held(held)
    assert steps_to_go_on_with(held, {}) is None
    assert steps_to_go_on_with(held, {"head": "7"}) == {"head": "7"}
    for other in (
        replace(held, state="failed"),
        replace(held, error={"kind": "Unknown"}),
        replace(held, error=None),
    ):
        assert not is_held(other)
        assert steps_to_go_on_with(other, {}) == {}


def test_another_one_under_the_same_reference_is_a_persons_and_named() -> None:
    with pytest.raises(Conflict, match=r": 8, 2\.$") as raised:
        steps_to_go_on_with(row({"head": "7", "line": "1"}), {"head": "8", "line": "2", "note": ""})
    assert raised.value.code == DealCode.HALF_MADE_TWICE
    assert raised.value.value == "8, 2"


def test_what_is_gone_is_named_by_what_was_known_of_it() -> None:
    missing = gone(row({"head": "7", "line": "", "note": "9"}))
    assert missing.code == DealCode.BEGUN_ORDER_GONE
    assert missing.value == "7, 9" and "no order of it: 7, 9." in str(missing)
    assert "no order of it: unnumbered." in str(gone(row({})))
    assert was_gone(row({}, error={"kind": "Conflict", "code": missing.code}))
    assert not was_gone(row({}, error={"kind": "Conflict", "code": DealCode.TWICE})) and not was_gone(row({}))


@pytest.mark.parametrize(
    ("kind", "refused"),
    [("Rejected", True), ("Conflict", True), ("Held", True), ("Unknown", False), ("Transient", False)],
)
def test_a_clear_answer_is_a_refusal(kind: str, refused: bool) -> None:
    assert was_refused(row({}, error={"kind": kind})) is refused
    assert not was_refused(row({}))


def test_it_is_being_dismantled_from_the_note_on() -> None:
    assert is_being_dismantled(row({DISMANTLING: ""})) and not is_being_dismantled(row({"head": "7"}))
