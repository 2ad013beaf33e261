"""One write to one of the two systems, as the ledger remembers it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from streak_infor_orchestration.ledger.database import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`shape` is create, set or append; `state` is planned, sent, unknown, confirmed or failed.

    `attempt` counts the sendings that were begun anew: every transition names the attempt it belongs to, and loses
    if another process has moved on. `doubted`: some attempt was left without a clear answer, so a second record may
    turn up. `body` is the canonical request, `steps` the outcome of each call of a write that needs several,
    `subject` the deal (or customer) it is done for. `settle_until`: before it, a probe that finds nothing proves
    nothing. `verify_at`: look once more, then, for a second record. `epoch`: the ledger's when it was sent.
    """

    key: str
    shape: str
    subject: str
    generation: int
    state: str
    attempt: int
    doubted: bool
    body: dict[str, Any]
    body_hash: str
    steps: dict[str, Any]
    result: dict[str, Any] | None = None
    external_id: str | None = None
    error: dict[str, Any] | None = None
    sent_at: datetime | None = None
    call_deadline: datetime | None = None
    settle_until: datetime | None = None
    next_probe_at: datetime | None = None
    verify_at: datetime | None = None
    epoch: str
    run_id: str
    correlation_id: str
    created_at: datetime
    updated_at: datetime

    @property
    def next_look(self) -> datetime | None:
        """When it is looked for next: its sender has until the deadline, then come probes, then a second look."""
        return self.call_deadline if self.state == "sent" else self.next_probe_at or self.verify_at


def body_hash(body: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hex: equal for equal requests, whatever the order of their keys."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()
