"""The bases of every domain model: frozen, closed to unknown fields, serialisable to canonical JSON."""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict

UNSTAMPED = datetime.min.replace(tzinfo=UTC)


class Model(BaseModel):
    """A frozen value. Two values with the same content are equal; `model_dump(mode="json")` is canonical
    (Decimals and dates as strings), which is how requests are kept in the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(Model):
    """Something an ERP keeps: `id` is its own key, unique among records of its kind.

    `modified` is when the ERP last changed it, an aware instant; `UNSTAMPED`, before all others, where the ERP does not
    say.
    """

    id: str
    created: datetime | None = None
    modified: datetime = UNSTAMPED
