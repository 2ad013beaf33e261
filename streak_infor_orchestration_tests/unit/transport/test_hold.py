"""Retry-After holds for the system: for every caller that shares the file, whatever process it is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.domain import errors
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.budget import Budget
from streak_infor_orchestration.transport.hold import Hold, about
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint, ok
from streak_infor_orchestration_tests.unit.transport.test_budget import Time


def refusing(status: int, retry_after: str | None = None) -> Response:
    return JSONResponse({}, status, {} if retry_after is None else {"Retry-After": retry_after})


def body(answer: Answer) -> object:
    return answer.body


def hold(path: Path, clock: Time) -> Hold:
    return Hold(path / "hold.db", now=clock, sleep=clock.sleep)


def test_a_wish_holds_for_everybody_until_it_has_passed(tmp_path: Path) -> None:
    clock = Time()
    mine, others = hold(tmp_path, clock), hold(tmp_path, clock)
    assert others.wait(0) == 0
    mine.ask(60)
    clock.now += 20
    assert others.wait(39) == pytest.approx(40), "it is not there in time: nobody waits in vain"
    assert clock.now == 1020
    assert others.wait(40.5) == 0
    assert clock.now == pytest.approx(1060)


def test_a_shorter_wish_does_not_end_a_longer_one(tmp_path: Path) -> None:
    clock = Time()
    shared = hold(tmp_path, clock)
    shared.ask(100)
    shared.ask(3)
    assert shared.wait(0) == pytest.approx(100)


@pytest.mark.parametrize("seconds", [301, 86_400, 999_999_999])
def test_nobody_is_left_alone_for_more_than_five_minutes(tmp_path: Path, seconds: float) -> None:
    shared = hold(tmp_path, Time())
    shared.ask(seconds)
    assert shared.wait(0) == pytest.approx(300)


def test_a_wish_from_before_the_machine_was_started_does_not_count(tmp_path: Path) -> None:
    hold(tmp_path, Time(50_000)).ask(60)
    assert hold(tmp_path, Time(12)).wait(0) == 0


def test_one_records_503_is_its_own_and_two_within_ten_seconds_are_the_systems(tmp_path: Path) -> None:
    clock = Time()
    shared = hold(tmp_path, clock)
    for _ in range(3):
        shared.suspect("box-1", 30)
        clock.now += 1
    assert shared.wait(0) == 0
    clock.now += 10
    shared.suspect("box-2", 30)
    assert shared.wait(0) == 0, "the other one is long ago"
    clock.now += 9.5
    hold(tmp_path, clock).suspect("box-3", 30)
    assert shared.wait(0) == pytest.approx(30)


def test_nothing_leaves_while_the_system_is_held_and_that_is_certainly_not_done(tmp_path: Path) -> None:
    clock, endpoint = Time(), Endpoint(refusing(429, "60"), ok())
    with endpoint.served() as url:
        first, second = (
            HttpClient("t", url, hold=hold(tmp_path, clock), clock=ManualClock()) for _ in range(2)
        )
        for http in (first, second):
            with pytest.raises(errors.Transient) as caught:
                http.write("POST", "/", decode=body)
            assert caught.value.retry_after == pytest.approx(60)
        assert (len(endpoint.seen), caught.value.code) == (1, "held")
        clock.now += 60
        assert second.write("POST", "/", decode=body) == {"ok": True}


def test_a_short_hold_is_waited_for(tmp_path: Path) -> None:
    clock, endpoint = Time(), Endpoint(ok())
    hold(tmp_path, clock).ask(3)
    with endpoint.served() as url:
        HttpClient("t", url, hold=hold(tmp_path, clock), clock=ManualClock()).read("GET", "/", decode=body)
    assert clock.now == pytest.approx(1003)
    assert len(endpoint.seen) == 1


def test_a_hold_that_came_while_a_place_was_waited_for_is_heeded(tmp_path: Path) -> None:
    clock, endpoint = Time(), Endpoint(ok())
    shared = hold(tmp_path, clock)

    class Asked(Budget):
        def acquire(self, seconds: float) -> bool:
            shared.ask(60)
            return super().acquire(seconds)

    budget = Asked(tmp_path / "budget.db", 5, now=clock, sleep=clock.sleep)
    with endpoint.served() as url, pytest.raises(errors.Transient) as caught:
        HttpClient("t", url, budget=budget, hold=shared, clock=ManualClock()).write("POST", "/", decode=body)
    assert (caught.value.code, endpoint.seen) == ("held", [])


@pytest.mark.parametrize("said", [None, "-5", "soon", "0"])
def test_without_a_time_to_wait_only_the_call_backs_off(tmp_path: Path, said: str | None) -> None:
    clock, endpoint = Time(), Endpoint(refusing(429, said), ok())
    with endpoint.served() as url:
        http = HttpClient("t", url, hold=hold(tmp_path, clock), clock=ManualClock())
        assert http.read("GET", "/", decode=body) == {"ok": True}
    assert hold(tmp_path, clock).wait(0) == 0


def test_a_date_holds_as_seconds_do(tmp_path: Path) -> None:
    clock, today = Time(), ManualClock()
    date = f"{today.now().replace(microsecond=0):%a, %d %b %Y %H:}59:59 GMT"
    with Endpoint(refusing(429, date)).served() as url, pytest.raises(errors.IntegrationError):
        HttpClient("t", url, hold=hold(tmp_path, clock), clock=today).read("GET", "/", decode=body)
    assert hold(tmp_path, clock).wait(0) == pytest.approx(300)


def test_who_asks_for_more_than_five_minutes_is_down(tmp_path: Path) -> None:
    """So it is paused, and people are told."""
    with Endpoint(refusing(429, "301")).served() as url, pytest.raises(errors.Unavailable) as caught:
        HttpClient("t", url, clock=ManualClock()).write("POST", "/", decode=body)
    assert caught.value.retry_after == 300


@pytest.mark.parametrize(("records", "held"), [(("b1", "b1"), False), (("b1", "b2"), True)])
def test_a_503_counts_by_the_record_it_was_made_for(
    tmp_path: Path, records: tuple[str, str], held: bool
) -> None:
    """Whatever it asked of it: a write's answer stays unknown."""
    clock, endpoint = Time(), Endpoint(refusing(503, "60"))
    with endpoint.served() as url:
        http = HttpClient("t", url, hold=hold(tmp_path, clock), clock=ManualClock(), attempts=1)
        with about(records[0]), pytest.raises(errors.Unavailable):
            http.read("GET", "/boxes/x", decode=body)
        with about(records[1]), pytest.raises(errors.Unknown):
            http.write("POST", "/boxes/x/comments", decode=body)
    assert (hold(tmp_path, clock).wait(0) > 0) is held


