"""What everything that touches the inbox table shares."""

from sqlalchemy import ColumnElement, bindparam, or_

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.lease_clock import LeaseClock
from streak_infor_orchestration.ledger.schema import inbox


class InboxTable:
    def __init__(self, database: Database, clock: Clock, lease_clock: LeaseClock) -> None:
        self._database = database
        self._clock = clock
        self._lease_clock = lease_clock

    def _free(self) -> ColumnElement[bool]:
        """Nobody holds the row: never leased, or the lease ran out, or it was taken before the last boot."""
        return or_(
            inbox.c.lease_token.is_(None),
            inbox.c.lease_clock
            != bindparam("boot", callable_=lambda: self._lease_clock.identity, unique=True),
            inbox.c.lease_until <= self._lease_clock.now(),
        )
