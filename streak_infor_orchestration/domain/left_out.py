"""A record of a list that is not as its system promised: left out of what is read, so that it stops no other."""

from collections.abc import Callable

from streak_infor_orchestration.domain.model import Model


class LeftOut(Model):
    """`entity` is a plural (`customers`, `boxes`); `why` names members and what is wrong with them, never a value."""

    system: str
    entity: str
    key: str
    why: str

    @property
    def told(self) -> str:
        return f"{self.key} of {self.entity} in {self.system} cannot be read: {self.why}"


Tell = Callable[[LeftOut], None]
