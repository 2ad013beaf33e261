"""Whether the pipeline in Streak has what the configuration names."""

from collections.abc import Collection

from streak_infor_orchestration.config.faults import Loc, nearest
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import ColumnLines
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
    for name, loc in _needed(config).items():
        if name not in fields:
            complaints.append(
                (config.place(*loc), f'the pipeline has no field "{name}"', nearest(name, fields))
            )
    return tuple(f"{place}: {message}{'; ' + fix if fix else ''}" for place, message, fix in complaints)


def _needed(config: Integration) -> dict[str, Loc]:
    """Every field the pipeline must have, and the first place that asks for it."""
    later_rows: set[str] = set()
    if isinstance(config.lines, ColumnLines):
        columns = config.lines.columns
        later_rows.update(*(columns.row(number).values() for number in range(2, columns.max + 1)))
    needed: dict[str, Loc] = {}
    for name, loc in (*config.fields_read(), *config.fields_written()):
        if name not in later_rows:
            needed.setdefault(name, loc)
    return needed
