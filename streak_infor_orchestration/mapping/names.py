"""The file's names beside Streak's: which are missing, there twice, or mean something else than they did.

A name is pinned to the key it had when it was first seen: a field that was renamed, or two that were swapped, would
else pass for each other.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from streak_infor_orchestration.config.faults import nearest
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import LinkedBoxLines
from streak_infor_orchestration.config.names import Named, NamedStage, Where, fields_of, stages_of
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.names import NameFault, Stops
from streak_infor_orchestration.domain.problems.names import NameCode
from streak_infor_orchestration.streak.vocabulary import Field, NamedItem, Pipeline, Stage, Team

ACCEPT = "streak-infor check --accept-names"
_OWN = {Where.CONTACT: "contacts", Where.ORGANIZATION: "organizations"}


@dataclass(frozen=True)
class Vocabulary:
    """What Streak calls things now. `linked` is the pipeline of linked boxes, `team` has the own fields of contacts and
    organizations; None where the file names nothing of them. `all` are the team's pipelines, where they were asked for:
    a second one of the same name is among them."""

    deals: Pipeline
    linked: Pipeline | None = None
    team: Team | None = None
    all: tuple[Pipeline, ...] = ()

    def pipeline(self, where: Where) -> Pipeline:
        found = self.linked if where is Where.LINKED else self.deals
        assert found is not None, "read where the file names something of it"
        return found

    def fields(self, where: Where) -> Sequence[Field]:
        if where in (Where.DEALS, Where.LINKED):
            return self.pipeline(where).fields
        assert self.team is not None, "read where the file names something of it"
        return self.team.contact_fields if where is Where.CONTACT else self.team.organization_fields


@dataclass(frozen=True)
class Look:
    """`keys`: of every name that is there once, and means what it did."""

    faults: tuple[NameFault, ...]
    keys: dict[str, str]


Pins = Dictionary[str, str]


class FileNames:
    """All names of one configuration."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._stages = tuple(stages_of(config))
        self._fields = tuple(fields_of(config))
        customers = [rule for rule in config.fields if rule.to.startswith("customer.")]
        self._of_customers = frozenset(name for rule in customers for name in rule.box_fields)
        self.of_team = any(named.where in _OWN for named in self._fields)
        deals = (Where.DEALS, config.streak.pipeline, config.place("streak", "pipeline"))
        lines = config.lines
        self.pipelines = (
            (deals, (Where.LINKED, lines.pipeline, config.place("lines", "pipeline")))
            if isinstance(lines, LinkedBoxLines)
            else (deals,)
        )

    def look(self, at: Vocabulary, pins: Pins) -> Look:
        """Compare with what is there. `pins`: the keys that the names had, as far as they are known."""
        look = _Look(pins)
        self._pipelines(at, look)
        for stage in self._stages:
            self._stage(stage, at, look)
        absent = self._absent_rows(at, pins)
        for named in self._fields:
            if (named.where, named.row) not in absent:
                self._field(named, at, look)
        return Look(tuple(look.faults), look.keys)

    @property
    def pinned(self) -> frozenset[str]:
        """Names of everything that may be pinned: what else is pinned is not named any more."""
        ids = {_id_of(named) for named in self._fields} | {_stage_id(stage) for stage in self._stages}
        ids.add(team_id(self._config.streak.team))
        return frozenset(ids | {pipeline_id(name) for _, name, _ in self.pipelines})

    def hold_customers(self, faults: Iterable[NameFault]) -> tuple[NameFault, ...]:
        """Those of `faults` that a customer cannot be read with, on the deal it is known by or on its own record."""
        deals = (Stops.ORDERS, Stops.VALUE)
        return tuple(
            fault
            for fault in faults
            if fault.stops is Stops.PARTY
            or (fault.stops in deals and (not fault.field or fault.field in self._of_customers))
        )

    def _pipelines(self, at: Vocabulary, look: "_Look") -> None:
        if at.team is not None:
            name, place = self._config.streak.team, self._config.place("streak", "team")
            look.at(team_id(name), f'team "{name}"', "Streak", name, (at.team,), place, Stops.ORDERS)
        for where, name, place in self.pipelines:
            there = at.all or (at.pipeline(where),)
            look.at(pipeline_id(name), f'pipeline "{name}"', "Streak", name, there, place, Stops.ORDERS)

    def _stage(self, stage: NamedStage, at: Vocabulary, look: "_Look") -> None:
        pipeline = at.pipeline(stage.where)
        what, home = f'stage "{stage.name}"', f'the pipeline "{pipeline.name}"'
        stops = Stops.STAGE if stage.where is Where.DEALS else Stops.ORDERS
        stages = tuple(Stage(key=s.key, name=_folded(s.name)) for s in pipeline.stages)
        shown = {s.key: s.name for s in pipeline.stages}
        look.at(_stage_id(stage), what, home, _folded(stage.name), stages, stage.place, stops, shown=shown)

    def _field(self, named: Named, at: Vocabulary, look: "_Look") -> None:
        own, fields = _OWN.get(named.where), at.fields(named.where)
        home = f"the team's {own}" if own else f'the pipeline "{at.pipeline(named.where).name}"'
        stops = Stops.TELLING if named.written else Stops.PARTY if own else Stops.ORDERS
        if not named.option:
            what = f'field "{named.field}"'
            look.at(
                _id_of(named),
                what,
                home,
                named.field,
                fields,
                named.place,
                stops,
                field=named.field,
                optional=named.row > 1,
                plural=own is not None,
            )
            return
        found = [field for field in fields if field.name == named.field]
        if len(found) != 1 or not found[0].options:
            return  # a field that is missing has been told already, and one without options takes any text
        if not named.written and _of_several_tags(named.option, found[0]):
            return
        if stops is Stops.ORDERS and named.where is Where.DEALS:
            stops = Stops.VALUE
        kind = "tag" if found[0].type == "TAG" else "option"
        look.at(
            _id_of(named),
            f'{kind} "{named.option}"',
            f'the field "{named.field}"',
            named.option,
            found[0].options,
            named.place,
            stops,
            field=named.field,
            value=named.option,
        )

    def _absent_rows(self, at: Vocabulary, pins: Pins) -> set[tuple[Where, int]]:
        """Rows of numbered columns of which nothing is there, and never was. The first must be."""
        rows: dict[tuple[Where, int], list[Named]] = {}
        for named in self._fields:
            if named.row > 1 and not named.option:
                rows.setdefault((named.where, named.row), []).append(named)
        there = {where: {field.name for field in at.fields(where)} for where, _ in rows}
        return {
            (where, row)
            for (where, row), columns in rows.items()
            if not any(c.field in there[where] or _id_of(c) in pins for c in columns)
        }


