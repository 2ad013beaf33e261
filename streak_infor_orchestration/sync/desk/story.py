"""The story of one deal as the ledger tells it: for support, and for whoever watches the demo."""

from collections.abc import Sequence
from dataclasses import dataclass

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Pending
from streak_infor_orchestration.ledger.inbox_rows import Received
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration.ledger.store import Store


@dataclass(frozen=True)
class Story:
    """`outcomes` and `events` newest first, `effects` oldest first. `order` and `invoices` are numbers in the ERP,
    `pending` is None where nothing waits, `letter` None where no person is waited for."""

    box_key: str
    order: str | None
    invoices: tuple[str, ...]
    outcomes: Sequence[Outcome]
    effects: Sequence[Effect]
    events: Sequence[Received]
    pending: Pending | None
    letter: DeadLetter | None

    @property
    def is_known(self) -> bool:
        """Whether anybody ever mentioned the deal."""
        return bool(self.outcomes or self.events or self.effects)

    @property
    def name(self) -> str:
        """What people called it when it was read last, "" for a deal that was never read."""
        names = (str(outcome.summary.get("name") or "") for outcome in self.outcomes)
        return next(filter(None, names), "")


def story(store: Store, box_key: str) -> Story:
    order = store.links.erp_key("order", box_key)
    pending = store.inbox.pending(Kind.DEAL, box_key)
    return Story(
        box_key=box_key,
        order=order,
        invoices=tuple(invoice.invoice_id for invoice in store.invoices.of(order)) if order else (),
        outcomes=store.outcomes.of(Kind.DEAL, box_key),
        effects=store.effects.of(box_key),
        events=store.inbox.events(Kind.DEAL, box_key),
        pending=pending if pending and pending.due_at else None,
        letter=store.dead_letters.of(Kind.DEAL, box_key),
    )
