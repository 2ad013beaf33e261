"""What flows through the phases: a batch of frozen work items, one per claimed deal."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.domain.candidate import Candidate
from streak_infor_orchestration.domain.deal import Deal, Problem
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.ledger.backfill import Backfilled
from streak_infor_orchestration.ledger.customers import Linked
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.streak.models import Box, Contact, Organization

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.mapping.names import Vocabulary


class Status(StrEnum):
    """How a deal left the batch."""

    CONVERGED = "converged"  # both sides are as they should be
    WAITING = "waiting"  # for the ERP, another run or a settle time; no attempt burnt
    RETRY = "retry"  # an attempt was burnt, the ladder says when next
    PERSON = "person"  # a person has to decide: dead letter, diagnosis on the box
    ADMINISTRATOR = "administrator"  # configuration or credentials
    LOST = "lost"  # another run holds the lease now


@dataclass(frozen=True)
class Verdict:
    """Set once, by the phase at which the deal stopped; later phases leave the item alone.

    `candidates` are what a person is to choose from: which of them is the customer `party` (a link key). `gone`: the
    record does not exist, and nothing of it has to be remembered.
    """

    status: Status
    reason: str
    due_at: datetime | None = None
    problems: tuple[Problem, ...] = ()
    error: IntegrationError | None = None
    party: str = ""
    candidates: tuple[Candidate, ...] = ()
    gone: bool = False
    held_by: tuple[str, ...] = ()  # names that have to be right again before it is looked at once more


@dataclass(frozen=True)
class Work:
    """One deal, or one customer, on its way through the phases. `trail` says what was done, in plain words."""

    claim: Claimed
    box: Box | None = None
    deal: Deal | None = None
    contact: Contact | None = None
    organization: Organization | None = None
    reference: str = ""
    order_id: str = ""  # the one that is linked to the deal
    backfilled: Backfilled | None = None  # what was decided of it, where it was there before the integration
    status_told: str = ""  # the status that the box was last brought to the stage of
    by_hand: bool = False  # it was typed in the ERP, and the box was made of it
    generation: int = 1  # of its order: another one is made on purpose after a cancelled one
    seen: frozenset[str] = frozenset()  # stamps of the ERP's records as they were looked at last
    linked: Linked | None = None  # what is known of the customer that is linked to who buys
    customer_id: str = ""
    customer: Customer | None = None  # as the ERP has it, where the customer is what is looked at
    draft: OrderDraft | None = None
    order: SalesOrder | None = None
    passed: frozenset[str] = frozenset()  # statuses the order had when this look began
    invoices: tuple[Invoice, ...] = ()
    unsettled: tuple[Effect, ...] = ()  # writes of earlier runs whose end nobody knows yet
    told: frozenset[str] = frozenset()  # keys of the comments that earlier runs made
    remarks: tuple[tuple[str, str], ...] = ()  # what people should know besides: fact and text
    recheck_at: datetime | None = None  # to be looked at once more, however it leaves the batch
    vocabulary: "Vocabulary | None" = None  # what Streak called things when it was read
    verdict: Verdict | None = None
    trail: tuple[str, ...] = ()

    def did(self, what: str, **changes: Any) -> "Work":
        return replace(self, trail=(*self.trail, what), **changes)

    def again_at(self, moment: datetime | None) -> "Work":
        """Look once more at `moment`, or when something asked to already, whichever is sooner."""
        return replace(self, recheck_at=min(filter(None, (self.recheck_at, moment)), default=None))

    def stop(self, verdict: Verdict) -> "Work":
        """Stopped with this verdict; problems that name no box are taken to be on this one."""
        on = self.box.name if self.box else ""
        problems = tuple(p if p.box or not on else p.model_copy(update={"box": on}) for p in verdict.problems)
        return replace(self, verdict=replace(verdict, problems=problems))

    @property
    def name(self) -> str:
        """What people call it, "" for a record that could not be read."""
        return self.customer.name if self.customer else self.box.name if self.box else ""


@dataclass(frozen=True)
class Batch:
    """The items of one run, and what the run was asked for. `only` restricts it to these deal keys. `foreground`: a
    person's command, whose credentials are its own: refused, they say nothing of those that all others have."""

    run_id: str
    limit: int = 40
    only: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ("live", "manual", "unknown")
    dry_run: bool = False
    foreground: bool = False
    items: tuple[Work, ...] = ()

    @property
    def open(self) -> tuple[Work, ...]:
        return tuple(item for item in self.items if item.verdict is None)

    @property
    def needing_attention(self) -> int:
        """How many of the batch now wait for a person or an administrator."""
        statuses = [item.verdict.status for item in self.items if item.verdict is not None]
        return statuses.count(Status.PERSON) + statuses.count(Status.ADMINISTRATOR)
