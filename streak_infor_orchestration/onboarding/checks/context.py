"""What all checks look at, asked for once."""

import getpass
from dataclasses import dataclass
from functools import cached_property

from streak_infor_orchestration.config.lines import LinkedBoxLines
from streak_infor_orchestration.domain.names import NameFault
from streak_infor_orchestration.mapping.names import FileNames, Look, Vocabulary
from streak_infor_orchestration.streak.vocabulary import Pipeline, Team
from streak_infor_orchestration.wiring import Wiring


@dataclass
class Context:
    """`public_url`: where the world reaches the gateway; None when nobody has said. `accept_names`: what the names of
    the file mean now is what they are meant to mean."""

    parts: Wiring
    public_url: str | None
    accept_names: bool = False

    @cached_property
    def team(self) -> Team:
        """With its contacts' and organizations' own fields. Raises Misconfigured."""
        named = self.parts.streak.team_named(self.parts.config.streak.team)
        return self.parts.streak.team(named.key)

    @cached_property
    def pipeline(self) -> Pipeline:
        """As it is now. Raises Misconfigured."""
        return self.parts.streak.pipeline_named(self.parts.config.streak.pipeline, self.team.key)

    @cached_property
    def linked(self) -> Pipeline | None:
        """The one whose boxes are linked to deals, where lines come from them. Raises Misconfigured."""
        lines = self.parts.config.lines
        if not isinstance(lines, LinkedBoxLines):
            return None
        return self.parts.streak.pipeline_named(lines.pipeline, self.team.key)

    @cached_property
    def names(self) -> FileNames:
        return FileNames(self.parts.config)

    @cached_property
    def faults(self) -> tuple[NameFault, ...]:
        """What is wrong with the names of the file; what is right is pinned."""
        pins = self.parts.store.pins
        look = self._look()
        if self.accept_names and look.faults:
            pins.forget([fault.name for fault in look.faults], by=getpass.getuser())
            look = self._look()
        pins.add(look.keys)
        return look.faults

    def _look(self) -> Look:
        everything = self.parts.streak.pipelines(self.team.key)
        at = Vocabulary(self.pipeline, self.linked, self.team, everything)
        return self.names.look(at, self.parts.store.pins.all())
