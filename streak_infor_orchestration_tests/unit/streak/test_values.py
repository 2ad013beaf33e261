"""A field's value, both ways (Streak API contract §3.7)."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.deal import UnreadableValue, Value
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration.domain.values import same
from streak_infor_orchestration.streak.values import decode, encode, instant, milliseconds, shown
from streak_infor_orchestration.streak.vocabulary import Field, Option

TYPES = (
    *("TEXT_INPUT", "DROPDOWN", "CHECKBOX", "DATE", "TAG"),
    *("PERSON", "FORMULA", "TEAM_CONTACT", "TEAM_ORGANIZATION", "INVENTED_NEXT_YEAR"),
)
OPTIONS = (Option(key="9001", name="Ground"), Option(key="9002", name="Air"))
fields = st.sampled_from([Field(key="1", name="F", type=kind, options=OPTIONS) for kind in TYPES])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(fields, anything)
def test_whatever_a_box_holds_can_be_read(field: Field, wire: Any) -> None:
    value = decode(field, wire)
    assert value is None or isinstance(value, str | bool | Decimal | datetime | tuple | UnreadableValue)
    if isinstance(value, tuple):
        assert all(isinstance(item, str) for item in value)


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        ("DROPDOWN", "9003"),
        ("DROPDOWN", 9001),
        ("TAG", ["9001", "9003"]),
        ("TAG", "9001"),
        ("DATE", 10**17),
        ("DATE", Decimal("Infinity")),
        ("DATE", Decimal("NaN")),
        ("PERSON", "agx-gone"),
        ("PERSON", {"userKey": "agx-gone"}),
        ("PERSON", ["9001"]),
    ],
)
def test_what_its_type_does_not_explain_is_unreadable_and_like_no_other_value(kind: str, wire: Any) -> None:
    value = decode(Field(key="1", name="F", type=kind, options=OPTIONS), wire)
    assert isinstance(value, UnreadableValue)
    assert value.shown == shown(wire)
    assert not any(same(value, other) for other in (None, "", (), value.shown, (value.shown,)))
    assert shown(value) == f"(unreadable: {value.shown})"


@pytest.mark.parametrize("wire", ["u1", {"userKey": "u1"}, {"userKey": "u1", "email": "jo@acme.example"}])
def test_a_person_is_read_by_the_address_and_never_by_the_key(wire: Any) -> None:
    people = (Option(key="u1", name="jo@acme.example"),)
    assert decode(Field(key="1", name="Owner", type="PERSON", options=people), wire) == "jo@acme.example"


@given(
    fields,
    st.none()
    | st.text()
    | st.booleans()
    | st.decimals(allow_nan=False)
    | st.tuples(st.text())
    | st.datetimes(),
)
def test_whatever_is_to_be_written_is_encoded_or_refused_by_name(field: Field, value: Value) -> None:
    try:
        wire = encode(field, value)
    except (Rejected, Misconfigured) as refusal:
        assert refusal.field == "F"
    else:
        assert decode(field, wire) in (None, value) or field.type == "TEXT_INPUT" or field.type == "TAG"


@pytest.mark.parametrize(
    ("kind", "wire"),
    [("TEXT_INPUT", ""), ("DATE", None), ("CHECKBOX", None), ("DROPDOWN", None), ("TAG", [])],
)
def test_each_type_is_cleared_by_what_the_contract_is_sure_of(kind: str, wire: Any) -> None:
    assert encode(Field(key="1", name="F", type=kind, options=OPTIONS), None) == wire


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_to_the_millisecond(moment: datetime) -> None:
    assert instant(milliseconds(moment)) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@pytest.mark.parametrize("amount", ["1E+3", "0.10", "-0", "1E-7", "123456789012345678901234567890.12"])
def test_a_number_is_written_plainly(amount: str) -> None:
    written = encode(Field(key="1", name="F", type="TEXT_INPUT"), Decimal(amount))
    assert "E" not in written
    assert Decimal(written) == Decimal(amount)
