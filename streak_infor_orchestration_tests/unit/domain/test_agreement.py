"""Who has changed a field since both sides were seen last, and what follows: for any values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.agreement import Owner, Pair, Side, Way, is_readable, same, way_of

values = st.sampled_from(["", "a", "b", "c"])
pairs = st.builds(Pair, values, values)
owners: st.SearchStrategy[Owner] = st.sampled_from(["streak", "infor", "latest", "ask"])
PLACE = "customer.contact_name"


@given(pairs, owners, st.sampled_from(Side))
def test_what_was_never_seen_is_nobodys_change(now: Pair, owner: Owner, latest: Side) -> None:
    assert way_of(PLACE, now, None, owner, latest) is Way.NOTHING


@given(pairs, owners, st.sampled_from(Side))
def test_an_echo_is_no_change(now: Pair, owner: Owner, latest: Side) -> None:
    assert way_of(PLACE, now, now, owner, latest) is Way.NOTHING


@given(pairs, pairs, owners, st.sampled_from(Side))
def test_following_the_step_ends_it(now: Pair, last: Pair, owner: Owner, latest: Side) -> None:
    """Whatever was done, the values it left are the ground of the next look, which finds nothing to do."""
    match way_of(PLACE, now, last, owner, latest):
        case Way.TO_INFOR:
            now = Pair(now.streak, now.streak)
        case Way.TO_STREAK:
            now = Pair(now.infor, now.infor)
        case Way.ASK:
            return
    assert way_of(PLACE, now, now, owner, latest) is Way.NOTHING


@given(pairs, pairs, owners, st.sampled_from(Side))
def test_nothing_is_ever_emptied(now: Pair, last: Pair, owner: Owner, latest: Side) -> None:
    what = way_of(PLACE, now, last, owner, latest)
    assert not (what is Way.TO_INFOR and not now.streak)
    assert not (what is Way.TO_STREAK and not now.infor)


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
    assert way_of(PLACE, Pair("b", "c"), Pair("a", "a"), owner, latest) is what


@given(owners, st.sampled_from(Side))
def test_changed_on_both_sides_to_the_same_there_is_nothing_to_do(owner: Owner, latest: Side) -> None:
    assert way_of(PLACE, Pair("b", "b"), Pair("a", "a"), owner, latest) is Way.NOTHING


@given(owners, st.sampled_from(Side))
def test_changed_on_one_side_it_is_copied_whoever_owns_it(owner: Owner, latest: Side) -> None:
    assert way_of(PLACE, Pair("b", "a"), Pair("a", "a"), owner, latest) is Way.TO_INFOR
    assert way_of(PLACE, Pair("a", "b"), Pair("a", "a"), owner, latest) is Way.TO_STREAK


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
        assert way_of("customer.tax_id", now, Pair(known, known), "latest", Side.STREAK) is Way.NOTHING
    there = Pair(known, word)
    assert way_of("customer.tax_id", there, Pair(word, word), "streak", Side.STREAK) is Way.TO_INFOR
