"""The cancellation of an order, once, while the ERP allows it; at first perhaps only wished for."""

from datetime import datetime

from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects import remains
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("order:{}:cancel")


def cancel_key(order_id: str) -> str:
    return _KEY.of(order_id)


def cancel_once(writes: Writes, claim: Claimed, order: SalesOrder) -> Done[SalesOrder]:
    """Raises `Conflict` where the ERP no longer allows it."""
    return writes.once.do(claim, _once(writes.ports, claim.key, order.id, order))


def wish_cancellation(writes: Writes, claim: Claimed, order: SalesOrder) -> None:
    """Plans the cancellation, which is done only when a person has said that it is meant."""
    key, body = cancel_key(order.id), {"order": order.id}
    writes.sender.planned(claim, key, shape="create", subject=claim.key, body=body)


def _once(ports: Ports, subject: str, order_id: str, order: SalesOrder | None = None) -> Once[SalesOrder]:
    def call(_body: Body, _steps: Steps) -> SalesOrder:
        assert order is not None, "only sent with the order as it was read"
        return ports.erp.cancel_order(order)

    def probe(_body: Body, _since: datetime | None) -> Seen[SalesOrder]:
        current = ports.erp.order(order_id)
        return Seen((current,) if current and current.status is OrderStatus.CANCELLED else ())

    return Once(
        key=cancel_key(order_id),
        shape="create",
        subject=subject,
        body={"order": order_id},
        model=SalesOrder,
        call=call,
        probe=probe,
        identify=lambda cancelled: cancelled.id,
        settle_seconds=ports.erp.traits.settle_seconds,
        probe_first=False,
        repeatable=True,
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[SalesOrder]:
    (order_id,) = parts
    return _once(ports, effect.subject, order_id)


def _remains(effect: Effect) -> remains.Remains:
    return effect.body, remains.order(effect.result)


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
