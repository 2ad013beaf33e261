"""The supervisor over real, small processes."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from streak_infor_orchestration.stack import Service, StackError
from streak_infor_orchestration.stack import supervisor as supervisor_module
from streak_infor_orchestration.stack.ports import free_port
from streak_infor_orchestration.stack.signs import answers
from streak_infor_orchestration.stack.supervisor import Supervisor, pause_after

Start = Callable[..., Supervisor]
WAIT = ("sleep", "300")


def until(happened: Callable[[], bool], within: float = 10.0) -> None:
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervise(tmp_path: Path, said: list[str]) -> Iterator[Start]:
    made: list[Supervisor] = []

    def start(*services: Service) -> Supervisor:
        supervisor = Supervisor(services, os.environ, tmp_path, said.append)
        made.append(supervisor)
        supervisor.start()
        return supervisor

    yield start
    for supervisor in made:
        supervisor.stop(grace=2)


def pid_of(supervisor: Supervisor, name: str) -> int:
    pid = supervisor.watched[name].pid
    assert pid is not None
    return pid


def test_a_service_starts_only_when_those_before_it_are_ready(
    supervise: Start, said: list[str], tmp_path: Path
) -> None:
    first = Service(
        "first", ("sh", "-c", f"sleep 0.3; touch {tmp_path}/up; sleep 300"), ready=lambda _: up.exists()
    )
    up = tmp_path / "up"
    second = Service("second", ("sh", "-c", f"test -e {up} && sleep 300"), after=("first",))

    supervise(second, first)

    assert [line.partition(":")[0] for line in said] == ["first", "second"]


def test_what_is_done_once_is_waited_for_and_not_repeated(supervise: Start, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    supervise(
        Service("prepare", ("sh", "-c", f"sleep 0.2; echo x >> {marks}"), once=True),
        Service("serve", WAIT, after=("prepare",)),
    )
    time.sleep(0.2)

    assert marks.read_text() == "x\n"


def test_a_killed_service_is_started_anew(supervise: Start, said: list[str]) -> None:
    supervisor = supervise(Service("serve", WAIT))
    before = pid_of(supervisor, "serve")

    os.kill(before, signal.SIGKILL)

    until(lambda: supervisor.watched["serve"].pid not in (None, before))
    until(lambda: supervisor.watched["serve"].ready)
    assert any("killed by SIGKILL, starting it anew" in line for line in said)


def web_server(tmp_path: Path, hangs_after: float) -> Service:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    serve = ("http.server", "--bind", "127.0.0.1", "--directory", str(tmp_path), str(port))
    return Service(
        "web",
        (sys.executable, "-m", *serve),
        ready=url,
        health=partial(answers, url),
        hangs_after=hangs_after,
    )


def test_a_service_that_lives_and_does_not_answer_is_started_anew(
    supervise: Start, said: list[str], tmp_path: Path
) -> None:
    supervisor = supervise(web_server(tmp_path, hangs_after=0.6), Service("other", WAIT))
    before, other = pid_of(supervisor, "web"), pid_of(supervisor, "other")

    os.kill(before, signal.SIGSTOP)

    until(lambda: supervisor.watched["web"].pid not in (None, before))
    until(lambda: supervisor.watched["web"].ready)
    assert not alive(before)
    assert sum("does not answer any more" in line for line in said) == 1
    assert pid_of(supervisor, "other") == other


def test_a_service_that_pauses_for_a_moment_is_left_alone(
    supervise: Start, said: list[str], tmp_path: Path
) -> None:
    supervisor = supervise(web_server(tmp_path, hangs_after=3.0))
    before = pid_of(supervisor, "web")
    for _ in range(2):  # each is shorter than the patience, both together are not
        os.kill(before, signal.SIGSTOP)
        time.sleep(1.6)
        os.kill(before, signal.SIGCONT)
        time.sleep(0.5)

    assert pid_of(supervisor, "web") == before
    assert not any("does not answer" in line for line in said)


def test_a_service_that_dies_again_and_again_is_given_longer_pauses(
    supervise: Start, said: list[str]
) -> None:
    supervise(Service("serve", WAIT), Service("broken", ("sh", "-c", "exit 3"), critical=False))

    until(lambda: sum("broken" in line for line in said) >= 4)

    pauses = [line.rpartition("anew in ")[2] for line in said if "exit code 3" in line]
    assert pauses[:3] == ["0.2 s", "0.4 s", "0.8 s"]


def test_pauses_double_up_to_a_quarter_of_a_minute_however_often_it_died() -> None:
    assert [pause_after(deaths) for deaths in (1, 2, 3, 7)] == [0.2, 0.4, 0.8, 12.8]
    assert {pause_after(deaths) for deaths in (8, 9, 100, 5000)} == {15.0}


def test_one_that_had_settled_begins_with_the_shortest_pause_again(
    supervise: Start, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = supervise(Service("serve", ("sleep", "0.5"), critical=False), Service("other", WAIT))
    until(lambda: any("anew in 0.4 s" in line for line in said), within=40)
    monkeypatch.setattr(supervisor_module, "SETTLED", 0.0)
    said.clear()
    until(lambda: any("anew in 0.2 s" in line for line in said), within=40)
    assert pid_of(supervisor, "other")


def test_a_service_that_is_started_anew_leaves_no_orphan(supervise: Start, tmp_path: Path) -> None:
    """What it had started holds its port, or works on."""
    children = tmp_path / "children"
    script = f"sleep 300 & echo $! >> {children}; exec sleep 300"
    supervisor = supervise(Service("parent", ("sh", "-c", script), ready=lambda _: children.exists()))
    before = pid_of(supervisor, "parent")
    until(lambda: children.read_text().strip() != "")
    orphan = int(children.read_text().split()[0])
    assert alive(orphan)

    os.kill(before, signal.SIGKILL)

    until(lambda: len(children.read_text().split()) == 2)
    until(lambda: not alive(orphan))
    assert pid_of(supervisor, "parent") != before


def test_a_service_that_ends_by_itself_with_0_is_started_anew_too(supervise: Start, said: list[str]) -> None:
    supervise(Service("brief", ("sleep", "0.05"), critical=False), Service("other", WAIT))
    until(lambda: any("brief: ended with exit code 0, starting it anew" in line for line in said))


def test_what_is_not_critical_does_not_hold_up_the_start(supervise: Start) -> None:
    supervisor = supervise(
        Service("slow", WAIT, ready=lambda _: False, critical=False), Service("other", WAIT)
    )
    assert not supervisor.watched["slow"].ready and supervisor.watched["other"].ready
    assert not supervisor.failure and not supervisor.ended.is_set()


def test_a_critical_service_that_does_not_come_up_ends_the_start_with_its_log(supervise: Start) -> None:
    other = Service("other", WAIT)
    broken = Service("broken", ("sh", "-c", "echo no such database; exit 3"), ready=lambda _: False)

    with pytest.raises(StackError) as raised:
        supervise(other, broken)

    assert "broken ended with exit code 3" in str(raised.value)
    assert "no such database" in str(raised.value)


def test_what_is_told_of_a_start_that_fails(supervise: Start, said: list[str], tmp_path: Path) -> None:
    with pytest.raises(StackError) as raised:
        supervise(Service("once", ("sh", "-c", "echo no such table; exit 3"), once=True))
    assert said == ["once: ended with exit code 3, starting it anew in 0.2 s"]
    log = tmp_path / "once.log"
    assert str(raised.value) == (
        f"once ended with exit code 3; the end of {log}:\n    no such table\n    no such table"
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    supervisor = Supervisor([Service("x", ("/no/such/program",))], os.environ, tmp_path, lambda line: None)
    with pytest.raises(StackError, match=r"^the supervisor failed: FileNotFoundError"):
        supervisor.start()


def test_a_critical_service_that_was_ready_is_started_anew_for_ever(
    supervise: Start, said: list[str], tmp_path: Path
) -> None:
    up = tmp_path / "up"
    once_up = ("sh", "-c", f"test -e {up} && exit 3; touch {up}; exec sleep 300")
    supervisor = supervise(Service("serve", once_up, ready=lambda _: up.exists()))
    os.kill(pid_of(supervisor, "serve"), signal.SIGTERM)
    until(lambda: len(said) == 4)
    assert said[1:] == [
        "serve: killed by SIGTERM, starting it anew in 0.2 s",
        "serve: ended with exit code 3, starting it anew in 0.4 s",
        "serve: ended with exit code 3, starting it anew in 0.8 s",
    ]
    assert not supervisor.failure and not supervisor.ended.is_set()


def test_one_that_was_never_started_can_be_stopped(tmp_path: Path) -> None:
    supervisor = Supervisor([Service("x", WAIT)], os.environ, tmp_path, lambda line: None)
    supervisor.stop()
    assert (tmp_path / "x.log").read_text() == "" and supervisor.watched["x"].pid is None


def test_who_is_stopped_while_starting_is_told_so(tmp_path: Path) -> None:
    slow = Service("slow", WAIT, ready=lambda _: False)
    supervisor = Supervisor([slow], os.environ, tmp_path, lambda line: None)
    threading.Timer(0.2, supervisor.stop, (1.0,)).start()
    with pytest.raises(StackError, match=r"^stopped while starting$"):
        supervisor.start()


def test_the_warm_process_imports_and_calls_what_it_can(supervise: Start, tmp_path: Path) -> None:
    """What it cannot is in its log, and no reason not to start: the program itself will fail, or not."""
    (tmp_path / "prepared.py").write_text("import os\ndef paint(): os.environ['x'] = '1'; print('painted')\n")
    waiter = "import sys, signal, time; print('prepared' in sys.modules, signal.getsignal(signal.SIGINT) is"
    (tmp_path / "waiter.py").write_text(f"{waiter} signal.default_int_handler); time.sleep(300)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        patch.setenv("PYTHONUNBUFFERED", "1")
        supervisor = supervise(
            Service("waiter", module="waiter", preload=("no_such_module", "prepared:paint", "decimal"))
        )
        until(lambda: "True" in (tmp_path / "waiter.log").read_text())
    assert (tmp_path / "waiter.log").read_text() == "True True\n"
    warm = (tmp_path / "warm.log").read_text()
    assert "ModuleNotFoundError: No module named 'no_such_module'" in warm and "painted\n" in warm
    assert oct((tmp_path / "waiter.log").stat().st_mode & 0o777) in ("0o644", "0o600")
    pid = pid_of(supervisor, "waiter")
    assert os.getpgid(pid) == pid, "a group of its own, so that its children end with it"
    os.kill(pid, signal.SIGINT)
    until(lambda: supervisor.watched["waiter"].pid not in (None, pid))


def test_a_failed_start_leaves_nothing_running(tmp_path: Path) -> None:
    services = [Service("other", WAIT), Service("broken", ("false",), ready=lambda _: False)]
    seen: list[str] = []
    supervisor = Supervisor(services, os.environ, tmp_path, seen.append)

    with pytest.raises(StackError):
        supervisor.start()

    (ready,) = [line for line in seen if line.startswith("other: ready")]
    assert not alive(int(ready.rpartition("process ")[2].rstrip(")")))


def test_a_service_that_never_gets_ready_is_ended_and_tried_again(supervise: Start, said: list[str]) -> None:
    slow = Service("slow", WAIT, ready=lambda _: False, patience=0.2)

    with pytest.raises(StackError, match="killed by SIGKILL"):
        supervise(slow)

    assert said[0].startswith("slow: not ready after")


def test_a_service_can_be_asked_to_end_whatever_its_starter_ignores(supervise: Start, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        supervisor = supervise(Service("polite", WAIT))
        asked = time.monotonic()
        supervisor.stop(grace=20)
        assert time.monotonic() - asked < 10
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_others_need_is_stopped_after_them(supervise: Start, tmp_path: Path) -> None:
    ends = tmp_path / "ends"
    script = f"trap 'sleep 0.$1; echo $0 >> {ends}; exit' TERM; touch {ends}.$0; while :; do sleep 0.05; done"

    def service(name: str, tenths: str, *after: str) -> Service:
        began = Path(f"{ends}.{name}")
        return Service(name, ("sh", "-c", script, name, tenths), ready=lambda _: began.exists(), after=after)

    supervisor = supervise(
        service("needed", "0"), service("slow", "4", "needed"), service("quick", "1", "needed")
    )
    supervisor.stop(grace=20)

    assert ends.read_text().split() == ["quick", "slow", "needed"]


def test_what_ignores_the_request_is_killed_after_the_grace_together_with_its_children(
    supervise: Start, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    script = f"trap '' TERM; sleep 300 & echo $! > {child}; wait; wait"
    supervisor = supervise(Service("deaf", ("sh", "-c", script), ready=lambda _: child.exists()))
    until(lambda: child.read_text().strip() != "")

    supervisor.stop(grace=0.3)

    until(lambda: not alive(int(child.read_text())))


def test_when_stop_returns_nothing_is_left_of_what_had_to_be_killed(supervise: Start, tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(300)"
    )
    (tmp_path / "deaf.py").write_text(deaf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        patch.setenv("PYTHONUNBUFFERED", "1")
        supervisor = supervise(
            Service("plain", (sys.executable, str(tmp_path / "deaf.py"))), Service("warm", module="deaf")
        )
        until(lambda: all("deaf" in (tmp_path / f"{name}.log").read_text() for name in ("plain", "warm")))
    pids = [pid_of(supervisor, name) for name in ("plain", "warm")]
    warm = int(Path(f"/proc/{pids[1]}/stat").read_text().rpartition(")")[2].split()[1])

    supervisor.stop(grace=0.1)

    assert [pid for pid in (*pids, warm) if Path(f"/proc/{pid}").exists()] == []


def test_a_warm_service_runs_as_its_module_would(supervise: Start, tmp_path: Path) -> None:
    program = "import os, sys; print(sys.argv, os.environ['COLOUR'], __name__); import time; time.sleep(300)"
    (tmp_path / "painter.py").write_text(program)
    service = Service(
        "painter",
        module="painter",
        argv=("--large",),
        env={"COLOUR": "blue", "PYTHONUNBUFFERED": "1"},
        preload=("decimal",),
    )
    log = tmp_path / "painter.log"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        patch.setenv("PYTHONUNBUFFERED", "1")
        supervisor = supervise(service)
        until(lambda: "blue" in log.read_text())

    assert log.read_text().split() == [f"['{tmp_path / 'painter.py'}',", "'--large']", "blue", "__main__"]
    before = pid_of(supervisor, "painter")
    os.kill(before, signal.SIGKILL)
    until(lambda: supervisor.watched["painter"].pid not in (None, before))


def test_when_the_warm_process_dies_its_forks_die_and_come_back(supervise: Start, tmp_path: Path) -> None:
    (tmp_path / "waiter.py").write_text("import time; time.sleep(300)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        supervisor = supervise(Service("waiter", module="waiter"))
    before = pid_of(supervisor, "waiter")
    warm = int(Path(f"/proc/{before}/stat").read_text().rpartition(")")[2].split()[1])

    os.kill(warm, signal.SIGKILL)

    until(lambda: not alive(before))
    until(lambda: supervisor.watched["waiter"].pid not in (None, before))
    assert supervisor.watched["waiter"].ready


def test_no_service_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    """The kernel ends them: nobody else is left to do so."""
    (tmp_path / "waiter.py").write_text("import time; time.sleep(300)")
    pids = tmp_path / "pids"
    script = f"""
import os, sys, time
from pathlib import Path
from streak_infor_orchestration.stack import Service
from streak_infor_orchestration.stack.supervisor import Supervisor
services = [Service("plain", ("sleep", "300")), Service("warm", module="waiter")]
supervisor = Supervisor(services, os.environ, Path({str(tmp_path)!r}), print)
supervisor.start()
Path({str(pids)!r}).write_text(" ".join(str(watched.pid) for watched in supervisor.watched.values()))
time.sleep(300)
"""
    environ = {**os.environ, "PYTHONPATH": f"{tmp_path}:{Path.cwd()}"}
    supervisor = os.posix_spawn(sys.executable, [sys.executable, "-c", script], environ)
    try:
        until(lambda: pids.exists() and len(pids.read_text().split()) == 2, within=30)
        services = [int(pid) for pid in pids.read_text().split()]
        assert all(alive(pid) for pid in services)
    finally:
        os.kill(supervisor, signal.SIGKILL)
        os.waitpid(supervisor, 0)

    until(lambda: not any(alive(pid) for pid in services))
