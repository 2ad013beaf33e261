"""The section `orders:` of what the ERP does by itself: orders that are typed there, and what their status means."""

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from streak_infor_orchestration.config.faults import fault, one_of
from streak_infor_orchestration.config.placeholders import check_placeholders
from streak_infor_orchestration.config.stages import Stages
from streak_infor_orchestration.config.vocabulary import CUSTOMER_FACTS, ORDER_FACTS
from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.order import OrderStatus


class StatusStage(Model):
    """Where a deal goes when its order gets a status. Written as the stage's name alone where it only goes forward."""

    stage: str = Field(min_length=1, description="Name of the stage")
    back: bool = Field(default=False, description="Also from a stage behind it on the board")

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        return {"stage": value} if isinstance(value, str) else value


class OrdersSection(Model):
    """Orders as the ERP's own people make and handle them."""

    by_hand: Literal["ignore", "box"] = Field(
        default="ignore",
        description="An order that was typed in the ERP and is no deal's: left alone, or a box is made of it",
    )
    since: date | None = Field(
        default=None, description="Orders entered before this day stay as they are; needed with by_hand: box"
    )
    stage: str = Field(
        default="",
        description="Stage of a box made of an order, one of stages.before; needed with by_hand: box",
    )
    name: str = Field(
        default="Order {order.id}",
        min_length=1,
        description="Its name, with {order.id}, {customer.name} and the like",
    )
    status_stage: dict[OrderStatus, StatusStage] = Field(
        default={},
        description="Stage that a deal is moved to when its order gets a status, once per change and never back unless "
        "`back` says so",
    )

    @model_validator(mode="after")
    def _named(self) -> Self:
        check_placeholders(self.name, ORDER_FACTS + CUSTOMER_FACTS, at="name", why="in the name of a box")
        return self

    def check(self, stages: Stages) -> None:
        """Raises the fault of what does not go together with the classes of `stages`."""
        if self.by_hand == "box":
            if self.since is None:
                fix = "say from which day on, or every old order that changes becomes a box"
                raise fault("since is needed with by_hand: box", at=("orders", "since"), fix=fix)
            if stages.classify(self.stage) is not Milestone.BEFORE:
                message = f'"{self.stage}" is no stage of stages.before' if self.stage else "stage is needed"
                fix = one_of(self.stage, stages.before) if stages.before else "add one to stages.before"
                raise fault(f"{message}: a new box must ask for no order", at=("orders", "stage"), fix=fix)
        for status, to in self.status_stage.items():
            _check_stage(status, to, stages)


def _check_stage(status: OrderStatus, to: StatusStage, stages: Stages) -> None:
    """A deal with a standing order in a stage that asks for none would be one that went back."""
    place = ("orders", "status_stage", status.value)
    milestone = stages.classify(to.stage)
    if milestone is None:
        known = [name for each in Milestone for name in getattr(stages, each.value)]
        raise fault(f'"{to.stage}" is not classed in stages', at=place, fix=one_of(to.stage, known))
    if status is not OrderStatus.CANCELLED and not milestone.wants_order:
        fix = "name a stage of stages.order or stages.invoice"
        raise fault(
            f'"{to.stage}" asks for no order, but an order that is {status} stands', at=place, fix=fix
        )
