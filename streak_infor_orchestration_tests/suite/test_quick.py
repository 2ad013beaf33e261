"""The quick loop is what its list says: nothing in it has moved away unnoticed."""

import pytest

from streak_infor_orchestration_tests.suite.quick import CHOSEN, LEFT_OUT, TESTS, is_chosen


@pytest.mark.parametrize("path", [*CHOSEN, *LEFT_OUT])
def test_everything_named_is_there(path: str) -> None:
    assert (TESTS / path).exists()


@pytest.mark.parametrize("path", LEFT_OUT)
def test_what_is_left_out_would_be_chosen(path: str) -> None:
    assert any((TESTS / path).is_relative_to(TESTS / chosen) for chosen in CHOSEN)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_of_two_databases_it_takes_sqlite(request: pytest.FixtureRequest, database_url: str) -> None:
    assert is_chosen(request.node) == (database_url == "sqlite")
