"""What an IDO is: a table seen through named properties. Contract, C.5."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from streak_infor_orchestration.twins.syteline.kinds import Kind, Text
from streak_infor_orchestration.twins.syteline.refusals import Refusal

Row = Mapping[str, Any]
Derived = Callable[[Any, Row], Any]
"""(the company, a row) to a value that no column holds."""

USER_FIELD = "Uf_"
USER_TEXT = Text(255)


@dataclass(frozen=True)
class Ido:
    """``table`` is also what item ids call it. ``required``: an insert must give these. ``read_only``: the server's."""

    name: str
    table: str
    keys: tuple[str, ...]
    properties: Mapping[str, Kind]
    derived: Mapping[str, tuple[Kind, Derived]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    read_only: frozenset[str] = frozenset()
    extended: bool = False

    def kind(self, name: str) -> Kind:
        """Raises Refusal: only an extended IDO has a customer's own ``Uf_`` fields."""
        if name in self.properties:
            return self.properties[name]
        if name in self.derived:
            return self.derived[name][0]
        if self.extended and name.startswith(USER_FIELD):
            return USER_TEXT
        raise Refusal(f"Property {name} was not found on IDO {self.name}", "unknown_property")

    def value(self, company: Any, row: Row, name: str) -> Any:
        return self.derived[name][1](company, row) if name in self.derived else row.get(name)

    def names(self) -> list[str]:
        """Every property of its own, as ``*`` gives them."""
        return [*self.properties, *self.derived]

    def extending(self, prefix: str) -> "Ido":
        return replace(self, name=f"{prefix}{self.name}", extended=True)
