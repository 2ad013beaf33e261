"""The supervisor's end of the fork server."""

import json
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from streak_infor_orchestration.stack.processes import KILLED_WITHIN, Process, ended_within, spawn


class ForkServer:
    """The warm process, and what was forked from it. When it dies the kernel kills its forks, and the next
    `fork` starts it anew.

    preload: the modules it imports before it forks, and the functions it calls: `module`, `module:function`.
    """

    def __init__(self, preload: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self._preload = tuple(preload)
        self._env = dict(env)
        self._log = log
        self._process: Process | None = None
        self._line: socket.socket | None = None
        self._unread = b""
        self._forks: dict[str, Process] = {}
        self._exits: dict[str, int | None] = {}

    def start(self) -> None:
        """Begin to import; a `fork` asked for meanwhile waits."""
        ours, theirs = socket.socketpair()
        server = "streak_infor_orchestration.stack.forkserver"
        argv = [sys.executable, "-m", server, str(theirs.fileno()), *self._preload]
        with theirs:
            self._process = spawn(argv, self._env, self._log, pass_fds=[theirs.fileno()])
        self._line, self._unread = ours, b""

    def fork(self, name: str, argv: Sequence[str], env: Mapping[str, str], log: Path) -> Process:
        """Start `python -m argv...`; its pid is known when `listen` has heard of it."""
        if self._line is None:
            self.start()
        assert self._line is not None
        self._exits[name] = None
        process = self._forks[name] = Process(None, lambda: self._exits[name])
        request = {"start": name, "argv": list(argv), "env": dict(env), "log": str(log)}
        try:
            self._line.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            self._lost()
        return process

    def listen(self) -> None:
        """Take in what the server has told since; never waits."""
        while self._line is not None:
            try:
                received = self._line.recv(65536, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except OSError:
                received = b""
            if not received:
                self._lost()
                return
            *lines, self._unread = (self._unread + received).split(b"\n")
            for line in lines:
                self._told(**json.loads(line))

    def stop(self) -> None:
        """End it and every fork that is left."""
        if self._process is not None:
            self._process.end()
            ended_within(KILLED_WITHIN, [self._process])
        self._lost()

    def _told(self, name: str, pid: int, exit: int | None = None) -> None:
        if exit is None:
            self._forks[name].pid = pid
        elif self._forks[name].pid == pid:
            self._exits[name] = exit

    def _lost(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = self._process = None
        for name, code in self._exits.items():
            if code is None:
                self._exits[name] = -signal.SIGKILL
