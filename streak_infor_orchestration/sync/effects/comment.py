"""A fact told on a box, once."""

from collections.abc import Sequence
from datetime import datetime

from streak_infor_orchestration.domain.reference import mark_of, marked
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.streak.models import Box, Comment
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains, only
from streak_infor_orchestration.sync.effects.writes import STREAK_SETTLE_SECONDS, Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("comment:{}:{}")


def comment_key(box_key: str, fact: str) -> str:
    return _KEY.of(box_key, fact)


def comment_once(
    writes: Writes, claim: Claimed, box: Box, reference: str, fact: str, text: str
) -> Done[Comment]:
    """The text ends in a token by which it is found again after an unknown."""
    message = marked(text, reference, fact)
    return writes.once.do(claim, _once(writes.ports, claim.key, box.key, fact, message))


def let_facts_rest(
    writes: Writes, claim: Claimed, box: Box, reference: str, facts: Sequence[tuple[str, str]]
) -> None:
    """These facts (and their texts) count as told, and nobody is told of them: they are older than the integration."""
    for fact, text in facts:
        kept = Comment(key="", box_key=box.key, message=marked(text, reference, fact))
        writes.sender.rows.done_already(
            comment_key(box.key, fact),
            shape="append",
            subject=claim.key,
            body={"message": kept.message},
            result=kept.model_dump(mode="json"),
        )


def _once(ports: Ports, subject: str, box_key: str, fact: str, message: str) -> Once[Comment]:
    def probe(body: Body, _since: datetime | None) -> Seen[Comment]:
        mark = mark_of(body["message"])
        found = (c for c in ports.streak.comments(box_key, whole=True) if mark in c.message)
        return Seen(tuple(found)[:1])

    return Once(
        key=comment_key(box_key, fact),
        shape="append",
        subject=subject,
        body={"message": message},
        model=Comment,
        call=lambda body, _steps: ports.streak.add_comment(box_key, body["message"]),
        probe=probe,
        identify=lambda comment: comment.key,
        settle_seconds=STREAK_SETTLE_SECONDS,
        probe_first=False,
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Comment]:
    box_key, fact = parts
    return _once(ports, effect.subject, box_key, fact, effect.body["message"])


def _remains(effect: Effect) -> Remains:
    found_by = {"message": mark_of(effect.body["message"])}
    return found_by, {**only(effect.result, frozenset({"key"})), **found_by}


KIND = KindOfWrite(_KEY, _begun, on_box=True, remains=_remains)
