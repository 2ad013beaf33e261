"""Who works on a record: claim, renew, hold, settle. A lease expires by its clock, whatever the run is doing."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    bindparam,
    case,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from streak_infor_orchestration.ledger.columns import LANES, UNKNOWN, Instant, greater
from streak_infor_orchestration.ledger.inbox_rows import Claimed
from streak_infor_orchestration.ledger.schema import inbox
from streak_infor_orchestration.ledger.strangers import MOST, PER_SECOND, Strangers, with_share

LEASE_SECONDS = 20.0
_record = tuple_(inbox.c.kind, inbox.c.key)


class Leases(Strangers):
    """All its writes are relaxed: a lease means nothing after a power cut, and a settling that is lost means a second,
    idle look."""

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
        """Leases up to `limit` due records to `owner` for `life` seconds: live, then manual, then bulk, oldest first,
        then the share of unknown ones. A record under somebody's unexpired lease is passed over, never waited for.
        """
        token = secrets.token_hex(16)
        asked = {
            "kinds": list(kinds),
            "due": self._clock.now(),
            "most": limit,
            "share": min(PER_SECOND, limit),
            "holder": owner,
            "proof": token,
            "life": life,
            **({} if only is None else {"keys": list(only)}),
        }
        statement = self._claiming(tuple(lanes), only is not None, UNKNOWN in lanes and self._is_their_turn())
        with self._database.write(durable=False, alone=True) as connection:
            rows = connection.execute(statement, asked).all()
        self._note_reads([row.lane for row in rows])
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
        with self._database.write(durable=False, alone=True) as connection:
            rows = connection.execute(self._renew, {**_leases_of(claims), "life": life})
            renewed = {(row.kind, row.key, row.lease_token) for row in rows}
        lost = {claim.key for claim in claims if (claim.kind, claim.key, claim.token) not in renewed}
        return {claim.key for claim in claims} - lost

    def moment(self) -> float:
        """Seconds of the clock that leases go by, as this process sees it, to tell how old an answer is."""
        return self._lease_clock.here()

    def holds(self, claim: Claimed) -> bool:
        """Whether the lease is ours and has not expired at this moment."""
        with self._database.read() as connection:
            return connection.scalar(self._held, _leases_of([claim])) is not None

    def settle(self, claim: Claimed, *, due_at: datetime | None = None, attempts: int | None = None) -> bool:
        """Gives the lease back: done, or to be looked at again at `due_at` (`attempts` None keeps the count).

        If events came since the claim, the record is due now, whatever was asked for. False: the record has passed
        to somebody else, and nothing was changed.
        """
        return bool(self.settle_all([claim], due_at=due_at, attempts=attempts))

    def settle_all(
        self, claims: Sequence[Claimed], *, due_at: datetime | None = None, attempts: int | None = None
    ) -> set[str]:
        """`settle` for several that ended alike. Returns the keys that were still ours."""
        left = {
            "again_at": due_at,
            "at_once": self._clock.now(),
            "tried": 0 if due_at is None else attempts,
        }
        with self._database.write(durable=False, alone=True) as connection:
            return set(connection.scalars(self._settle, {**_leases_of(claims), **left}))

    def forget(self, claims: Sequence[Claimed]) -> None:
        """Records that do not exist leave no row, unless an event came since the claim: then they are due now."""
        nothing_new = inbox.c.seq == inbox.c.claimed_seq
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(
                delete(inbox).where(_record.in_(_ours(nothing_new))),
                _leases_of(claims),
            )
        self.settle_all(claims)

    # Made once: building a statement and its cache key costs more than executing it

    def _claiming(self, lanes: tuple[str, ...], only: bool, strangers_first: bool) -> ReturningUpdate[Any]:
        made = (lanes, only, strangers_first)
        if made not in self._claims_made:
            self._claims_made[made] = self._claim_of(lanes, only, strangers_first)
        return self._claims_made[made]

    @cached_property
    def _claims_made(self) -> dict[tuple[tuple[str, ...], bool, bool], ReturningUpdate[Any]]:
        return {}

    def _claim_of(self, lanes: tuple[str, ...], only: bool, strangers_first: bool) -> ReturningUpdate[Any]:
        among = inbox.c.kind.in_(bindparam("kinds", expanding=True))
        wanted = [among, inbox.c.due_at <= bindparam("due", type_=Instant()), self._free()]
        if only:
            wanted.append(inbox.c.key.in_(bindparam("keys", expanding=True)))
        told = [lane for lane in lanes if lane != UNKNOWN]
        # SQLite uses the index only if the lanes are listed; Postgres, with all of them listed, sorts without it
        by_lane = self._database.is_sqlite or len(told) < len(LANES) - 1
        known = _in_order(*wanted, inbox.c.lane.in_(told) if by_lane else inbox.c.lane < UNKNOWN)
        strangers = _in_order(*wanted, inbox.c.lane == UNKNOWN, self._strangers_turn())
        # a CTE, because Postgres may run a plain subquery more than once and then lease more than asked for
        due = (
            with_share(known, strangers, strangers_first)
            if UNKNOWN in lanes
            else known.limit(MOST).cte("due")
        )
        return (
            update(inbox)
            .where(_record.in_(select(due.c.kind, due.c.key)))
            .values(
                claimed_seq=inbox.c.seq,
                lease_owner=bindparam("holder"),
                lease_token=bindparam("proof"),
                lease_until=self._lease_clock.now() + bindparam("life", type_=Double()),
                lease_clock=bindparam("boot_now", callable_=lambda: self._lease_clock.identity),
            )
            .returning(inbox)
        )

    @cached_property
    def _renew(self) -> ReturningUpdate[Any]:
        until = self._lease_clock.now() + bindparam("life", type_=Double())
        return (
            update(inbox)
            .where(_record.in_(_ours(~self._free())))
            .values(lease_until=greater(inbox.c.lease_until, until))
            .returning(inbox.c.kind, inbox.c.key, inbox.c.lease_token)
        )

    @cached_property
    def _held(self) -> Select[str]:
        return select(inbox.c.key).where(*_carry_leases, ~self._free())

    @cached_property
    def _settle(self) -> ReturningUpdate[Any]:
        nothing_new = inbox.c.seq == inbox.c.claimed_seq
        again_at, at_once = bindparam("again_at", type_=Instant()), bindparam("at_once", type_=Instant())
        tried = func.coalesce(bindparam("tried", type_=Integer()), inbox.c.attempts)
        return (
            update(inbox)
            .where(_record.in_(_ours()))
            .values(
                due_at=case((nothing_new, again_at), else_=at_once),
                attempts=case((nothing_new, tried), else_=inbox.c.attempts),
                lease_owner=None,
                lease_token=None,
                lease_until=None,
                lease_clock=None,
            )
            .returning(inbox.c.key)
        )


def _in_order(*wanted: ColumnElement[bool]) -> Select[str, str]:
    return (
        select(inbox.c.kind, inbox.c.key)
        .where(*wanted)
        .order_by(inbox.c.lane, inbox.c.due_at)
        .with_for_update(skip_locked=True)
    )


# three lists and not one of triples, for which SQLite reads the whole table. Nothing else fits them, because a token
# belongs to the records of one claim
_carry_leases = (
    inbox.c.kind.in_(bindparam("kinds", expanding=True)),
    inbox.c.key.in_(bindparam("keys", expanding=True)),
    inbox.c.lease_token.in_(bindparam("tokens", expanding=True)),
)


def _ours(*more: ColumnElement[bool]) -> Select[Any]:
    """The records that still carry the leases of `_leases_of`, expired or not, locked."""
    held = (
        select(inbox.c.kind, inbox.c.key)
        .where(*_carry_leases, *more)
        # in the order of every writer of several rows, or two of them could wait for each other
        .order_by(inbox.c.kind, inbox.c.key)
        .with_for_update()
        .cte("held")
    )
    return select(held.c.kind, held.c.key)


def _leases_of(claims: Sequence[Claimed]) -> dict[str, list[str]]:
    return {
        "kinds": list({claim.kind for claim in claims}),
        "keys": list({claim.key for claim in claims}),
        "tokens": list({claim.token for claim in claims}),
    }
