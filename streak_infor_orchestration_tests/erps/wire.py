"""The wire of a small ERP: where answers get lost. Each call is numbered, and may be told to fail."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from streak_infor_orchestration.domain.errors import Transient, Unknown


@dataclass
class Wire:
    """`faults` maps the number of a write (1, 2, …) to what happens to it, once.

    "before": cut before it reached the server; "after": done, but the answer was lost; "refused": never connected.
    """

    faults: dict[int, str] = field(default_factory=dict)
    writes: int = 0
    reads: int = 0
    on_call: Callable[[str], None] = lambda _name: None

    def write(self, name: str, serve: Callable[[], Any]) -> Any:
        self.writes += 1
        self.on_call(name)
        match self.faults.pop(self.writes, None):
            case "refused":
                raise Transient(f"{name}: no connection", system="erp")
            case "before":
                raise Unknown(f"{name}: connection cut", system="erp")
            case "after":
                serve()
                raise Unknown(f"{name}: connection cut", system="erp")
            case _:
                return serve()

    def read(self, name: str, serve: Callable[[], Any]) -> Any:
        self.reads += 1
        self.on_call(name)
        return serve()
