"""Start Python programs by forking a process that has imported their libraries already.

Importing Dagster costs seconds of CPU in each of five services; here it is paid once, and a service that
died is back in tenths of a second.

    python -m streak_infor_orchestration.stack.forkserver SOCKET MODULE... MODULE:FUNCTION...

imports the modules, calls the functions (which import the rest), then serves the supervisor at the other end of the
socket, one JSON object a line. It is sent `{"start": NAME, "argv": [...], "env": {...}, "log": PATH}` and tells
`{"name": NAME, "pid": PID}` and, when that process ended, `{"name": NAME, "pid": PID, "exit": CODE}`.

Linux only. Everything started dies with this process, and this process with the supervisor.
"""

import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import traceback
from typing import Any

from streak_infor_orchestration.stack.processes import die_with

Message = dict[str, Any]


def serve(supervisor: socket.socket) -> Message | None:
    """Fork what is asked for until the supervisor hangs up. In a fork it returns what that fork shall run."""
    running: dict[int, str] = {}
    unread = b""
    while True:
        readable, _, _ = select.select([supervisor], [], [], 0.05)
        if readable:
            received = supervisor.recv(65536)
            if not received:
                return None
            *lines, unread = (unread + received).split(b"\n")
            for line in lines:
                request: Message = json.loads(line)
                pid = _fork()
                if pid == 0:
                    supervisor.close()
                    return request
                running[pid] = request["start"]
                _tell(supervisor, name=request["start"], pid=pid)
        for pid, code in _ended(running):
            _tell(supervisor, name=running.pop(pid), pid=pid, exit=code)


def _fork() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    server = os.getpid()
    pid = os.fork()
    if pid == 0:
        die_with(server)
    return pid


def _ended(running: dict[int, str]) -> list[tuple[int, int]]:
    ended = []
    for pid in running:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            ended.append((pid, os.waitstatus_to_exitcode(status)))
    return ended


def _tell(supervisor: socket.socket, **message: Any) -> None:
    supervisor.sendall(json.dumps(message).encode() + b"\n")


def become(request: Message) -> None:
    """Turn this fork into `python -m MODULE ARGUMENT...`, with the environment and the log it was asked for."""
    os.setpgid(0, 0)
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = request["argv"]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor decides when to stop
    number, *preload = sys.argv[1:]
    for entry in preload:
        module, _, function = entry.partition(":")
        try:
            imported = importlib.import_module(module)
            if function:
                getattr(imported, function)()
        except Exception:  # the program that needs it will try again, and fail by itself
            traceback.print_exc()
    with socket.socket(fileno=int(number)) as supervisor:
        request = serve(supervisor)
    if request is not None:
        become(request)


if __name__ == "__main__":
    main()