def test_a_503_for_no_record_counts_by_its_path(tmp_path: Path) -> None:
    clock, endpoint = Time(), Endpoint(refusing(503, "60"))
    with endpoint.served() as url:
        http = HttpClient("t", url, hold=hold(tmp_path, clock), clock=ManualClock(), attempts=1)
        for path, held in (("/a", False), ("/a", False), ("/b", True)):
            with pytest.raises(errors.Unavailable):
                http.read("GET", path, decode=body)
            assert (hold(tmp_path, clock).wait(0) > 0) is held


def test_a_file_that_cannot_be_read_stops_calls_before_they_leave(tmp_path: Path) -> None:
    (tmp_path / "hold.db").write_bytes(b"something else, and longer than a header" * 100)
    endpoint = Endpoint(ok())
    with endpoint.served() as url, pytest.raises(errors.Transient) as caught:
        http = HttpClient("t", url, hold=Hold(tmp_path / "hold.db"), clock=ManualClock())
        http.write("POST", "/", decode=body)
    assert (caught.value.code, endpoint.seen) == ("held", [])


def test_what_one_process_was_told_holds_for_another(tmp_path: Path) -> None:
    program = Path(__file__).with_name("hold_process.py")

    def call(timeout: float) -> list[object]:
        command = [sys.executable, str(program), url, str(tmp_path / "hold.db"), str(timeout)]
        return list(json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout))

    endpoint = Endpoint(refusing(429, "200"), ok())
    with endpoint.served() as url:
        assert call(5) == ["http_429", 200]
        code, left = call(5)
        assert (code, len(endpoint.seen)) == ("held", 1)
        assert isinstance(left, float) and 100 < left < 200
