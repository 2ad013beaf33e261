"""Whether the pipeline in Streak has what the configuration names."""

from collections.abc import Collection, Iterable

from streak_infor_orchestration.config.faults import Loc, nearest
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import LinkedBoxLines, TextLines
from streak_infor_orchestration.domain.deal import Milestone


def check_pipeline(
    config: Integration, *, stages: Collection[str], fields: Collection[str]
) -> tuple[str, ...]:
    """Complaints about names that are not there, and stages of the pipeline that the file does not class; each
    `integration.yaml:12: stages: …; fix`. Of numbered columns only the first row must exist."""
    complaints = [
        (config.place("stages"), f'stage "{stage}" is not classed', "put it into one of the four lists")
        for stage in config.stages.unclassed(stages)
    ]
    known = {stage.strip().casefold() for stage in stages}
    for milestone in Milestone:
        for position, name in enumerate(getattr(config.stages, milestone.value)):
            if name.strip().casefold() not in known:
                place = config.place("stages", milestone.value, position)
                complaints.append((place, f'the pipeline has no stage "{name}"', nearest(name, stages)))
    wanted = _needed(config, (*config.fields_read(), *config.fields_written()))
    complaints += _lacking(config, wanted, fields, "the pipeline")
    return _told(complaints)


def check_linked_pipeline(
    config: Integration, *, stages: Collection[str], fields: Collection[str]
) -> tuple[str, ...]:
    """The same for the pipeline of linked boxes; nothing where lines do not come from one."""
    if not isinstance(config.lines, LinkedBoxLines):
        return ()
    known = {stage.strip().casefold() for stage in stages}
    name = f'the pipeline "{config.lines.pipeline}"'
    complaints = [
        (config.place("lines", "stages", position), f'{name} has no stage "{stage}"', nearest(stage, stages))
        for position, stage in enumerate(config.lines.stages)
        if stage.strip().casefold() not in known
    ]
    return _told([*complaints, *_lacking(config, _needed(config, config.linked_fields_read()), fields, name)])


Complaint = tuple[str, str, str]


def _told(complaints: Iterable[Complaint]) -> tuple[str, ...]:
    return tuple(f"{place}: {message}{'; ' + fix if fix else ''}" for place, message, fix in complaints)


def _lacking(
    config: Integration, wanted: dict[str, Loc], fields: Collection[str], pipeline: str
) -> list[Complaint]:
    return [
        (config.place(*loc), f'{pipeline} has no field "{name}"', nearest(name, fields))
        for name, loc in wanted.items()
        if name not in fields
    ]


def _needed(config: Integration, named: Iterable[tuple[str, Loc]]) -> dict[str, Loc]:
    """Every field a pipeline must have, and the first place that asks for it."""
    columns = None if isinstance(config.lines, TextLines) else config.lines.columns
    later_rows: set[str] = set()
    if columns is not None:
        later_rows.update(*(columns.row(number).values() for number in columns.rows[1:]))
    needed: dict[str, Loc] = {}
    for name, loc in named:
        if name not in later_rows:
            needed.setdefault(name, loc)
    return needed
