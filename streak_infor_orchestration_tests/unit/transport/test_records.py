"""One record of a list that is not as promised stops no other; one that answers a question is never left out."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, field_validator

from streak_infor_orchestration.domain.errors import Unreadable
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.transport.records import Records, reason


class Thing(BaseModel):
    id: str
    size: int


class Told(list[LeftOut]):
    """What was told, and the records that tell it."""

    def records(self) -> Records:
        return Records("infor", self.append)


def key(item: Any) -> str:
    return str(item["id"])


GOOD, BAD = {"id": "T-1", "size": 1}, {"id": "T-2", "size": "secret"}


def test_a_walk_leaves_out_what_cannot_be_read_and_tells_it_once() -> None:
    told = Told()
    read = told.records().readable("things", [BAD, GOOD], Thing.model_validate, key)
    assert read == (Thing(id="T-1", size=1),)
    (odd,) = told
    assert (odd.system, odd.entity, odd.key) == ("infor", "things", "T-2")
    assert odd.why == "its size is no whole number" and "secret" not in odd.why


@pytest.mark.parametrize("odd", [{"size": 1}, {}, None, "text", 5, [], {"id": None, "size": 1}])
def test_one_without_a_key_is_left_out_beside_others(odd: Any) -> None:
    told = Told()
    assert len(told.records().readable("things", [GOOD, odd], Thing.model_validate, key)) == 1
    assert len(told) == 1


def test_the_same_nameless_record_has_the_same_name_each_time() -> None:
    told = Told()
    for _ in range(2):
        told.records().readable("things", [GOOD, {"size": 2}], Thing.model_validate, key)
    told.records().readable("things", [GOOD, {"size": 3}], Thing.model_validate, key)
    assert told[0] == told[1] != told[2]


@pytest.mark.parametrize(
    "page", [[{}], [[]], [None, {}], [{"id": f"T-{n}", "size": None} for n in range(20)]]
)
def test_a_page_that_holds_no_records_at_all_is_no_page(page: list[Any]) -> None:
    told = Told()
    with pytest.raises(ValueError, match="nothing on the page"):
        told.records().readable("things", page, Thing.model_validate, key)
    assert told == []


def test_a_few_that_are_all_odd_are_left_out() -> None:
    told = Told()
    page = [{"id": f"T-{n}", "size": None} for n in range(19)]
    assert told.records().readable("things", page, Thing.model_validate, key) == ()
    assert len(told) == 19
    assert told.records().readable("things", [], Thing.model_validate, key) == ()


def test_the_answer_to_a_question_is_whole_or_none() -> None:
    records = Told().records()
    assert len(records.all("things", [GOOD, GOOD], Thing.model_validate, key)) == 2
    with pytest.raises(Unreadable) as caught:
        records.all("things", [GOOD, BAD], Thing.model_validate, key)
    assert (caught.value.code, caught.value.system) == ("unreadable_record", "infor")
    assert (caught.value.field, caught.value.value) == ("things", "T-2")
    assert caught.value.message == "thing T-2 in the ERP cannot be read: its size is no whole number"


def test_what_has_no_key_may_be_no_record() -> None:
    with pytest.raises(ValueError, match="size"):
        Told().records().one("things", {"hello": "world"}, Thing.model_validate, key)


@pytest.mark.parametrize(
    ("odd", "why"),
    [({"id": "T-2"}, "its size is missing"), ({"id": "T-2", "size": None}, "its size is empty")],
)
def test_what_is_wrong_of_a_whole_number_is_said_in_words(odd: Any, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Told().records().one("things", odd, Thing.model_validate, key)
    assert caught.value.record.why == why


class Whole(BaseModel):
    model_config = ConfigDict(strict=True)

    text: str = ""
    whole: int = 0
    number: float = 0
    amount: Decimal = Decimal(0)
    yes: bool = True
    day: date = date(2026, 3, 2)
    at: AwareDatetime | None = None
    lines: list[Thing] = []
    pair: tuple[int, ...] = ()
    by_name: dict[str, int] = {}
    thing: Thing | None = None
    kind: Literal["a", "b"] = "a"
    sku: str = ""

    @field_validator("sku")
    @classmethod
    def _known(cls, sku: str) -> str:
        if sku == "?":
            raise ValueError("is known to nobody")
        return sku


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"text": 5}, "its text is no text"),
        ({"whole": "5"}, "its whole is no whole number"),
        ({"number": "5"}, "its number is no number"),
        ({"amount": "x"}, "its amount is no number"),
        ({"yes": 7}, "its yes is no yes or no"),
        ({"day": "x"}, "its day is no date"),
        ({"at": "x"}, "its at is no time"),
        ({"at": "2026-03-02T09:00:00"}, "its at is no time with its zone"),
        ({"lines": 5}, "its lines is no list"),
        ({"pair": 5}, "its pair is no list"),
        ({"by_name": 5}, "its by_name is no group of values"),
        ({"thing": 5}, "its thing is no group of values"),
        ({"kind": "c"}, "its kind is not as promised"),
        ({"sku": "?"}, "its sku is known to nobody"),
        ({"lines": [{"id": "1", "size": 1}, {"id": "2"}]}, "its lines 2 size is missing"),
        (
            {"text": 5, "whole": None, "sku": "?"},
            "its text is no text; its whole is empty; its sku is known to nobody",
        ),
        (
            {"text": 5, "whole": None, "number": None, "sku": "?"},
            "its text is no text; its whole is empty; its number is empty; …",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words_without_the_value(wrong: dict[str, Any], why: str) -> None:
    lax = {"day", "at", "amount"}  # of texts, as JSON brings them
    with pytest.raises(ValidationError) as caught:
        Whole.model_validate(wrong, strict=False if lax & wrong.keys() else None)
    assert reason(caught.value) == why


def test_what_is_wrong_is_said_of_other_errors_as_well() -> None:
    assert reason(KeyError("id")) == "it is not built as promised"
