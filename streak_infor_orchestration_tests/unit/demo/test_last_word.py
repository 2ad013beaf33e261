"""When a deal's story is over for now: the demo waits for nothing less and nothing more."""

from datetime import UTC, datetime
from typing import Any

import pytest

from streak_infor_orchestration.demo.gateway import last_word


def at(second: int) -> str:
    return datetime(2026, 11, 23, 12, 0, second, tzinfo=UTC).isoformat()


SINCE = datetime(2026, 11, 23, 12, 0, 10, tzinfo=UTC)
OUTCOME = {"run_id": "r2", "finished_at": at(14)}


def story(**changes: Any) -> dict[str, Any]:
    """Told of at second 11, looked at until second 14."""
    told = {
        "events": [{"at": at(11), "echo": False}],
        "outcomes": [OUTCOME, {"run_id": "r1", "finished_at": at(5)}],
        "pending": None,
    }
    return told | changes


def test_the_outcome_after_the_event_is_the_last_word() -> None:
    assert last_word(story(), SINCE) == OUTCOME


@pytest.mark.parametrize(
    "changes",
    [
        {"pending": {"lane": "live"}},
        {"outcomes": []},
        {"outcomes": [{"run_id": "r1", "finished_at": at(5)}]},
        {"events": [{"at": at(9), "echo": False}]},
        {"events": [{"at": at(15), "echo": False}, {"at": at(11), "echo": False}]},
    ],
)
def test_until_then_there_is_none(changes: dict[str, Any]) -> None:
    assert last_word(story(**changes), SINCE) is None


def test_an_echo_of_an_own_write_is_no_news() -> None:
    echoed = story(events=[{"at": at(15), "echo": True}, {"at": at(11), "echo": False}])
    assert last_word(echoed, SINCE) == OUTCOME
