"""The section `tasks:`: when somebody gets a task in Streak because only a person can go on."""

from pydantic import Field

from streak_infor_orchestration.domain.model import Model


class TasksSection(Model):
    """Tasks for whoever a box is assigned to, else for who made it; each is completed when its reason is over."""

    stuck_hours: int | None = Field(
        default=None, ge=0, le=8760, description="A deal waits for a person for so long; unset: no task"
    )
    overdue_days: int | None = Field(
        default=None,
        ge=0,
        le=3650,
        description="An invoice is due for so many days and not paid; unset: no task",
    )

    @property
    def any(self) -> bool:
        """Whether there are tasks at all."""
        return self.stuck_hours is not None or self.overdue_days is not None
