"""A Streak pipeline under examination: its client, what the run has seen, and what it has made."""

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cached_property

from streak_infor_orchestration.conformance.check import NotApplicable
from streak_infor_orchestration.conformance.erp_subject import PREFIX
from streak_infor_orchestration.conformance.outcome import Left
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.vocabulary import Pipeline, Team

_BOXES = 50  # per page that is looked at


class StreakSubject:
    """`team` and `pipeline` by name, as the configuration has them. `harmless` names the stages in which a box asks for
    no order, should the integration be running: ours goes into no other. None: all are."""

    def __init__(
        self,
        client: StreakClient,
        run_id: str,
        *,
        team: str,
        pipeline: str,
        harmless: Collection[str] | None = None,
    ) -> None:
        self.client = client
        self.mark = f"{PREFIX} {run_id}"
        self.domain = f"conformance-{run_id.lower()}.example"
        self.left: list[Left] = []
        self._made: list[tuple[str, str, Callable[[str], None]]] = []
        self._team = team
        self._pipeline = pipeline
        self._harmless = harmless

    @cached_property
    def team(self) -> Team:
        return self.client.team_named(self._team)

    @cached_property
    def pipeline(self) -> Pipeline:
        return self.client.pipeline_named(self._pipeline, self.team.key)

    @property
    def stages(self) -> tuple[str, ...]:
        """Where our box may be, by name."""
        names = (stage.name for stage in self.pipeline.stages)
        return tuple(name for name in names if self._harmless is None or name in self._harmless)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Those updated last. Raises `NotApplicable` where the pipeline is empty."""
        found = self.client.boxes(self.pipeline.key, limit=_BOXES).items
        if not found:
            raise NotApplicable("the pipeline has no boxes to look at")
        return found

    @cached_property
    def box(self) -> Box:
        """One of our own, made when first needed, in the first harmless stage."""
        if not self.stages:
            raise NotApplicable("the pipeline has no stage in which a box asks for no order")
        return self.client.create_box(self.pipeline.key, self.mark, self.stages[0])

    def fresh(self, key: str) -> Box:
        box = self.client.box(key)
        if box is None:
            raise NotApplicable("the box is not there any more")
        return box

    def made(self, kind: str, key: str, delete: Callable[[str], None]) -> None:
        """Notes a record to be deleted at the end."""
        self._made.append((kind, key, delete))

    def key_of(self, kind: str) -> str:
        """The key of what was made. Raises `NotApplicable` where it could not be made."""
        for made, key, _ in self._made:
            if made == kind:
                return key
        raise NotApplicable(f"no {kind} could be made")

    def tidy(self) -> None:
        """Deletes what was made, as far as the checks have not."""
        if "box" in self.__dict__ and not self._is_gone(self.box.key):
            self.made("box", self.box.key, self.client.delete_box)
        for kind, key, delete in self._made:
            try:
                delete(key)
            except IntegrationError as error:
                state = f"could not be deleted: {error.message}"
                self.left.append(Left(system="streak", kind=kind, id=key, state=state))

    def _is_gone(self, key: str) -> bool:
        with suppress(IntegrationError):
            return self.client.box(key) is None
        return False
