"""Fields of a customer of the ERP that changed in Streak, named as the mapping's targets."""

from collections.abc import Mapping

from streak_infor_orchestration.domain.customer_fields import changes_of
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.remains import result_alone
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import Writes

_KEY = Key("erp_customer:{}:fields")
KIND = KindOfWrite(_KEY, remains=result_alone)


def set_customer_fields(
    writes: Writes, claim: Claimed, customer: Customer, fields: Mapping[str, str]
) -> Customer:
    """Answers the customer as the ERP has it then; raises `Stale` if it changed since it was read."""
    erp = writes.ports.erp
    wanted = Wanted(
        key=_KEY.of(customer.id),
        body={"fields": dict(fields)},
        call=lambda: erp.update_customer(customer, changes_of(customer, fields)),
        version=lambda answered: answered.version,
        settle_seconds=erp.traits.settle_seconds,
    )
    return writes.latest.write(claim, wanted)


def customer_fields_stand(writes: Writes, customer: Customer) -> None:
    """The ERP shows what an unanswered write wanted: nothing is left to set."""
    writes.latest.stands(_KEY.of(customer.id), customer.version)
