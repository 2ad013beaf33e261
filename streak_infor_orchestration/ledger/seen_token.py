"""Which token Streak was last seen to send along with its webhooks: by its digest, never the token."""

import hashlib

from sqlalchemy import select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import meta

_NAME = "webhook_token"


class SeenToken:
    """One at a time: another token has not been seen until it comes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def is_seen(self, token: str) -> bool:
        with self._database.read() as connection:
            return connection.scalar(select(meta.c.value).where(meta.c.name == _NAME)) == _digest(token)

    def note(self, token: str) -> None:
        latest = {"value": _digest(token), "at": self._clock.now()}
        insert = self._database.insert(meta).values(name=_NAME, **latest)
        with self._database.write(alone=True) as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=[meta.c.name], set_=latest))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
