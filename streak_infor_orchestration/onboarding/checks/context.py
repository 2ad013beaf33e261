"""What all checks look at, asked for once."""

from dataclasses import dataclass
from functools import cached_property

from streak_infor_orchestration.streak.vocabulary import Pipeline, Team
from streak_infor_orchestration.wiring import Wiring


@dataclass
class Context:
    """`public_url`: where the world reaches the gateway; None when nobody has said."""

    parts: Wiring
    public_url: str | None

    @cached_property
    def team(self) -> Team:
        """With its contacts' and organizations' own fields. Raises Misconfigured."""
        named = self.parts.streak.team_named(self.parts.config.streak.team)
        return self.parts.streak.team(named.key)

    @cached_property
    def pipeline(self) -> Pipeline:
        """As it is now. Raises Misconfigured."""
        return self.parts.streak.pipeline_named(self.parts.config.streak.pipeline, self.team.key)
