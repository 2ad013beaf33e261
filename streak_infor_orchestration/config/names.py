"""Every name of Streak's that the file relies on, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import LinkedBoxLines, TextLines
from streak_infor_orchestration.config.transform import Otherwise
from streak_infor_orchestration.config.write_back import FieldBack
from streak_infor_orchestration.domain.deal import Milestone


class Where(StrEnum):
    """Whose name it is: of the deals' pipeline, of the one whose boxes are linked, of the team's own fields."""

    DEALS = "deals"
    LINKED = "linked"
    CONTACT = "contact"
    ORGANIZATION = "organization"


@dataclass(frozen=True)
class Named:
    """A field, or an `option` (a tag, too) of a field. `row` of numbered columns: 0 where it is in none. `written` is
    what only shows what the ERP knows."""

    where: Where
    field: str
    place: str
    option: str = ""
    row: int = 0
    written: bool = False


@dataclass(frozen=True)
class NamedStage:
    where: Where
    name: str
    place: str


def stages_of(config: Integration) -> Iterator[NamedStage]:
    for milestone in Milestone:
        for position, name in enumerate(getattr(config.stages, milestone.value)):
            yield NamedStage(Where.DEALS, name, config.place("stages", milestone.value, position))
    if isinstance(config.lines, LinkedBoxLines):
        for position, name in enumerate(config.lines.stages):
            yield NamedStage(Where.LINKED, name, config.place("lines", "stages", position))


def fields_of(config: Integration) -> tuple[Named, ...]:
    """Each once, by the first place that names it; an option after its field."""
    found: dict[tuple[str, str, str], Named] = {}
    for named in (*_columns(config), *_read(config), *_mapped(config), *_written(config)):
        found.setdefault((named.where, named.field, named.option), named)
    return tuple(found.values())


def _columns(config: Integration) -> Iterator[Named]:
    lines = config.lines
    if isinstance(lines, TextLines) or lines.columns is None:
        return
    where = Where.LINKED if isinstance(lines, LinkedBoxLines) else Where.DEALS
    for row in lines.columns.rows:
        for column, name in lines.columns.row(row).items():
            yield Named(where, name, config.place("lines", "columns", column), row=row)


def _read(config: Integration) -> Iterator[Named]:
    for name, loc in config.fields_read():
        yield Named(Where.DEALS, name, config.place(*loc))
    for name, loc in config.linked_fields_read():
        yield Named(Where.LINKED, name, config.place(*loc))
    for position, rule in enumerate(config.fields):
        for record, name in sorted(rule.own_fields):
            yield Named(Where(record), name, config.place("fields", position))
    if config.contacts is not None:
        for name, called in sorted(config.contacts.custom.items()):
            yield Named(Where.CONTACT, called, config.place("contacts", "custom", name))


def _mapped(config: Integration) -> Iterator[Named]:
    """What a map translates is chosen in Streak; of a table only some of it may be."""
    for position, rule in enumerate(config.fields):
        if rule.transform is None or len(rule.sources) != 1:
            continue
        source, place = rule.sources[0], config.place("fields", position)
        where = Where.DEALS if source.record == "field" else Where(source.record) if source.custom else None
        for option in rule.transform.map or () if where else ():
            assert where is not None
            yield Named(where, source.name, place, option)


def _written(config: Integration) -> Iterator[Named]:
    for position, rule in enumerate(config.write_back):
        if not isinstance(rule, FieldBack):
            continue
        place = config.place("write_back", position, "field")
        yield Named(Where.DEALS, rule.field, place, written=True)
        transform = rule.transform
        if transform is None or not transform.map:
            continue
        said = [*transform.map.values()]
        if isinstance(transform.otherwise, Otherwise):
            said.append(transform.otherwise.value)
        for option in filter(None, said):
            yield Named(Where.DEALS, rule.field, place, option, written=True)
