"""What both systems and the ledger hold, as rows of `analytics/`'s tables: one page at a time, so memory does not grow
with them.

`Span` says which part is wanted, by the clock of the system that is read; what a system cannot filter is read whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from streak_infor_orchestration.analytics import ledger_tables as ledger
from streak_infor_orchestration.analytics import streak_tables as streak
from streak_infor_orchestration.analytics.behind import boxes_behind
from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES, row
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.span import Span
from streak_infor_orchestration.domain.values import as_text
from streak_infor_orchestration.ledger.snapshot import Snapshot
from streak_infor_orchestration.sync.tables.reading import InforReading, Reading, StreakReading
from streak_infor_orchestration.sync.tables.requests import requests

if TYPE_CHECKING:  # the clients only where they are used
    from streak_infor_orchestration.streak.models import Box, Contact, Organization

Row = dict[str, Any]
BOXES_A_TIME = 500
"""Boxes whose tasks or activities are read in one run, one or two calls each: the rest waits for the next."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Portion:
    """One page. `latest`: the latest change among its records. `scopes`: values of the table's scope column of which
    these rows are all there are."""

    rows: list[Row]
    latest: datetime | None = None
    scopes: list[str] = field(default_factory=list)


R = TypeVar("R", bound=Reading)
Read = Callable[[R, Warehouse, Span], Iterator[Portion]]


@dataclass(frozen=True)
class Extract(Generic[R]):
    """`incremental`: a span's beginning spares reading. `by_box`: no span matters, every
    box that is behind is read whole. `one`: the row of one key, None where the record is gone. `shifts`: the list may
    miss a record while it is read, so what seems gone is asked for."""

    table: EntityTable
    read: Read[R]
    incremental: bool = False
    by_box: bool = False
    one: Callable[[R, str], Row | None] | None = None
    shifts: bool = False


