"""An order of a won deal, made ready for the ERP to invoice it: by whatever the customer has configured there."""

from datetime import datetime

from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import Writes

_KEY = Key("order:{}:ready")
KIND = KindOfWrite(_KEY, lapses=True)


def make_ready(writes: Writes, claim: Claimed, order_id: str) -> datetime:
    """Since when it is: a later look does not do it again, whatever people have made of the order by then."""
    key, erp = _KEY.of(order_id), writes.ports.erp
    done = writes.ports.store.effects.get(key)
    if done is not None and done.state == "confirmed":
        return done.updated_at
    wanted = Wanted(
        key=key,
        body={"order": order_id},
        call=lambda: erp.make_ready(order_id),
        version=lambda _: "",
        settle_seconds=erp.traits.settle_seconds,
    )
    writes.latest.write(claim, wanted)
    return writes.sender.again(key).updated_at
