"""Handlers of the Application Event System that a customer has installed: they post what is written. Contract, E.6.

The form of what they post is the customer's own: here the IDO, the framework's event and the row's properties.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.twins.erp.members import Field, Fields, read_members
from streak_infor_orchestration.twins.erp.posting import Poster
from streak_infor_orchestration.twins.erp.values import any_text, strings

INSERTED, UPDATED = "IdoPostItemInsert", "IdoPostItemUpdate"
_HANDLER: Fields = {"url": Field(any_text, required=True), "idos": Field(strings, required=True)}


@dataclass(frozen=True)
class Handler:
    url: str
    idos: tuple[str, ...]


class EventHandlers:
    """One message for each handler that is for the IDO."""

    def __init__(self) -> None:
        self._poster = Poster()
        self.clear()

    def clear(self) -> None:
        self._handlers: list[Handler] = []

    def install(self, body: Any) -> dict[str, Any]:
        """``{"url", "idos"}``. Raises the control surface's 400."""
        told = read_members(_HANDLER, body, complete=True)
        self._handlers.append(Handler(told["url"], tuple(told["idos"])))
        return told

    def wants(self, ido: str) -> bool:
        return any(ido in handler.idos for handler in self._handlers)

    def tell(self, ido: str, properties: Mapping[str, str | None], is_new: bool) -> None:
        message = {"IDO": ido, "Event": INSERTED if is_new else UPDATED, **properties}
        for handler in self._handlers:
            if ido in handler.idos:
                self._poster.post(handler.url, message)
