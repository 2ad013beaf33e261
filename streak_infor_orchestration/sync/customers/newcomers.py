"""One company that stands in Streak twice is made once: whoever comes second waits, and then finds the first."""

from collections.abc import Iterator
from contextlib import contextmanager

from streak_infor_orchestration.domain.deal import Party
from streak_infor_orchestration.domain.identity import Identity
from streak_infor_orchestration.sync.customers.matching import may_be
from streak_infor_orchestration.sync.effects.customer import is_customer_under_way
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS
from streak_infor_orchestration.sync.ports.ports import Ports

DECLARED_NEW = "declared a new customer"
"""What the audit says of a party that a person told from its look-alikes."""


@contextmanager
def announced(party: Party, someone: Identity, ports: Ports) -> Iterator[None]:
    """While it is found out whether `someone` is a customer, and until the ERP has answered if it is not. Raises
    `Later` while another one that may be the same company is under way, in any process."""
    told_apart = ports.store.audit.has(party.link_key, DECLARED_NEW)
    newcomers = ports.store.newcomers
    other = newcomers.announce(
        party.link_key,
        someone.model_dump(mode="json"),
        seconds=2 * CALL_SECONDS + ports.erp.traits.settle_seconds,
        may_be=lambda seen: not told_apart and may_be(someone, Identity.model_validate(seen), ports),
    )
    if other is not None:
        waited = (ports.clock.now() - other.at).total_seconds()
        raise Later(max(1.0, waited / 2), f"{other.streak_key}, which may be the same company, is being made")
    try:
        yield
    finally:
        if not is_customer_under_way(party, ports.store):
            newcomers.withdraw(party.link_key)
