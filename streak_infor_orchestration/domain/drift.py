"""Drift: a record on which the two systems disagree, whatever should have kept them in step."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class DriftKind(StrEnum):
    MISSING_IN_STREAK = "missing in Streak"
    MISSING_IN_ERP = "missing in the ERP"
    UNLINKED = "not linked"  # both are there and belong together, and the ledger does not know
    DUPLICATE = "duplicate"
    ORPHAN_LINK = "orphan link"  # neither side is there any more
    FIELD = "field"
    STATUS = "status"
    AMOUNT = "amount"
    OLD_SHADOW = "old shadow"  # both sides changed to the same, and nobody has looked since

    @property
    def is_a_persons(self) -> bool:
        """No look of ours would cure it."""
        return self in (DriftKind.DUPLICATE, DriftKind.ORPHAN_LINK)


@dataclass(frozen=True, slots=True)
class Drift:
    """`entity` is what is reconciled: deals, customers, … The keys are "" on a side that has none; `field` and the
    two values are those of a disagreement about a value."""

    entity: str
    kind: DriftKind
    streak_key: str = ""
    erp_key: str = ""
    field: str = ""
    streak: str = ""
    infor: str = ""

    @property
    def fingerprint(self) -> str:
        """The same as long as the same thing is wrong, whatever the values are by then."""
        parts = (self.entity, self.kind, self.streak_key, self.erp_key, self.field)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
