"""Who works on a record: claim, renew, hold, settle. A lease expires by its clock, whatever the run is doing."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, case, select, tuple_, update

from streak_infor_orchestration.ledger.columns import LANES, greater, instant
from streak_infor_orchestration.ledger.inbox_rows import Claimed
from streak_infor_orchestration.ledger.inbox_table import InboxTable, given_by
from streak_infor_orchestration.ledger.schema import inbox

LEASE_SECONDS = 20.0
_record = tuple_(inbox.c.kind, inbox.c.key)


class Leases(InboxTable):
    """All relaxed writes: a lease means nothing after a power cut, and a lost settling is a second, idle look."""

    def claim(
        self,
        *,
        kinds: Sequence[str],
        owner: str,
        limit: int,
        life: float = LEASE_SECONDS,
        only: Collection[str] | None = None,
        lanes: Sequence[str] = LANES,
    ) -> list[Claimed]:
        """Leases up to `limit` due records to `owner` for `life` seconds: live, then manual, then bulk, oldest first.

        A record under somebody's unexpired lease is passed over, never waited for.
        """
        wanted = [inbox.c.kind.in_(kinds), inbox.c.due_at <= self._clock.now()]
        # told all lanes, SQLite walks its index lane by lane, but Postgres leaves it and sorts
        if self._database.is_sqlite or set(lanes) != set(LANES):
            wanted.append(inbox.c.lane.in_(lanes))
        if only is not None:
            wanted.append(inbox.c.key.in_(only))
        # a CTE, because Postgres may run a plain subquery more than once and then lease more than `limit`
        due = (
            select(inbox.c.kind, inbox.c.key)
            .where(*wanted, self._free())
            .order_by(inbox.c.lane, inbox.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        token = secrets.token_hex(16)
        statement = (
            update(inbox)
            .where(_record.in_(select(due.c.kind, due.c.key)))
            .values(
                claimed_seq=inbox.c.seq,
                lease_owner=owner,
                lease_token=token,
                lease_until=self._lease_clock.now() + life,
                lease_clock=self._lease_clock.identity,
            )
            .returning(inbox)
        )
        with self._database.write(durable=False) as connection:
            rows = connection.execute(statement).all()
        rows = sorted(rows, key=lambda row: (LANES.index(row.lane), row.due_at, row.key))
        return [
            Claimed(
                kind=row.kind,
                key=row.key,
                lane=row.lane,
                seq=row.seq,
                attempts=row.attempts,
                min_version=row.min_version,
                token=token,
                correlation_id=row.correlation_id,
                first_due_at=row.first_due_at,
            )
            for row in rows
        ]

    def renew(self, claims: Sequence[Claimed], life: float = LEASE_SECONDS) -> set[str]:
        """Stretches the leases to `life` seconds from now, never shortens them. Returns the keys still ours.

        An expired lease is lost even if nobody has taken the record yet.
        """
        if not claims:
            return set()
        held = (
            select(inbox.c.kind, inbox.c.key)
            .where(
                # not by threes: SQLite reads the whole table for a list of those; a token is ours or nobody's
                inbox.c.kind.in_({claim.kind for claim in claims}),
                inbox.c.key.in_({claim.key for claim in claims}),
                inbox.c.lease_token.in_({claim.token for claim in claims}),
                ~self._free(),
            )
            # in the order of every writer of several rows, or two of them could wait for each other
            .order_by(inbox.c.kind, inbox.c.key)
            .with_for_update()
            .cte("held")
        )
        statement = (
            update(inbox)
            .where(_record.in_(select(held.c.kind, held.c.key)))
            .values(lease_until=greater(inbox.c.lease_until, self._lease_clock.now() + life))
            .returning(inbox.c.kind, inbox.c.key, inbox.c.lease_token)
        )
        with self._database.write(durable=False) as connection:
            renewed = {(row.kind, row.key, row.lease_token) for row in connection.execute(statement)}
        lost = {claim.key for claim in claims if (claim.kind, claim.key, claim.token) not in renewed}
        return {claim.key for claim in claims} - lost

    def holds(self, claim: Claimed) -> bool:
        """Whether the lease is ours and has not expired at this moment."""
        with self._database.read() as connection:
            return (
                connection.scalar(select(inbox.c.key).where(and_(given_by(claim), ~self._free()))) is not None
            )

    def settle(self, claim: Claimed, *, due_at: datetime | None = None, attempts: int | None = None) -> bool:
        """Gives the lease back: done, or to be looked at again at `due_at` (`attempts` None keeps the count).

        If events came since the claim, the record is due now, whatever was asked for. False: the record has passed
        to somebody else, and nothing was changed.
        """
        nothing_new = inbox.c.seq == claim.seq
        tried = inbox.c.attempts if attempts is None else attempts
        statement = (
            update(inbox)
            .where(given_by(claim))
            .values(
                due_at=case((nothing_new, instant(due_at)), else_=instant(self._clock.now())),
                attempts=case((nothing_new, 0 if due_at is None else tried), else_=inbox.c.attempts),
                lease_owner=None,
                lease_token=None,
                lease_until=None,
                lease_clock=None,
            )
            .returning(inbox.c.key)
        )
        with self._database.write(durable=False) as connection:
            return connection.scalar(statement) is not None