class _Look:
    def __init__(self, pins: Pins) -> None:
        self._pins = pins
        self.faults: list[NameFault] = []
        self.keys: dict[str, str] = {}

    def at(
        self,
        id: str,
        what: str,
        home: str,
        name: str,
        items: Iterable[NamedItem],
        place: str,
        stops: Stops,
        *,
        field: str = "",
        value: str = "",
        shown: Dictionary[str, str] | None = None,
        optional: bool = False,
        plural: bool = False,
    ) -> None:
        """One name: the key it has, or what is wrong with it. `shown` are names as people see them, by key;
        `optional` is what need not be there."""
        items = tuple(items)
        names = shown or {item.key: item.name for item in items}
        found = [item for item in items if item.name == name]
        pinned = self._pins.get(id)
        if len(found) == 1 and pinned in (None, found[0].key):
            self.keys[id] = found[0].key
            return
        once = next((item for item in items if item.key == pinned), None)
        has = "have" if plural else "has"
        if len(found) > 1:
            code, message = NameCode.NAME_TWICE, f"{home} {has} more than one {what}"
            fix = code.fix
        elif found:
            now = f'that one is called "{names[once.key]}" now' if once else "that one is gone"
            code, message = NameCode.NAME_MOVED, f"the {what} of {home} is another one than before; {now}"
            fix = f"rename them back in Streak; if it is meant so, run {ACCEPT}"
        elif once:
            code, message = NameCode.NAME_CHANGED, f'the {what} of {home} was renamed to "{names[once.key]}"'
            fix = code.fix
        else:
            code, message = NameCode.NAME_MISSING, f"{home} {has} no {what}"
            near = nearest(name, names.values())
            fix = f"{near} Else make" if near else "make"
            fix += " it in Streak, or correct the name here"
            fix += f"; if it was taken away on purpose, run {ACCEPT}" if pinned and optional else ""
        held = {*(item.name for item in found), *([once.name] if once else ())}
        problem = Problem(
            code=code,
            message=message,
            field=field,
            value=what,
            rule=place,
            fix=fix,
        )
        self.faults.append(
            NameFault(
                name=id,
                problem=problem,
                stops=stops,
                field=field,
                value=value,
                held_by=frozenset(held),
            )
        )


def team_id(name: str) -> str:
    """What the key of a team is pinned as."""
    return f"team:{name}"


def pipeline_id(name: str) -> str:
    """What the key of a pipeline is pinned as."""
    return f"pipeline:{name}"


def _stage_id(stage: NamedStage) -> str:
    return f"{stage.where}:stage:{_folded(stage.name)}"


def _id_of(named: Named) -> str:
    return f"{named.where}:field:{named.field}" + (f":option:{named.option}" if named.option else "")


def _folded(stage: str) -> str:
    return stage.strip().casefold()


def _of_several_tags(text: str, field: Field) -> bool:
    """What is read of several tags is their names, joined."""
    names = {option.name for option in field.options}
    return field.type == "TAG" and text not in names and all(part in names for part in text.split(", "))
