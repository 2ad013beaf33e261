"""The comparison by SQL finds what looking at the pairs one by one finds, whatever is on the two sides."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.analytics.reconciliation import compare
from streak_infor_orchestration.analytics.reconciliation.compare import suspects
from streak_infor_orchestration.analytics.reconciliation.sides import (
    InErp,
    InStreak,
    Suspect,
    differing,
    infor_side,
    judged,
    streak_side,
)
from streak_infor_orchestration.domain.drift import DriftKind

BOXES, ORDERS = [f"b{n}" for n in range(5)], [f"SO-{n}" for n in range(5)]
VALUES = st.tuples(*(st.sampled_from([None, "", "Open", "Paid"]),) * 2)


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[InStreak], list[InErp]]:
    """Each record once a side, linked to at most one partner; references are those of boxes."""
    partners = draw(st.permutations(ORDERS))
    streak = []
    for key, partner in zip(BOXES, partners, strict=True):
        if draw(st.booleans()):
            linked = draw(st.booleans())
            present = draw(st.booleans()) or not linked  # without a box there is nothing but its link
            flags = (draw(st.booleans()) and present for _ in range(2))
            reference = f"of {key}" if present else ""
            streak.append(
                InStreak(key, partner if linked else "", reference, present, *flags, values=draw(VALUES))
            )
    references = draw(
        st.lists(st.sampled_from(["", *(f"of {key}" for key in BOXES)]), min_size=5, max_size=5)
    )
    infor = [
        InErp(key, reference, over=draw(st.booleans()), live=draw(st.booleans()), values=draw(VALUES))
        for key, reference in zip(ORDERS, references, strict=True)
        if draw(st.booleans())
    ]
    return streak, infor


def by_sql(streak: Sequence[InStreak], infor: Sequence[InErp], *, whole: bool = True) -> set[Suspect]:
    with TemporaryDirectory() as folder:
        ours, theirs = streak_side(Path(folder), 2), infor_side(Path(folder), 2)
        ours.add(streak)
        theirs.add(infor)
        found = suspects(ours.source(), theirs.source(), width=2, whole=whole, spill=Path(folder))
    assert len(found) == len(set(found))
    return set(found)


def by_hand(streak: Sequence[InStreak], infor: Sequence[InErp]) -> set[Suspect]:
    orders = {one.key: one for one in infor}
    linked = {one.partner for one in streak if one.partner}
    found, claimed, unmade = set[Suspect](), set[str](), set[str]()
    for theirs in infor:
        for ours in streak:
            if theirs.key not in linked and ours.present and theirs.reference == ours.reference:
                kind = judged(ours, theirs)
                if kind is not None:
                    found.add(Suspect(ours.key, theirs.key, kind))
                    claimed.add(theirs.key)
                    unmade |= {ours.key} if not ours.partner else set()
    for ours in streak:
        partner = orders.get(ours.partner)
        kind = judged(ours, partner)
        if kind is not None and ours.key not in unmade:
            found.add(Suspect(ours.key, ours.partner, kind))
        both = kind is None and partner is not None and ours.present
        if both and partner is not None and (ours.moved or list(differing(ours, partner))):
            found.add(Suspect(ours.key, partner.key))
    for theirs in infor:
        if theirs.key not in linked | claimed and theirs.reference and theirs.live:
            found.add(Suspect("", theirs.key, DriftKind.MISSING_IN_STREAK))
    return found


@settings(max_examples=60, deadline=None)
@given(sides(), st.integers(1, 3))
def test_sql_and_a_look_at_each_pair_agree(
    both: tuple[list[InStreak], list[InErp]], rows_a_part: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare, "ROWS_A_PART", rows_a_part)  # so few, that the keys are compared in parts
        assert by_sql(*both) == by_hand(*both)


def test_a_part_of_the_records_says_nothing_of_what_has_no_partner_there() -> None:
    streak = [InStreak("b1", "SO-1", "of b1", values=("Open", ""))]
    infor = [InErp("SO-1", "of b1", values=("Paid", None)), InErp("SO-2", "of b2", values=("", ""))]
    assert by_sql(streak, infor, whole=False) == {Suspect("b1", "SO-1")}
    assert Suspect("", "SO-2", DriftKind.MISSING_IN_STREAK) in by_sql(streak, infor)


def test_each_kind_of_difference() -> None:
    def streak(key: str, partner: str = "", **more: object) -> InStreak:
        return InStreak(key, partner, f"of {key}", values=("Open", "x"), **more)  # type: ignore[arg-type]

    def infor(key: str, reference: str = "", **more: object) -> InErp:
        return InErp(key, reference, values=("Open", "x"), **more)  # type: ignore[arg-type]

    boxes = [
        streak("agrees", "SO-1"),
        InStreak("deleted", "SO-2", present=False, values=("", "")),
        InStreak("deleted and over", "SO-3", present=False, values=("", "")),
        streak("lost order", "SO-4"),
        InStreak("both gone", "SO-5", present=False, values=("", "")),
        streak("never ordered", wanted=True),
        streak("asks for nothing"),
        streak("ordered twice", "SO-6"),
        streak("not linked", wanted=True),
        streak("saved since", "SO-9", moved=True),
    ]
    orders = [
        infor("SO-1"),
        infor("SO-2"),
        infor("SO-3", over=True),
        infor("SO-6", "of ordered twice"),
        infor("SO-7", "of ordered twice"),
        infor("SO-8", "of not linked"),
        infor("SO-9"),
        infor("SO-10", "of nobody"),
        infor("SO-11", "of nobody", live=False),
        infor("SO-12"),
    ]
    assert by_sql(boxes, orders) == {
        Suspect("deleted", "SO-2", DriftKind.MISSING_IN_STREAK),
        Suspect("lost order", "SO-4", DriftKind.MISSING_IN_ERP),
        Suspect("both gone", "SO-5", DriftKind.ORPHAN_LINK),
        Suspect("never ordered", "", DriftKind.MISSING_IN_ERP),
        Suspect("ordered twice", "SO-7", DriftKind.DUPLICATE),
        Suspect("not linked", "SO-8", DriftKind.UNLINKED),
        Suspect("saved since", "SO-9"),
        Suspect("", "SO-10", DriftKind.MISSING_IN_STREAK),
    }
