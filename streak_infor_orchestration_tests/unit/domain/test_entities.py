"""Every entity of an ERP has a record."""

from typing import get_args

from streak_infor_orchestration.domain.entities import RECORDS, Entity


def test_what_can_be_asked_for_and_what_is_known_are_the_same() -> None:
    assert tuple(RECORDS) == get_args(Entity)
    assert len(set(RECORDS.values())) == len(RECORDS)
