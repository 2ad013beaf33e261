"""Whether a service that lives still answers. It is asked from a thread of its own, so that one that hangs holds up
nobody who looks after the others."""

import threading
from collections.abc import Callable

TIMES = 6
"""So many questions in a row without an answer mean that the service hangs; a single one means a busy machine."""


class Pulse:
    """Asks `is_well` again and again between `begin` and `pause`: `TIMES` questions take `hangs_after` seconds, half of
    it waited for answers, the other half before each."""

    def __init__(self, is_well: Callable[[float], bool], hangs_after: float) -> None:
        self._is_well = is_well
        self._patience = hangs_after / TIMES / 2
        self._missed = 0
        self._listening = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    @property
    def hangs(self) -> bool:
        return self._missed >= TIMES

    def begin(self) -> None:
        self._missed, self._listening = 0, True
        if self._thread.ident is None:
            self._thread.start()

    def pause(self) -> None:
        self._listening = False

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._patience):
            if self._listening:
                self._missed = 0 if self._is_well(self._patience) else self._missed + 1
