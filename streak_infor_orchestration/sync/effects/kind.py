"""A kind of write, known by the key of its row: what an earlier run began is found again by nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.sync.effects.once import Once
from streak_infor_orchestration.sync.effects.remains import Remains, whole
from streak_infor_orchestration.sync.ports.ports import Ports


@dataclass(frozen=True)
class Key:
    """Fixed words around what the write is of, such as `order:{}:invoice`. Only the last part may have colons in it."""

    form: str

    def of(self, *parts: str) -> str:
        return self.form.format(*parts)

    def parts(self, key: str) -> tuple[str, ...] | None:
        """None for a key of another kind."""
        words = (re.escape(word) for word in self.form.split("{}"))
        found = re.fullmatch("(.*?)".join(words), key, re.DOTALL)
        return found and found.groups()


@dataclass(frozen=True)
class KindOfWrite:
    """`once` is the write that a row of this kind began, with its call and its probe, by the parts of its key; None
    for a shape that is not looked for: its values are computed and written again. `lapses`: of these, one that may not
    be wanted again; nothing that can be read shows whether it was done, and doing it twice changes nothing. `on_box`:
    with the box it can neither be found nor made any more. `remains` is what is kept of a confirmed row in the long
    run."""

    key: Key
    once: Callable[[Ports, Effect, tuple[str, ...]], Once[Any]] | None = None
    lapses: bool = False
    on_box: bool = False
    remains: Callable[[Effect], Remains] = whole
