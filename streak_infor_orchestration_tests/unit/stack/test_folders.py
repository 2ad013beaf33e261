"""What a start finds in the state folder, and what it clears away."""

from pathlib import Path

from streak_infor_orchestration.stack.folders import Folders


def test_launches_under_way_are_kept_and_what_only_dead_processes_knew_goes(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    kept = [
        folders.messages / "1.live.msg",
        folders.held / "task",
        folders.logs / "code.log",
        folders.home / "x.db",
    ]
    gone = [
        folders.messages / "2.live.part",
        folders.messages / "3.live.taken",
        folders.bindings / "celery",
        folders.results / "state",
        folders.ready / "live",
    ]
    for file in (*kept, *gone):
        file.touch()
    folders.make()
    assert all(file.exists() for file in kept) and not any(file.exists() for file in gone)
    assert all(folder.is_dir() for folder in (folders.bindings, folders.results, folders.ready))


def test_each_thing_has_its_own_place_below_the_folder(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    places = {
        "dagster": folders.home,
        "stack.lock": folders.lock,
        "queue/messages": folders.messages,
        "queue/bindings": folders.bindings,
        "queue/results": folders.results,
        "queue/held": folders.held,
        "queue/ready": folders.ready,
        "logs": folders.logs,
        "stack.json": folders.status,
    }
    assert {name: tmp_path / name for name in places} == places
