"""Names that people can change, looked at before anything that rests on them is written.

A fault is one incident for an administrator, not one for each deal: the deals wait, burn no attempt and are told
nothing, and go on by themselves when the name is right again.
"""

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.deal import Milestone, Problem
from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured
from streak_infor_orchestration.domain.names import NameFault, Stops
from streak_infor_orchestration.domain.problems.names import NameCode
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.transport.deadline import holding

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.mapping.names import FileNames, Vocabulary
    from streak_infor_orchestration.streak.client import StreakClient

CONFIGURATION = "configuration"
"""The kind of the incidents: a dead letter by the name that is wrong."""

_NOTHING_ELSE_SEEN = datetime.min.replace(tzinfo=UTC)


class Looked(NamedTuple):
    """What Streak calls things (None where that cannot be read), and what is wrong with the names of the file."""

    vocabulary: "Vocabulary | None"
    faults: tuple[NameFault, ...]


class Names:
    """Thread-safe; one per process. What it knows is as old as the client's metadata."""

    def __init__(
        self,
        names: "FileNames",
        streak: "StreakClient",
        store: Store,
        clock: Clock,
        *,
        team_key: str,
        pipeline_key: str,
        linked_key: str,
    ) -> None:
        self._names = names
        self._streak = streak
        self._store = store
        self._clock = clock
        self._keys = team_key, pipeline_key, linked_key
        self._lock = threading.Lock()
        self._looked: Looked | None = None
        self._recorded = False

    def vocabulary(self, *, anew: bool = False) -> "Vocabulary":
        """What Streak calls things. Raises Misconfigured for a pipeline that is gone."""
        from streak_infor_orchestration.mapping.names import Vocabulary

        team, deals, linked = self._keys
        read = self._streak.pipeline_now if anew else self._streak.pipeline
        return Vocabulary(
            read(deals),
            read(linked) if linked else None,
            self._streak.team(team, anew=anew) if self._names.of_team else None,
        )

    def _newest(self) -> "tuple[datetime, Vocabulary]":
        """What any process has learned last, and when the oldest part of it was asked for."""
        from streak_infor_orchestration.mapping.names import Vocabulary

        team, deals, linked = self._keys
        at, pipeline = self._streak.newest_pipeline(deals)
        at_linked, other = self._streak.newest_pipeline(linked) if linked else (at, None)
        at_team, own = self._streak.newest_team(team) if self._names.of_team else (at, None)
        return min(at, at_linked, at_team), Vocabulary(pipeline, other, own)

    def look(self, claim: Claimed) -> Looked:
        """For whoever works on this record. What is wrong becomes an incident, unless nothing may be written."""
        return self._look(record=bool(claim.token))

    def asked(self) -> None:
        """A person wants records looked at: while something is wrong, names are asked for anew. Never raises for what
        an outside system does."""
        self._again(anew=True)

    def of_customers(self, claim: Claimed) -> tuple[NameFault, ...]:
        """What is wrong with names that customers are kept the same by."""
        return self._names.hold_customers(self.look(claim).faults)

    def watch(self) -> None:
        """Look again, where something is wrong: who waits for it goes on without anybody asking."""
        if self._wrong or self._looked is None:
            self._again()

    def watch_from_afar(self) -> None:
        """The same for a process in which no deals pass: whether something is wrong is asked of the ledger."""
        self._again()

    def _again(self, *, anew: bool = False) -> None:
        if self._wrong or self._standing():
            with suppress(IntegrationError):
                self._look(record=True, anew=anew, standing=True)

    @property
    def _wrong(self) -> bool:
        return self._looked is not None and bool(self._looked.faults)

    def _standing(self) -> bool:
        return bool(self._store.dead_letters.of_kind(CONFIGURATION) or self._store.held.names())

    def _look(self, *, record: bool, anew: bool = False, standing: bool = False) -> Looked:
        """`standing`: an incident is open or somebody waits, perhaps for a name that is right by now."""
        with holding(self._lock, "streak"):
            try:
                at = self.vocabulary(anew=anew)
                known = self._looked
                is_right = known is not None and known.vocabulary == at and not known.faults
                if known is not None and is_right and self._recorded >= record and not standing:
                    # a wrong name is looked at every time instead, for a person may accept it at any moment
                    return known
                # incidents are shared by all processes, so what any of them has seen last counts
                asked, at = self._newest()
            except Misconfigured as gone:
                return self._found(Looked(None, (self._gone(gone),)), {}, record, _NOTHING_ELSE_SEEN)
            found = self._names.look(at, self._store.pins.all())
            return self._found(Looked(at, found.faults), found.keys, record, asked)

    def _found(self, looked: Looked, keys: dict[str, str], record: bool, asked: datetime) -> Looked:
        if record:
            self._store.pins.add(keys)
            keep_incidents(self._store, looked.faults, asked)
        self._looked, self._recorded = looked, record
        return looked

    def _gone(self, error: Misconfigured) -> NameFault:
        _, name, place = self._names.pipelines[0]
        problem = Problem(
            code=NameCode.NAME_MISSING,
            message=f'the pipeline "{name}" cannot be read with all it needs: {error.message}',
            value=name,
            rule=place,
            fix="share it with the integration's user again, or name another in the file",
        )
        return NameFault(name="gone", problem=problem, stops=Stops.ORDERS)


def held(
    faults: Iterable[NameFault], box: Box, milestone: Milestone | None, *, ordered: bool
) -> tuple[NameFault, ...]:
    """Those of `faults` that keep a deal from going on: it asks for an order or has one (`ordered`), its stage may be
    the one that is meant, or it holds a value that may be."""
    asks = ordered or (milestone is not None and milestone.wants_order)
    values = box.fields

    def holds(fault: NameFault) -> bool:
        match fault.stops:
            case Stops.ORDERS:
                return asks
            case Stops.STAGE:
                return milestone is None or box.stage.strip().casefold() in fault.held_by
            case Stops.VALUE:
                return asks and _holds(values.get(fault.field), fault.held_by)
        return False

    return tuple(fault for fault in faults if holds(fault))


def _holds(value: object, names: frozenset[str]) -> bool:
    return bool(names.intersection(value)) if isinstance(value, tuple) else value in names


def keep_incidents(store: Store, faults: Sequence[NameFault], asked: datetime) -> None:
    """One for each fault; those that are over are resolved, and who waits for them is due: also who began to wait only
    after another process had seen the name right again. What was told after Streak was `asked` may have been seen by
    who asked later: it stands until somebody asks again."""
    wanted = {fault.name: fault for fault in faults}
    there = {letter.key: letter for letter in store.dead_letters.of_kind(CONFIGURATION)}
    for name, fault in wanted.items():
        if name not in there or there[name].message != fault.told:
            store.dead_letters.open(
                CONFIGURATION,
                name,
                error_class="Misconfigured",
                code=fault.problem.code,
                message=fault.told,
                diagnosis={"problems": [fault.problem.model_dump(mode="json")]},
                attempts=0,
            )
    newer = {name for name, letter in there.items() if letter.updated_at > asked}
    for name in there.keys() - wanted.keys() - newer:
        store.dead_letters.resolve(CONFIGURATION, name, by="streak-infor", how="the name is right again")
    for name in store.held.names() - wanted.keys() - newer:
        release(store, name)


def release(store: Store, name: str, lane: str = "live") -> None:
    """Who waits for this name is looked at now. A death on the way leaves them waiting, for the next to release."""
    waiting = store.held.waiting(name)
    store.inbox.record([Event("names", "RIGHT", one.kind, one.key, lane=lane) for one in waiting])
    store.held.forget(waiting)
