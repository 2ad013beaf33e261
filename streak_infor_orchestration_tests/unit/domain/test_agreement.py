"""Who has changed a field since both sides were seen last, and what follows: for any values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.agreement import (
    Clears,
    Observed,
    Owner,
    Pair,
    Side,
    Way,
    changed_on,
    is_readable,
    observed,
    same,
    way_of,
)

values = st.sampled_from(["", "a", "b", "c"])
pairs = st.builds(Pair, values, values)
owners: st.SearchStrategy[Owner] = st.sampled_from(["streak", "infor", "latest", "ask"])
clears: st.SearchStrategy[Clears] = st.sampled_from(["keep", "copy"])
PLACE = "customer.contact_name"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
TYPING = timedelta(seconds=10)


def looked(
    now: Pair, last: Pair, owner: Owner, clears: Clears = "keep", last_seen: Side = Side.STREAK
) -> Way:
    """What is done, where the change on the side `last_seen` was seen a second after that on the other."""
    changed = changed_on(PLACE, now, last, clears)
    first = tuple(side for side in changed if side is not last_seen)
    before = observed(first, now, {}, NINE)
    return way_of(observed(changed, now, before, NINE + timedelta(seconds=1)), owner)


@given(pairs, owners, clears)
def test_an_echo_is_no_change(now: Pair, owner: Owner, clears: Clears) -> None:
    assert looked(now, now, owner, clears) is Way.NOTHING


@given(pairs, pairs, owners, clears, st.sampled_from(Side))
def test_following_the_way_ends_it(now: Pair, last: Pair, owner: Owner, clears: Clears, latest: Side) -> None:
    """Whatever was done, the values it left are the ground of the next look, which finds nothing to do."""
    match looked(now, last, owner, clears, latest):
        case Way.TO_INFOR:
            now = Pair(now.streak, now.streak)
        case Way.TO_STREAK:
            now = Pair(now.infor, now.infor)
        case Way.ASK:
            return
    assert looked(now, now, owner, clears, latest) is Way.NOTHING


@given(pairs, pairs, owners, st.sampled_from(Side))
def test_nothing_is_emptied_where_clears_are_kept(now: Pair, last: Pair, owner: Owner, latest: Side) -> None:
    what = looked(now, last, owner, "keep", latest)
    assert not (what is Way.TO_INFOR and not now.streak)
    assert not (what is Way.TO_STREAK and not now.infor)


@given(owners)
def test_what_is_emptied_empties_the_other_where_clears_are_copied(owner: Owner) -> None:
    assert looked(Pair("", "a"), Pair("a", "a"), owner, "copy") is Way.TO_INFOR
    assert looked(Pair("a", ""), Pair("a", "a"), owner, "copy") is Way.TO_STREAK
    assert looked(Pair("", "a"), Pair("", "a"), owner, "copy") is Way.NOTHING, "it was never there"


@pytest.mark.parametrize(
    ("owner", "latest", "what"),
    [
        ("streak", Side.INFOR, Way.TO_INFOR),
        ("infor", Side.STREAK, Way.TO_STREAK),
        ("latest", Side.STREAK, Way.TO_INFOR),
        ("latest", Side.INFOR, Way.TO_STREAK),
        ("ask", Side.STREAK, Way.ASK),
    ],
)
def test_changed_on_both_sides_the_owner_decides(owner: Owner, latest: Side, what: Way) -> None:
    assert looked(Pair("b", "c"), Pair("a", "a"), owner, "keep", latest) is what


def test_of_two_changes_that_one_look_saw_nobody_knows_which_was_the_latest() -> None:
    now = Pair("b", "c")
    changes = observed(changed_on(PLACE, now, Pair("a", "a"), "keep"), now, {}, NINE)
    assert way_of(changes, "latest") is Way.ASK


@given(owners, st.sampled_from(Side))
def test_changed_on_both_sides_to_the_same_there_is_nothing_to_do(owner: Owner, latest: Side) -> None:
    assert looked(Pair("b", "b"), Pair("a", "a"), owner, "keep", latest) is Way.NOTHING


@given(owners, st.sampled_from(Side))
def test_changed_on_one_side_it_is_copied_whoever_owns_it(owner: Owner, latest: Side) -> None:
    assert looked(Pair("b", "a"), Pair("a", "a"), owner, "keep", latest) is Way.TO_INFOR
    assert looked(Pair("a", "b"), Pair("a", "a"), owner, "keep", latest) is Way.TO_STREAK


def test_a_field_rests_when_its_value_has_stood_for_so_long_and_after_two_minutes_in_any_case() -> None:
    seen: dict[Side, Observed] = {}
    for second in range(0, 120, 9):  # somebody types on and on, and saves every nine seconds
        at = NINE + timedelta(seconds=second)
        seen = observed((Side.STREAK,), Pair(f"v{second}", "a"), seen, at)
        rests = seen[Side.STREAK].at_rest(TYPING)
        assert rests == min(at + TYPING, NINE + timedelta(minutes=2))
    at = NINE + timedelta(seconds=125)
    assert observed((Side.STREAK,), Pair("v117", "a"), seen, at) == seen, "seen again, it is as old as before"
    assert observed((Side.STREAK,), Pair("other", "a"), seen, at)[Side.STREAK].at_rest(TYPING) < at


@pytest.mark.parametrize(
    ("target", "one", "other"),
    [
        ("customer.phone", "+49 (0)30 901820", "030/901820"),
        ("customer.phone", "0049 30 901820", "+49 30 901820"),
        ("customer.phone", "901820", "+49 30 901820"),
        ("customer.phone", "+49-30-901820", "+49 30 901820"),
        ("customer.phone", "Ask  Bo", "ask bo "),
        ("customer.phone", "030 901820 ext. 5", "030 901820 EXT. 5"),
        ("customer.phone", "n/a", "N/A"),
        ("customer.phone", "", ""),
        ("customer.email", "Buying@Northwind.example ", "buying@northwind.example"),
        ("customer.billing_address.city", "BERLIN", "Berlin"),
        ("customer.name", "Northwind ", "Northwind"),
        ("customer.tax_id", "DE 136.695.976", "de136695976"),
        ("customer.tax_id", "n/a", "n/a "),
    ],
)
def test_the_same_is_the_same_however_it_is_written(target: str, one: str, other: str) -> None:
    assert same(target, one, other)


@pytest.mark.parametrize(
    ("target", "one", "other"),
    [
        ("customer.phone", "030 901820", "030 901821"),
        ("customer.phone", "12", "112"),
        ("customer.phone", "01820", "030 901820"),
        ("customer.phone", "91820", "030 991820"),
        ("customer.phone", "ask Bo", "n/a"),
        ("customer.phone", "-", "n/a"),
        ("customer.phone", "-", "030 901820"),
        ("customer.phone", "030 901820", "030 901820 ext. 5"),
        ("customer.phone", "030 901820 ext. 5", "030 9018205"),
        ("customer.phone", "+1 49 30 901820", "+49 30 901820"),
        ("customer.phone", "+44 30 901820", "+49 30 901820"),
        ("customer.phone", "00 1 49 30 901820", "+49 30 901820"),
        ("customer.phone", "901820 1", "901820"),
        ("customer.email", "buying@northwind.example", "buying@northwinds.example"),
        ("customer.email", "b uying@northwind.example", "buying@northwind.example"),
        ("customer.email", "", "buying@northwind.example"),
        ("customer.billing_address.postal_code", "SW1A 2AA", "SW1A 2AB"),
        ("customer.payment_terms", "net30", "NET30"),
        ("customer.phone", "", "030 901820"),
        ("customer.name", "northwind", "Northwind"),
        ("customer.tax_id", "DE136695976", "FR136695976"),
        ("customer.tax_id", "n/a", "pending"),
        ("customer.tax_id", "n/a", ""),
        ("customer.custom.Code", "007", "7"),
    ],
)
def test_another_value_is_another(target: str, one: str, other: str) -> None:
    assert not same(target, one, other)


@pytest.mark.parametrize(
    ("target", "value", "readable"),
    [
        ("customer.phone", "+49 (0)30 901820", True),
        ("customer.phone", "030/901820", True),
        ("customer.phone", "call Jane", False),
        ("customer.phone", "030 901820 ext. 5", False),
        ("customer.phone", "000", False),
        ("customer.phone", "-", False),
        ("customer.contact_name", "call Jane", True),
    ],
)
def test_words_are_no_number(target: str, value: str, readable: bool) -> None:
    assert is_readable(target, value) is readable


@pytest.mark.parametrize("word", ["n/a", "pending", "0"])
def test_a_word_for_no_tax_number_takes_no_numbers_place(word: str) -> None:
    known = "DE136695976"
    for now in (Pair(word, known), Pair(known, word)):
        assert changed_on("customer.tax_id", now, Pair(known, known), "keep") == ()
    there = Pair(known, word)
    assert changed_on("customer.tax_id", there, Pair(word, word), "keep") == (Side.STREAK,)
