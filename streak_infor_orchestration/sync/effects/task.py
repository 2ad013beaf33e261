"""A task on a box for whoever owns the deal: made once for each occurrence of a fact, completed when that is over
(Streak API contract §3.10). One that a person deletes is not made again.
"""

from datetime import datetime
from functools import partial

from streak_infor_orchestration.domain.reference import mark_of, marked
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Keyed, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import STREAK_SETTLE_SECONDS, Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("task:{}:{}")
_DONE = Key("task_done:{}:{}")


def task_key(box_key: str, fact: str) -> str:
    """`fact` with its occurrence: `overdue:INV-1:2026-12-10`."""
    return _KEY.of(box_key, fact)


def made_tasks(box_key: str, told: frozenset[str]) -> frozenset[str]:
    """The facts that a task was made for, of the keys of a deal's confirmed appends."""
    parts = (_KEY.parts(key) for key in told)
    return frozenset(fact for of_box, fact in filter(None, parts) if of_box == box_key)


def make_task(
    writes: Writes, claim: Claimed, box: Box, fact: str, text: str, assignees: tuple[str, ...]
) -> Done[Keyed]:
    """The text ends in a token by which it is found again after an unknown."""
    body = {
        "text": marked(text, writes.ports.reference(box.key), f"task:{fact}"),
        "assignees": list(assignees),
    }
    return writes.once.do(claim, _once(writes.ports, claim.key, box.key, fact, body))


def is_task_over(box_key: str, fact: str, store: Store) -> bool:
    """Whether it was completed, or was gone when it was to be."""
    effect = store.effects.get(_DONE.of(box_key, fact))
    return effect is not None and effect.state == "confirmed"


def complete_task(writes: Writes, claim: Claimed, box: Box, fact: str) -> None:
    """Ticks our task off, unless a person has done so or taken it away."""
    made = writes.sender.again(task_key(box.key, fact))
    assert made.external_id is not None, "confirmed with its key"
    wanted = Wanted(
        key=_DONE.of(box.key, fact),
        body={"task": made.external_id},
        call=partial(_completed, writes.ports, made.external_id),
        version=str,
        settle_seconds=STREAK_SETTLE_SECONDS,
    )
    writes.latest.write(claim, wanted)


def _completed(ports: Ports, key: str) -> int:
    """The version it has then, 0 without one."""
    task = ports.streak.task(key)
    if task is None or task.done:
        return 0
    return ports.streak.update_task(key, done=True).version


def _once(ports: Ports, subject: str, box_key: str, fact: str, body: Body) -> Once[Keyed]:
    def call(body: Body, _steps: object) -> Keyed:
        return Keyed(key=ports.streak.create_task(box_key, body["text"], assignees=body["assignees"]).key)

    def probe(body: Body, _since: datetime | None) -> Seen[Keyed]:
        mark = mark_of(body["text"])
        found = [task for task in ports.streak.tasks(box_key, whole=True) if mark in task.text]
        return Seen(tuple(Keyed(key=task.key) for task in found[:1]))

    return Once(
        key=task_key(box_key, fact),
        shape="append",
        subject=subject,
        body=body,
        model=Keyed,
        call=call,
        probe=probe,
        identify=lambda task: task.key,
        settle_seconds=STREAK_SETTLE_SECONDS,
        probe_first=False,
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Keyed]:
    box_key, fact = parts
    return _once(ports, effect.subject, box_key, fact, effect.body)


def _remains(effect: Effect) -> Remains:
    return {"text": mark_of(effect.body["text"]), "assignees": []}, effect.result


KIND = KindOfWrite(_KEY, _begun, on_box=True, remains=_remains)
COMPLETION = KindOfWrite(_DONE, on_box=True)
