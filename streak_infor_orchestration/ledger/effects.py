"""The fence around every write: its row is inserted once, then moved by compare-and-set on (effect, attempt), and
nothing is sent twice.

`sent → confirmed`, or `sent → unknown → confirmed | planned → sent`, or `failed`; what is found is confirmed from any
of them. Every method that moves a row returns it, or None if another process was faster: then read it again and decide
anew.

Only `begin` and `mark_sent` are committed durably, and of a `set` not even they: after a power cut it is written again,
which changes nothing. Any later state falls back to `sent`, from where the probe finds the truth; the death of a
process loses nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, TypedDict

from sqlalchemy import Connection, Executable, Select, Update, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.audit import Audit
from streak_infor_orchestration.ledger.customers import Customers, Listed
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.effect_row import Effect, body_hash
from streak_infor_orchestration.ledger.invoices import Invoices, OrderInvoice
from streak_infor_orchestration.ledger.links import Link, Links
from streak_infor_orchestration.ledger.schema import effect as table
from streak_infor_orchestration.ledger.schema import link as link_table
from streak_infor_orchestration.ledger.schema import unsettled

__all__ = ["Effect", "Effects", "Sending", "body_hash"]


_OPEN = ("planned", "sent", "unknown")
_UNCONFIRMED = (*_OPEN, "failed")

# Made once: building a statement and its cache key costs more than executing it
_OF_KEY = select(table).where(table.c.key == bindparam("key"))
_OF_KEYS = select(table).where(table.c.key.in_(bindparam("keys", expanding=True)))
_OF_SUBJECT = table.c.subject == bindparam("subject")
_OLDEST_FIRST = select(table).order_by(table.c.created_at, table.c.key)
_ALL_OF = _OLDEST_FIRST.where(_OF_SUBJECT)
_UNSETTLED = _OLDEST_FIRST.where(unsettled)
_OF_SUBJECTS = table.c.subject.in_(bindparam("subjects", expanding=True))
_UNSETTLED_OF = _UNSETTLED.where(_OF_SUBJECTS)
_PAST = select(table.c.subject, table.c.key, table.c.shape, table.c.generation).where(
    _OF_SUBJECTS,
    or_(and_(table.c.shape == "append", table.c.state == "confirmed"), table.c.generation > 1),
)


@dataclass
class Past:
    """`told`: the keys of all confirmed appends; `generation`: 1 unless another record was made on purpose."""

    told: set[str] = field(default_factory=set)
    generation: int = 1


class Sending(TypedDict):
    """What the row of a write shows to others while it is sent: its sender has until the deadline, and before
    `settle_until` a probe that finds nothing proves nothing."""

    settle_until: datetime
    call_deadline: datetime
    run_id: str


class Effects:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        links: Links,
        invoices: Invoices,
        customers: Customers,
        audit: Audit,
        epoch: str,
    ) -> None:
        self._database = database
        self._clock = clock
        self._links = links
        self._invoices = invoices
        self._customers = customers
        self._audit = audit
        self._epoch = epoch
        self._insert = database.insert(table).on_conflict_do_nothing()

    # --- reading ---

    def get(self, key: str) -> Effect | None:
        with self._database.read() as connection:
            return _one(connection, _OF_KEY, key=key)

    def several(self, keys: Collection[str]) -> dict[str, Effect]:
        """Those that there are, by their keys."""
        with self._database.read() as connection:
            rows = connection.execute(_OF_KEYS, {"keys": list(keys)}).mappings()
            return {row["key"]: Effect(**row) for row in rows}

    def is_in_doubt(self, key: str) -> bool:
        """Whether it was sent, and nobody knows yet what became of it."""
        effect = self.get(key)
        return effect is not None and effect.state in ("sent", "unknown")

    def of(self, subject: str) -> list[Effect]:
        """All that was ever written for a deal or a customer, oldest first."""
        return self._list(_ALL_OF, subject=subject)

    def unsettled(self, *subjects: str) -> list[Effect]:
        """Sent without an answer, unknown, or still to be verified; oldest first. Of all subjects, or of these."""
        return self._list(_UNSETTLED_OF, subjects=subjects) if subjects else self._list(_UNSETTLED)

    def open_among(self, subjects: Collection[str]) -> set[str]:
        """Those of the subjects with a write that is not over."""
        statement = select(table.c.subject).where(
            table.c.subject.in_(subjects), or_(table.c.state.in_(_OPEN), table.c.verify_at.is_not(None))
        )
        with self._database.read() as connection:
            return set(connection.scalars(statement))

    def past(self, subjects: Collection[str]) -> dict[str, Past]:
        """What was told of those subjects of which anything was, and the newest generation of their records."""
        found: dict[str, Past] = {}
        with self._database.read() as connection:
            for row in connection.execute(_PAST, {"subjects": list(subjects)}):
                past = found.setdefault(row.subject, Past())
                past.generation = max(past.generation, row.generation)
                if row.shape == "append":
                    past.told.add(row.key)
        return found

    def wished(self, ending: str) -> list[Effect]:
        """What was planned and never begun, of the creates whose keys end so; oldest first."""
        planned = and_(table.c.state == "planned", table.c.attempt == 0, table.c.shape == "create")
        return self._list(_OLDEST_FIRST.where(planned, table.c.key.endswith(ending, autoescape=True)))

    # --- before the call ---

    def plan(
        self,
        key: str,
        *,
        shape: str,
        body: dict[str, Any],
        subject: str,
        generation: int = 1,
        correlation_id: str = "",
        run_id: str = "",
    ) -> Effect:
        """The effect of this key, inserted as planned if there is none; an existing one is returned untouched."""
        row = self._new(
            key=key,
            shape=shape,
            body=body,
            subject=subject,
            generation=generation,
            correlation_id=correlation_id,
            run_id=run_id,
        )
        with self._database.write(durable=False, alone=True) as connection:
            planned = self._inserted(connection, row) or _one(connection, _OF_KEY, key=key)
        assert planned, "an effect is never deleted"
        return planned

    def done_already(
        self, key: str, *, shape: str, subject: str, body: dict[str, Any], result: dict[str, Any]
    ) -> None:
        """Counts as done from now on, and was never sent: it has no id of the other system's. One that is planned or
        sent already stays as it is."""
        row = self._new(
            key=key, shape=shape, subject=subject, body=body, state="confirmed", external_id="", result=result
        )
        with self._database.write(durable=False, alone=True) as connection:
            self._inserted(connection, row)

    def begin(
        self,
        key: str,
        *,
        shape: str,
        body: dict[str, Any],
        subject: str,
        correlation_id: str,
        sending: Sending,
        steps: Mapping[str, str] | None = None,
    ) -> Effect | None:
        """`plan` and `mark_sent` in one, of what nobody has planned yet; `steps` are done already. None if somebody
        has."""
        row = self._new(
            key=key,
            shape=shape,
            body=body,
            subject=subject,
            correlation_id=correlation_id,
            **self._sent(sending),
        )
        row["steps"] = dict(steps or {})
        with self._database.write(durable=shape != "set", alone=True) as connection:
            return self._inserted(connection, row)

    def replan(
        self,
        effect: Effect,
        *,
        body: dict[str, Any] | None = None,
        steps: Mapping[str, str] | None = None,
    ) -> Effect | None:
        """To be sent (again): after a miss that counts, a failure whose cause is gone, or with another request.

        A confirmed create or append is never sent again; `open_generation` is a person's way to a second order.
        Steps already done are those that are given, else kept; of another request none is.
        """
        if effect.state not in ("planned", "unknown", "failed") and not (
            effect.state == "confirmed" and effect.shape == "set"
        ):
            raise ValueError(f"a {effect.state} {effect.shape} effect cannot be planned again")
        changed: dict[str, Any] = (
            {} if body is None else {"body": body, "body_hash": body_hash(body), "steps": {}}
        )
        if steps is not None:
            changed["steps"] = dict(steps)
        again = self._moved(effect, (effect.state,), state="planned", attempt=effect.attempt + 1, **changed)
        # read again: until now the former attempt may have noted steps
        return again and self.get(effect.key)

    def mark_sent(self, effect: Effect, sending: Sending) -> Effect | None:
        """planned → sent, committed when this returns: only now may the bytes leave."""
        durable = effect.shape != "set"
        return self._moved(effect, ("planned",), durable=durable, next_probe_at=None, **self._sent(sending))

    # --- after the call ---

    def record_steps(self, effect: Effect, steps: Mapping[str, str], sending: Sending | None = None) -> bool:
        """Keeps, durably, what the calls of a write in several calls have answered so far. `sending`: what the row
        shows of the next one. False if this attempt is over, or may send no more."""
        states, shown = (_OPEN, {}) if sending is None else (("sent",), {**sending})
        return self._moved(effect, states, durable=True, steps=dict(steps), **shown) is not None

    def confirm(
        self,
        effect: Effect,
        *,
        external_id: str,
        result: dict[str, Any],
        link: Link | None = None,
        invoice: OrderInvoice | None = None,
        listed: Listed | None = None,
        verify_at: datetime | None = None,
    ) -> Effect | None:
        """It is done: the ERP's id, the link, the invoice and the customer's place in the directory are committed
        together with the state. Of a set the doubts are over with it: there is no second record that could turn up.

        Raises Conflict if the link or the invoice belongs to another record; then nothing is committed.
        """
        proves_more = link is not None or invoice is not None or listed is not None
        values: dict[str, Any] = {
            "state": "confirmed",
            "external_id": external_id,
            "result": result,
            "error": None,
            "next_probe_at": None,
            "verify_at": verify_at,
        }
        if effect.shape == "set":
            values["doubted"] = False
        if link and not invoice and not listed and not self._database.is_sqlite:
            linked = self._confirm_and_link(effect, link, values)
            if linked is not None:
                return linked
        with self._database.write(durable=False, alone=not proves_more) as connection:
            confirmed = self._move(connection, effect, _UNCONFIRMED, **values)
            if confirmed and link:
                self._links.add_in(connection, link)
            if confirmed and invoice:
                self._invoices.put_in(connection, invoice)
            if confirmed and listed:
                self._customers.put_in(connection, [listed])
            return confirmed

    def _confirm_and_link(self, effect: Effect, link: Link, values: dict[str, Any]) -> Effect | None:
        """One statement, which takes Postgres one round trip instead of three. None: it changed nothing, because the
        effect has moved or one of the two has a partner already."""
        moved = values | {"updated_at": self._clock.now()}
        its = {"its_key": effect.key, "its_attempt": effect.attempt}
        new = {**asdict(link), "at": moved["updated_at"]}
        try:
            with self._database.write(durable=False, alone=True) as connection:
                done = connection.execute(_CONFIRM_AND_LINK, its | moved | new).rowcount
        except IntegrityError:
            return None
        return replace(effect, **moved) if done else None

    def not_done(self, effect: Effect, error: dict[str, Any]) -> Effect | None:
        """sent → planned: a clear answer, or no connection at all, says that it certainly did not happen."""
        return self._moved(effect, ("sent",), state="planned", attempt=effect.attempt + 1, error=error)

    def unknown(self, effect: Effect, error: dict[str, Any], next_probe_at: datetime) -> Effect | None:
        """No clear answer: sent → unknown; again for an unknown one whose probe found nothing yet."""
        return self._moved(
            effect,
            ("sent", "unknown"),
            state="unknown",
            doubted=True,
            error=error,
            next_probe_at=next_probe_at,
        )

    def hold(
        self,
        effect: Effect,
        error: dict[str, Any],
        next_probe_at: datetime,
        steps: Mapping[str, str] | None = None,
    ) -> Effect | None:
        """The other system keeps what was begun until a person acts there: to be looked for, as what is unknown, and
        in no doubt. `steps` are done of it, those that are kept already where none are given."""
        known: dict[str, Any] = {} if steps is None else {"steps": dict(steps)}
        return self._moved(
            effect, _UNCONFIRMED, state="unknown", error=error, next_probe_at=next_probe_at, **known
        )

    def fail(self, effect: Effect, error: dict[str, Any]) -> Effect | None:
        """The system understood and refused, or a person has to decide."""
        return self._moved(effect, _OPEN, state="failed", error=error, next_probe_at=None)

    def verified(self, effect: Effect) -> None:
        """The second look found no second record."""
        self._moved(effect, (effect.state,), verify_at=None)

    def verify(self, effect: Effect, at: datetime) -> None:
        """There may be a second record of a confirmed one: look once more, then."""
        self._moved(effect, ("confirmed",), verify_at=at)

    # --- a person's decision ---

    def open_generation(self, effect: Effect, *, by: str, link: Link | None = None) -> Effect | None:
        """Another record on purpose, audited: key `…:1` stays as history and `…:2` is planned, to be sent with a
        request of its own.

        `link` is the one to part, because a deal is linked to one order at a time. None if the effect has moved;
        ValueError for one that is still open, or whose key does not end in its generation.
        """
        stem, _, number = effect.key.rpartition(":")
        if number != str(effect.generation) or effect.state not in ("confirmed", "failed"):
            raise ValueError(f"no further generation of {effect.state} effect {effect.key}")
        with self._database.write() as connection:
            if self._move(connection, effect, (effect.state,)) is None:
                return None
            generation = effect.generation + 1
            if link:
                self._links.remove_in(connection, link, by)
            self._audit.write_in(connection, by, "generation opened", effect.subject, {"effect": effect.key})
            row = self._new(
                key=f"{stem}:{generation}",
                shape=effect.shape,
                body=effect.body,
                subject=effect.subject,
                generation=generation,
            )
            return self._inserted(connection, row) or _one(connection, _OF_KEY, key=row["key"])

    # --- inside ---

    def _new(self, **fields: Any) -> dict[str, Any]:
        """The row of an effect that nobody has planned yet."""
        now = self._clock.now()
        return {
            "generation": 1,
            "state": "planned",
            "attempt": 0,
            "doubted": False,
            "body_hash": body_hash(fields["body"]),
            "steps": {},
            "epoch": self._epoch,
            "run_id": "",
            "correlation_id": "",
            "created_at": now,
            "updated_at": now,
        } | fields

    def _sent(self, sending: Sending) -> dict[str, Any]:
        return {"state": "sent", "sent_at": self._clock.now(), "epoch": self._epoch, **sending}

    def _inserted(self, connection: Connection, row: dict[str, Any]) -> Effect | None:
        """None if there is one of this key."""
        return Effect(**row) if connection.execute(self._insert, row).rowcount else None

    def _moved(
        self, effect: Effect, states: tuple[str, ...], *, durable: bool = False, **values: Any
    ) -> Effect | None:
        """A transition that is a transaction by itself."""
        with self._database.write(durable=durable, alone=True) as connection:
            return self._move(connection, effect, states, **values)

    def _move(
        self, connection: Connection, effect: Effect, states: tuple[str, ...], **values: Any
    ) -> Effect | None:
        moved = values | {"updated_at": self._clock.now()}
        its = {"its_key": effect.key, "its_attempt": effect.attempt}
        return replace(effect, **moved) if connection.execute(_move(states), its | moved).rowcount else None

    def _list(self, statement: Select[Any], **parameters: Any) -> list[Effect]:
        with self._database.read() as connection:
            return [Effect(**row) for row in connection.execute(statement, parameters).mappings()]


@cache
def _move(states: tuple[str, ...]) -> Update:
    """What it sets are the parameters that are named like columns."""
    mine = (table.c.key == bindparam("its_key"), table.c.attempt == bindparam("its_attempt"))
    # not IN: a list of values is rendered anew at every execution
    return update(table).where(*mine, or_(*(table.c.state == state for state in states)))


_CONFIRMING = ("state", "external_id", "result", "error", "next_probe_at", "verify_at", "updated_at")
_CONFIRMED = _move(_UNCONFIRMED).values({name: bindparam(name) for name in _CONFIRMING})
_NEW_LINK = {column.name: bindparam(column.name, type_=column.type) for column in link_table.columns}
_CONFIRM_AND_LINK = insert(link_table).from_select(
    list(_NEW_LINK),
    select(*_NEW_LINK.values()).select_from(_CONFIRMED.returning(table.c.key).cte("confirmed")),
)


def _one(connection: Connection, statement: Executable, **parameters: Any) -> Effect | None:
    row = connection.execute(statement, parameters).mappings().one_or_none()
    return Effect(**row) if row else None
