"""Stages of the pipeline, classed by what they ask for."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.domain.model import Model

StageNames = tuple[str, ...]


class Stages(Model):
    """Every stage by name, in exactly one class. Case and surrounding space do not matter."""

    before: StageNames = Field(default=(), description="Not yet an order")
    order: StageNames = Field(default=(), description="A deal here becomes one sales order")
    invoice: StageNames = Field(default=(), description="A deal here is ordered, if it was not, and invoiced")
    lost: StageNames = Field(default=(), description="Given up")

    @model_validator(mode="after")
    def _each_stage_once(self) -> Self:
        if not self.order and not self.invoice:
            raise fault("no stage asks for an order", fix="name a stage under order: or invoice:")
        seen: dict[str, Milestone] = {}
        for milestone in Milestone:
            for position, name in enumerate(getattr(self, milestone.value)):
                earlier = seen.setdefault(_folded(name), milestone)
                if earlier is not milestone:
                    raise fault(
                        f'stage "{name}" is classed both {earlier} and {milestone}',
                        at=(milestone.value, position),
                        fix="leave it in one of the two lists",
                    )
        return self

    def classify(self, stage: str) -> Milestone | None:
        """What a stage asks for; None when the file does not class it."""
        for milestone in Milestone:
            if _folded(stage) in map(_folded, getattr(self, milestone.value)):
                return milestone
        return None

    def unclassed(self, stages: Iterable[str]) -> tuple[str, ...]:
        """Those of a pipeline's stages that the file forgets."""
        return tuple(stage for stage in stages if self.classify(stage) is None)


def _folded(stage: str) -> str:
    return stage.strip().casefold()
