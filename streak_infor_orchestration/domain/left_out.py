"""A record of a list that is not as its system promised: left out of what is read, so that it stops no other."""

from collections.abc import Callable

from streak_infor_orchestration.domain.model import Model

_SYSTEMS = {"infor": "the ERP", "streak": "Streak"}
_CALLED = {"sales_orders": "order", "boxes": "box", "gl_accounts": "account"}
"""By the trade, where that is not the plural without its s."""


class LeftOut(Model):
    """`entity` is a plural (`customers`, `boxes`); `why` says in a sentence which members are wrong and how, never a
    value."""

    system: str
    entity: str
    key: str
    why: str

    @property
    def called(self) -> str:
        """One of them, as people say: `order`, `credit note`."""
        return _CALLED.get(self.entity, self.entity.removesuffix("s").replace("_", " "))

    @property
    def told(self) -> str:
        system = _SYSTEMS.get(self.system, self.system)
        return f"{self.called} {self.key} in {system} cannot be read: {self.why}"


Tell = Callable[[LeftOut], None]
