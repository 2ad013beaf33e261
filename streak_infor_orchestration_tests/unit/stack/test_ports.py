import os
import socket
import subprocess
import sys

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


def test_the_largest_port_is_one() -> None:
    try:
        assert choose_port("SOME_PORT", 1, {"SOME_PORT": "65535"}) == 65535
    except PortTaken as taken:
        assert str(taken).startswith("port 65535 is taken")


def test_a_holder_is_told_by_the_beginning_of_its_command() -> None:
    program = (
        "import socket, time; held = socket.create_server(('127.0.0.1', 0));"
        "print(held.getsockname()[1], flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout
            port = int(holder.stdout.readline())
            with pytest.raises(PortTaken) as raised:
                choose_port("SOME_PORT", port, {})
        finally:
            holder.kill()
    assert str(raised.value) == (
        f"port {port} is taken by process {holder.pid} ({' '.join(command)[:80]}); "
        "set SOME_PORT to another port (0 takes any free one)"
    )


def test_a_port_is_free_again_at_once_after_its_connections() -> None:
    """They linger for a minute, and that is nobody's port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, _ = server.accept()
            accepted.close()
            assert client.recv(1) == b""
    assert choose_port("SOME_PORT", port, {}) == port
