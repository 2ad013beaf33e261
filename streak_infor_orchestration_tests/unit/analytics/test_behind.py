"""Which boxes' tasks or activities are to be read again."""

from pathlib import Path

from streak_infor_orchestration.analytics.behind import boxes_behind
from streak_infor_orchestration.analytics.streak_tables import TASKS
from streak_infor_orchestration_tests.unit.analytics.rows import opened, store


def day(number: int) -> str:
    return f"2026-03-{number:02}T08:30:00.250000Z"


def test_those_that_were_saved_after_they_were_read_and_those_that_say_they_have_some(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    assert boxes_behind(warehouse, TASKS, "tasks", 10) == [], "no box is known"
    store(
        warehouse,
        "streak/boxes",
        {"key": "never read", "saved": day(1), "tasks": 1},
        {"key": "has none", "saved": day(9), "tasks": 0},
        {"key": "as read", "saved": day(2), "tasks": 1},
        {"key": "saved since", "saved": day(4), "tasks": 1},
        {"key": "emptied since", "saved": day(5), "tasks": 0},
        {"key": "read in part", "saved": day(6), "tasks": 2},
    )
    assert boxes_behind(warehouse, TASKS, "tasks", 10) == [
        ("read in part", day(6)),
        ("saved since", day(4)),
        ("as read", day(2)),
        ("never read", day(1)),
    ], "nothing was read of any yet"
    store(
        warehouse,
        "streak/tasks",
        {"key": "1", "box_key": "as read", "box_saved": day(2)},
        {"key": "2", "box_key": "saved since", "box_saved": day(3)},
        {"key": "3", "box_key": "emptied since", "box_saved": day(3)},
        {"key": "4", "box_key": "read in part", "box_saved": day(5)},
        {"key": "5", "box_key": "read in part", "box_saved": day(6)},
    )
    behind = [key for key, _ in boxes_behind(warehouse, TASKS, "tasks", 10)]
    assert behind == ["read in part", "emptied since", "saved since", "never read"]
    assert boxes_behind(warehouse, TASKS, "tasks", 2) == [("read in part", day(6)), ("emptied since", day(5))]
