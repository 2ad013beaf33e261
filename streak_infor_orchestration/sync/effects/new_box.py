"""A box made of an order that was typed in the ERP: one per order, for ever (Streak API contract §3.6).

Streak takes a second one of the same name, and its search lags behind: a box is found again by the mark of its origin,
in the list of those that changed since it was asked for.
"""

from datetime import datetime

from streak_infor_orchestration.domain.origin import order_of_origin, origin_mark
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Keyed, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains, only
from streak_infor_orchestration.sync.effects.writes import CLOCKS_APART, STREAK_SETTLE_SECONDS, Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("box_of:{}")


def make_box(writes: Writes, claim: Claimed, order_id: str, name: str, stage: str) -> Done[Keyed]:
    """Linked to the order with the confirmation. Raises `Conflict` where the order has got another deal meanwhile."""
    notes = f"Made of order {order_id} of the ERP. {origin_mark(writes.ports.team_key, order_id)}"
    body = {"name": name, "stage": stage, "notes": notes}
    return writes.once.do(claim, _once(writes.ports, order_id, body))


def is_box_under_way(order_id: str, store: Store) -> bool:
    """Whether one was asked for, and nobody knows yet what became of it."""
    return store.effects.is_in_doubt(_KEY.of(order_id))


def _once(ports: Ports, order_id: str, body: Body) -> Once[Keyed]:
    def call(body: Body, _steps: object) -> Keyed:
        box = ports.streak.create_box(ports.pipeline_key, body["name"], body["stage"], notes=body["notes"])
        return Keyed(key=box.key)

    def probe(_body: Body, since: datetime | None) -> Seen[Keyed]:
        return Seen(tuple(Keyed(key=key) for key in _made_of(order_id, since, ports)))

    return Once(
        key=_KEY.of(order_id),
        shape="create",
        subject=order_id,
        body=body,
        model=Keyed,
        call=call,
        probe=probe,
        identify=lambda box: box.key,
        link=lambda box: Link("order", box.key, order_id, by_hand=True),
        settle_seconds=STREAK_SETTLE_SECONDS,
        probe_first=False,
    )


def _made_of(order_id: str, since: datetime | None, ports: Ports) -> list[str]:
    """A box that is deleted while we page may hide another one: what is not found is looked for twice."""
    back_to = since and since - CLOCKS_APART
    for _ in range(2):
        pages = ports.streak.box_version_pages(ports.pipeline_key, since=back_to, whole=True)
        boxes = (box for page in pages for box in page)
        found = {box.key for box in boxes if order_of_origin(box.notes, ports.team_key) == order_id}
        if found:
            return sorted(found)
    return []


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Keyed]:
    (order_id,) = parts
    return _once(ports, order_id, effect.body)


def _remains(effect: Effect) -> Remains:
    return only(effect.body, frozenset({"notes"})), effect.result


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
