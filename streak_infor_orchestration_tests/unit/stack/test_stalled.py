"""When a worker is taken for one whose tasks no longer reach its children."""

from streak_infor_orchestration.stack.stalled import PATIENCE, Stalled


def test_a_task_that_waits_beside_a_free_child_for_too_long() -> None:
    stalled = Stalled(children=2)
    assert not stalled.is_stalled(waiting=1, executing=1, now=100.0)
    assert not stalled.is_stalled(waiting=1, executing=1, now=100.0 + PATIENCE)
    assert stalled.is_stalled(waiting=1, executing=1, now=100.1 + PATIENCE)


def test_while_all_children_work_tasks_may_wait() -> None:
    stalled = Stalled(children=2)
    for now in (100.0, 200.0):
        assert not stalled.is_stalled(waiting=1, executing=2, now=now)
    assert not stalled.is_stalled(waiting=1, executing=1, now=201.0), "it has just become free"


def test_a_task_that_is_taken_ends_the_wait() -> None:
    stalled = Stalled(children=2)
    assert not stalled.is_stalled(waiting=1, executing=0, now=100.0)
    assert not stalled.is_stalled(waiting=0, executing=1, now=102.0)
    assert not stalled.is_stalled(waiting=1, executing=0, now=100.1 + PATIENCE)
