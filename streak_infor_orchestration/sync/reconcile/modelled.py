"""A row of a table as the model it was made of."""

from typing import TypeVar

from streak_infor_orchestration.analytics.reconciliation.records import Row
from streak_infor_orchestration.domain.model import Model

M = TypeVar("M", bound=Model)


def modelled(model: type[M], row: Row) -> M:
    """Unchecked: what the tables hold was checked when it was read. What the row does not say is as the model has it by
    itself."""
    known = {name: row[name] for name in model.model_fields if row.get(name) is not None}
    made = model.model_construct(**known)
    assert isinstance(made, model)
    return made
