"""What a message of the ERP's own accord means for the inbox: which records to look at, as a poll of its lists would
say it."""

from datetime import datetime, timedelta

from streak_infor_orchestration.domain.kinds import ALL_OF_INFOR, Kind
from streak_infor_orchestration.gateway.body import Body
from streak_infor_orchestration.infor.push.message import Hints, NotUnderstood
from streak_infor_orchestration.infor.push.read import called, read
from streak_infor_orchestration.infor.push.unpacked import PushDelivery
from streak_infor_orchestration.ledger.inbox_rows import Event

SOURCE = "push"
SWEEP_AFTER = timedelta(minutes=5)
"""To read all open orders again takes calls: a sender that nobody understands must not have it done all the time."""

_KINDS = {"order": Kind.ERP_ORDER, "invoice": Kind.ERP_INVOICE}


def push_events(
    delivery: PushDelivery, body: Body, hints: Hints, *, correlation_id: str, now: datetime
) -> tuple[str, list[Event]]:
    """What the message is called, and the events to record; none for what concerns no record of ours.

    What cannot be read asks for a look at everything that is open in the ERP: something changed. Of it only its measure
    and the names of its members are kept.
    """
    try:
        if body.content is None:
            raise NotUnderstood("too large")
        name, found = read(delivery, hints)
    except NotUnderstood as error:
        name = called(delivery.document_name)
        told = f"{error}, not understood, {body.size} bytes"
        return name, [
            Event(
                source=SOURCE,
                name=told,
                kind=Kind.SWEEP,
                key=ALL_OF_INFOR,
                body_hash=body.digest,
                lane="bulk",
                due_at=now + SWEEP_AFTER,
                correlation_id=correlation_id,
            )
        ]
    return name, [
        Event(
            source=SOURCE,
            name=name,
            kind=_KINDS[hint.entity],
            key=hint.key,
            body_hash=body.digest,
            # whoever can send can invent keys, and most records are not ours
            lane="unknown",
            correlation_id=correlation_id,
        )
        for hint in found
    ]
