import os
import socket

import pytest

from streak_infor_orchestration.stack import PortTaken, choose_port


def test_the_default_counts_where_the_variable_is_unset_or_empty() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    assert choose_port("SOME_PORT", free, {}) == free
    assert choose_port("SOME_PORT", free, {"SOME_PORT": ""}) == free


def test_zero_takes_a_free_port() -> None:
    port = choose_port("SOME_PORT", 8787, {"SOME_PORT": "0"})

    assert port not in (0, 8787)


def test_a_taken_port_is_named_with_its_variable_and_its_holder() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        with pytest.raises(PortTaken) as raised:
            choose_port("SOME_PORT", port, {})

    assert f"port {port} is taken by process {os.getpid()} " in str(raised.value)
    assert "set SOME_PORT" in str(raised.value)


@pytest.mark.parametrize("text", ["http", "-1", "65536"])
def test_what_is_no_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="SOME_PORT"):
        choose_port("SOME_PORT", 8787, {"SOME_PORT": text})
