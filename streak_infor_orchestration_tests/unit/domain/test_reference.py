"""References and tokens that stand in customers' ERPs and on their deals: a release that made others of the same record
would find none of its orders again."""

import pytest

from streak_infor_orchestration.domain.reference import GENERATIONS, SALTS, reference, token

TEAM, BOX = "agx-team", "agx-box"


@pytest.mark.parametrize(
    ("salt", "generation", "expected"),
    [
        (0, 1, "STKIVKTHI3NUBAVMKCWBU6SYJFXSZX76"),
        (3, 1, "STKGPBWUIBLS36RRUKS26CRP72GFRMDA"),
        (0, 2, "STKQCSXGBBGIWFMDEZNOQ46U2QPP2SSS"),
        (1, 9, "STKEOBM3X2GCWJQQ67KLBFPRIWLEGX4P"),
    ],
)
def test_a_reference_is_the_same_for_ever(salt: int, generation: int, expected: str) -> None:
    assert reference(TEAM, BOX, length=32, salt=salt, generation=generation) == expected


def test_unless_asked_for_another_it_is_that_of_the_first_order_of_the_first_candidate() -> None:
    assert reference(TEAM, BOX, length=32) == reference(TEAM, BOX, length=32, salt=0, generation=1)


@pytest.mark.parametrize(("length", "expected"), [(8, 8), (31, 31), (32, 32), (33, 32), (200, 32)])
def test_it_is_as_long_as_the_field_allows_and_begins_alike(length: int, expected: int) -> None:
    made = reference(TEAM, BOX, length=length)
    assert len(made) == expected
    assert reference(TEAM, BOX, length=32).startswith(made)


def test_its_prefix_is_the_companys() -> None:
    made = reference(TEAM, BOX, length=32, prefix="CRM")
    assert made == "CRM" + reference(TEAM, BOX, length=32).removeprefix("STK")


def test_no_two_of_a_records_references_are_alike_nor_those_of_two_records() -> None:
    made = {
        reference(team, box, length=32, salt=salt, generation=generation)
        for team, box in ((TEAM, BOX), (TEAM, "agx-other"), ("agx-teama", "gx-box"), ("agx", "-teamagx-box"))
        for salt in SALTS
        for generation in GENERATIONS
    }
    assert len(made) == 4 * 4 * 9


def test_the_mark_of_a_comment_is_the_same_for_ever() -> None:
    assert token("STKABC", "credit hold") == "EKAIL37M"
