"""The services of a stack: what each waits for, and when it is taken for one that hangs."""

import sys
from pathlib import Path

from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.stack import CodeLocation, Service
from streak_infor_orchestration.stack.dagster_services import daemons, workers
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.gateway_service import gateway


def services(root: Path) -> dict[str, Service]:
    folders = Folders(claimed(root))
    folders.make()
    location = CodeLocation("some.module", "made", "shown")
    found = [*workers(folders, location), *daemons(folders, location, 4266, 3000, []), gateway(8787)]
    return {service.name: service for service in found}


def test_tables_come_before_all_and_the_code_server_before_who_asks_it(tmp_path: Path) -> None:
    found = services(tmp_path)
    assert {name: service.after for name, service in found.items()} == {
        "instance": (),
        "live": ("instance",),
        "bulk": ("instance",),
        "code": ("instance",),
        "daemon": ("instance", "code"),
        "webserver": ("instance", "code"),
        "gateway": ("instance",),
    }
    assert found["instance"].once and not any(found[name].once for name in found if name != "instance")
    assert all(service.critical for service in found.values())


def test_how_long_each_may_show_no_sign_of_life(tmp_path: Path) -> None:
    """As docs/operations.md says."""
    found = services(tmp_path)
    assert {name: service.hangs_after for name, service in found.items() if service.health} == {
        "live": 15.0,
        "bulk": 15.0,
        "code": 15.0,
        "daemon": 60.0,
        "webserver": 60.0,
        "gateway": 30.0,
    }


def test_live_runs_have_two_children_and_bulk_ones_one(tmp_path: Path) -> None:
    found = services(tmp_path)
    for queue, children in (("live", 2), ("bulk", 1)):
        assert found[queue].argv == (
            f"--queue={queue}",
            f"--children={children}",
            "--module=some.module",
            f"--state={tmp_path}",
        )
    assert found["instance"].argv == (sys.executable, "-m", "streak_infor_orchestration.stack.instance")


def test_the_definitions_served_are_those_of_the_location(tmp_path: Path) -> None:
    code = services(tmp_path)["code"]
    wanted = {"--module-name=some.module", "--location-name=shown", f"--working-directory={Path.cwd()}"}
    assert wanted <= set(code.argv) and "some.module:made" in code.preload


def test_a_worker_is_ready_when_this_very_process_has_said_so(tmp_path: Path) -> None:
    live = services(tmp_path)["live"]
    assert not live.is_ready(42)
    (tmp_path / "queue" / "ready" / "live").write_text("41")
    assert not live.is_ready(42) and live.is_ready(41)


def test_the_gateway_is_told_its_port(tmp_path: Path) -> None:
    found = services(tmp_path)["gateway"]
    assert found.env == {"STREAK_INFOR_GATEWAY_PORT": "8787"}
    assert found.ready == "http://127.0.0.1:8787/healthz"


def test_what_does_its_work_once_is_ready_when_that_is_done() -> None:
    assert Service("serve", ("x",)).is_ready(1)
    assert not Service("prepare", ("x",), once=True).is_ready(1)
