"""The base of every domain model: frozen, closed to unknown fields, serialisable to canonical JSON."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value. Two values with the same content are equal; `model_dump(mode="json")` is canonical
    (Decimals and dates as strings), which is how requests are kept in the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")
