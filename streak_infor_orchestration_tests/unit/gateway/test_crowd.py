"""Who makes room for whom, and how often that is told; the connections are the tests', the crowd is the gateway's."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest

from streak_infor_orchestration.gateway import connections as module
from streak_infor_orchestration.gateway.connections import Connection, Crowd, RequestLimits, connections


class Waiting:
    """A connection that owes a request."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.aborted = False
        self.transport = SimpleNamespace(abort=self._abort)

    def _abort(self) -> None:
        self.aborted = True


def joined(crowd: Crowd, *addresses: str) -> list[Any]:
    waiting: list[Any] = [Waiting(address) for address in addresses]
    for connection in waiting:
        crowd.join(connection)
    return waiting


def dropped(waiting: list[Any]) -> list[int]:
    return [number for number, connection in enumerate(waiting) if connection.aborted]


def test_of_one_client_the_longest_waiting_makes_room() -> None:
    waiting = joined(Crowd(RequestLimits(of_one=2, in_all=10)), "a", "b", "a", "a", "b", "a")
    assert dropped(waiting) == [0, 2]


def test_of_all_the_longest_waiting_makes_room() -> None:
    waiting = joined(Crowd(RequestLimits(of_one=10, in_all=3)), "a", "b", "c", "d", "e")
    assert dropped(waiting) == [0, 1]


def test_who_has_left_or_begins_anew_is_not_the_longest_any_more() -> None:
    crowd = Crowd(RequestLimits(of_one=3, in_all=3))
    first, second, third = joined(crowd, "a", "a", "a")
    crowd.leave(first)
    crowd.leave(first)
    crowd.join(second)
    (fourth,) = joined(crowd, "a")
    assert not any(one.aborted for one in (first, second, third, fourth))
    joined(crowd, "a")
    assert (second.aborted, third.aborted) == (False, True)


def test_nothing_is_kept_of_clients_that_are_gone() -> None:
    crowd = Crowd(RequestLimits())
    for connection in joined(crowd, "a", "a", "b"):
        crowd.leave(connection)
    assert not crowd._all and not crowd._by_client


def test_drops_are_told_once_a_minute_with_their_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    crowd, told = Crowd(RequestLimits()), list[tuple[float, str]]()
    for now in (5.0, 6.0, 65.0, 65.5, 66.0, 200.0):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda now=now: now))
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            crowd.drop(joined(crowd, "a")[0])
        told += [(now, message) for message in caplog.messages]
    told_of = "connections dropped that owed a request, or a part of one"
    assert told == [(5.0, f"1 {told_of}"), (65.5, f"3 {told_of}"), (200.0, f"2 {told_of}")]


def test_each_server_has_a_crowd_of_its_own() -> None:
    limits = RequestLimits(of_one=7)
    one, other = connections(limits), connections(limits)
    assert one.__name__ == "Connection" and issubclass(one, Connection)
    assert one.limits is limits and one.crowd is not other.crowd
    assert (one.address, one._arriving, one._head_bytes, one._deadline) == ("", False, 0, None)