def _pipelines(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    found = reading.streak.pipelines(reading.team_key)
    yield Portion(
        [
            {
                "key": pipeline.key,
                "name": pipeline.name,
                "team_key": pipeline.team_key,
                "stages": len(pipeline.stages),
                "fields": len(pipeline.fields),
            }
            for pipeline in found
        ]
    )


def _stages(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for pipeline in reading.streak.pipelines(reading.team_key):
        yield Portion(
            [
                {"pipeline_key": pipeline.key, "key": stage.key, "name": stage.name, "position": position}
                for position, stage in enumerate(pipeline.stages, 1)
            ]
        )


def _fields(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for pipeline in reading.streak.pipelines(reading.team_key):
        yield Portion(
            [
                {
                    "pipeline_key": pipeline.key,
                    "key": one.key,
                    "name": one.name,
                    "type": one.type,
                    "options": [option.name for option in one.options],
                }
                for one in pipeline.fields
            ]
        )


def _boxes(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for pipeline in reading.streak.pipelines(reading.team_key):
        for page in reading.streak.box_pages(pipeline.key, since=span.start, before=span.end):
            yield Portion([_box(box) for box in page], _latest(page))


def _deals(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for page in reading.streak.box_pages(reading.pipeline_key, since=span.start, before=span.end):
        yield Portion([_deal(reading, box) for box in page], _latest(page))


def _one_deal(reading: StreakReading, key: str) -> Row | None:
    box = reading.streak.box(key)
    return None if box is None or box.pipeline_key != reading.pipeline_key else _deal(reading, box)


def _one_box(reading: StreakReading, key: str) -> Row | None:
    box = reading.streak.box(key)
    return None if box is None else _box(box)


def _one_contact(reading: StreakReading, key: str) -> Row | None:
    contact = reading.streak.contact(key)
    return None if contact is None else _entry(contact, streak.CONTACTS)


def _one_organization(reading: StreakReading, key: str) -> Row | None:
    organization = reading.streak.organization(key)
    return None if organization is None else _entry(organization, streak.ORGANIZATIONS)


def _one_record(entity: Entity) -> Callable[[InforReading, str], Row | None]:
    def one(reading: InforReading, key: str) -> Row | None:
        record = reading.erp.record(entity, key)
        return None if record is None else row(entity, record)

    return one


def _contacts(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for page in reading.streak.contact_pages(reading.team_key, since=span.start):
        yield Portion([_entry(contact, streak.CONTACTS) for contact in page], _latest(page))


def _organizations(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for page in reading.streak.organization_pages(reading.team_key):
        yield Portion([_entry(organization, streak.ORGANIZATIONS) for organization in page])


def _tasks(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for box, saved in boxes_behind(warehouse, streak.TASKS, "tasks", BOXES_A_TIME):
        rows = [
            {
                "key": task.key,
                "box_key": box,
                "text": task.text,
                "done": task.done,
                "due": task.due.isoformat() if task.due else None,
                "assignees": list(task.assignees),
                "creator_key": task.creator_key,
                "created": task.created.isoformat(),
                "box_saved": saved,
            }
            for task in reading.streak.tasks(box)
        ]
        yield Portion(rows, scopes=[box])


def _activities(reading: StreakReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    for box, saved in boxes_behind(warehouse, streak.ACTIVITIES, "comments + meetings", BOXES_A_TIME):
        comments = [
            _activity(c.key, box, saved, "comment", c.creator_key, c.created, c.message)
            for c in reading.streak.comments(box)
        ]
        meetings = [
            _activity(m.key, box, saved, _MEETINGS.get(m.kind, m.kind), m.creator_key, m.started, m.notes)
            for m in reading.streak.meetings(box)
        ]
        yield Portion(comments + meetings, scopes=[box])


_MEETINGS = {"CALL_LOG": "call", "MEETING_NOTES": "meeting"}


def _activity(key: str, box: str, saved: str, kind: str, creator: str, at: datetime | None, text: str) -> Row:
    return {
        "key": key,
        "box_key": box,
        "kind": kind,
        "creator_key": creator,
        "at": at.isoformat() if at else None,
        "text": text,
        "box_saved": saved,
    }


def _kept_records(
    reading: InforReading, entity: Entity, since: datetime | None
) -> Iterator[Sequence[Record]]:
    """None of what the product does not keep: its table is there, and empty."""
    try:
        yield from reading.erp.records(entity, since=since)
    except Misconfigured as error:
        if error.code != SetupCode.NO_SUCH_ENTITY:
            raise


def _records(entity: Entity) -> Read[InforReading]:
    """The ERP lists by the time of the last change, oldest first."""

    def read(reading: InforReading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
        for page in _kept_records(reading, entity, span.start):
            wanted = [record for record in page if span.end is None or record.modified < span.end]
            rows = [row(entity, record) for record in wanted]
            yield Portion(rows, max((record.modified for record in wanted), default=None))
            if len(wanted) < len(page):
                return

    return read


def _known(portions: Callable[[Snapshot], Iterator[list[Row]]]) -> Read[Reading]:
    """What the ledger knows."""

    def read(reading: Reading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
        yield from map(Portion, portions(reading.store.snapshot))

    return read


def _requests(reading: Reading, warehouse: Warehouse, span: Span) -> Iterator[Portion]:
    yield from map(Portion, requests(reading.store))


def _box(box: "Box") -> Row:
    return {
        "key": box.key,
        "pipeline_key": box.pipeline_key,
        "name": box.name,
        "notes": box.notes,
        "stage": box.stage,
        "creator_key": box.creator_key,
        "created": box.created.isoformat(),
        "stage_changed": box.stage_changed.isoformat() if box.stage_changed else None,
        "updated": _instant(box.version).isoformat(),
        "version": box.version,
        "saved": _instant(box.saved).isoformat(),
        "tasks": box.tasks,
        "comments": box.comments,
        "meetings": box.meetings,
        "fields": {name: as_text(value) for name, value in box.fields.items()},
        "contacts": [link.key for link in sorted(box.contacts, key=lambda link: not link.starred)],
        "organizations": [link.key for link in sorted(box.organizations, key=lambda link: not link.starred)],
    }


def _deal(reading: StreakReading, box: "Box") -> Row:
    deal, milestone = reading.mapping.glance(box), reading.config.stages.classify(box.stage)
    worth = reading.mapping.worth(deal)
    return {
        "key": box.key,
        "milestone": milestone.value if milestone else "",
        "party": deal.party.link_key if deal.party else "",
        "creator_key": box.creator_key,
        "currency": deal.currency,
        "value": None if worth is None else plain(worth),
        "created": box.created.isoformat(),
        "stage_changed": box.stage_changed.isoformat() if box.stage_changed else None,
        "updated": _instant(box.version).isoformat(),
    }


def _entry(entry: "Contact | Organization", table: EntityTable) -> Row:
    columns = {column.name for column in table.columns}
    return {
        **entry.model_dump(mode="json", include=columns),
        "saved": _instant(entry.version).isoformat(),
    }


def _latest(records: "tuple[Contact, ...] | tuple[Box, ...]") -> datetime | None:
    versions = [record.version for record in records]
    return _instant(max(versions)) if versions else None


def _instant(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


_ALL: tuple[Extract[Any], ...] = (
    Extract(streak.PIPELINES, _pipelines),
    Extract(streak.STAGES, _stages),
    Extract(streak.FIELDS, _fields),
    Extract(streak.BOXES, _boxes, incremental=True, one=_one_box, shifts=True),
    Extract(streak.DEALS, _deals, incremental=True, one=_one_deal, shifts=True),
    Extract(streak.CONTACTS, _contacts, incremental=True, one=_one_contact),
    Extract(streak.ORGANIZATIONS, _organizations, one=_one_organization),
    Extract(streak.TASKS, _tasks, by_box=True),
    Extract(streak.ACTIVITIES, _activities, by_box=True),
    *(
        Extract(table, _records(entity), incremental=True, one=_one_record(entity))
        for entity, table in INFOR_TABLES.items()
    ),
    Extract(ledger.LINKS, _known(Snapshot.links)),
    Extract(ledger.ORDER_INVOICES, _known(Snapshot.order_invoices)),
    Extract(ledger.SHADOWS, _known(Snapshot.shadows)),
    Extract(ledger.OPEN_EFFECTS, _known(Snapshot.open_effects)),
    Extract(ledger.REQUESTS, _requests),
    Extract(ledger.WAITING, _known(Snapshot.waiting)),
    Extract(ledger.OPEN_LETTERS, _known(Snapshot.open_letters)),
)
SOURCES = {source.table.name: source for source in _ALL}
