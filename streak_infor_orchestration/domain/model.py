"""The bases of every domain model: frozen, closed to unknown fields, serialisable to canonical JSON."""

from datetime import UTC, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

UNSTAMPED = datetime.min.replace(tzinfo=UTC)


class Model(BaseModel):
    """A frozen value. Two values with the same content are equal; `model_dump(mode="json")` is canonical
    (Decimals and dates as strings), which is how requests are kept in the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def stamp(key: str, modified: datetime, *state: Decimal | str | None) -> str:
    """One version of an ERP's record, told from all others: when the ERP changed it, and what it says of its state, for
    clocks that tick in whole seconds."""
    said = (format(s.normalize(), "f") if isinstance(s, Decimal) else s or "" for s in state)
    return " ".join((key, modified.astimezone(UTC).isoformat(), *said)).rstrip()


class Record(Model):
    """Something an ERP keeps: `id` is its own key, unique among records of its kind.

    `modified` is when the ERP last changed it, an aware instant; `UNSTAMPED`, before all others, where the ERP does not
    say.
    """

    id: str
    created: datetime | None = None
    modified: datetime = UNSTAMPED
