"""The fields of a box that show what the ERP knows, and the stage that its status asks for, all in one call."""

from collections.abc import Collection

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.values import canonical
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.remains import result_alone
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import STREAK_SETTLE_SECONDS, Writes

_KEY = Key("box:{}:fields")
KIND = KindOfWrite(_KEY, on_box=True, remains=result_alone)


def fields_key(box: Box) -> str:
    return _KEY.of(box.key)


def set_box_fields(
    writes: Writes, claim: Claimed, box: Box, fields: dict[str, Value], stage: str = ""
) -> bool:
    """`stage`: "" leaves it. The version Streak answers is noted, so that its event is known as our own echo;
    unless somebody else changed the box since it was read: that version shows their change too, and they may never
    be told of otherwise. True where nobody did."""
    wanted = Wanted(
        key=fields_key(box),
        body={
            "fields": {name: canonical(value) for name, value in sorted(fields.items())},
            **({"stage": stage} if stage else {}),
        },
        call=lambda: writes.ports.streak.update_box(box, fields=fields, stage=stage or None),
        version=lambda answered: str(answered.version),
        settle_seconds=STREAK_SETTLE_SECONDS,
    )
    answered = writes.latest.write(claim, wanted)
    moved = box.model_copy(update={"stage": stage}) if stage else box
    if _but_for(answered, fields) != _but_for(moved, fields):
        return False
    writes.ports.store.inbox.note_own_version(Kind.DEAL, box.key, answered.version)
    return True


def box_fields_stand(writes: Writes, box: Box) -> None:
    """The box shows what an unanswered write wanted: nothing is left to set."""
    writes.latest.stands(fields_key(box), str(box.version))


def _but_for(box: Box, names: Collection[str]) -> tuple[object, ...]:
    """What people can change of a box, but for the fields of these names."""
    fields = {name: canonical(value) for name, value in box.fields.items() if name not in names}
    links = box.contacts, box.organizations, box.linked_boxes
    return box.pipeline_key, box.stage, box.name, box.notes, fields, links
