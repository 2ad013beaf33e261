"""Order lines, wherever the deal keeps them: numbered fields, a text field, linked boxes."""

from collections.abc import Mapping as Dictionary
from typing import Protocol

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import ColumnLines, LinkedBoxLines, TextLines
from streak_infor_orchestration.domain.deal import DealLine, Problem, Value
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.mapping.columns import ColumnReader
from streak_infor_orchestration.mapping.text_lines import TextReader
from streak_infor_orchestration.streak.models import Box


class RowReader(Protocol):
    """Reads the lines of one box."""

    def read(
        self, values: Dictionary[str, Value], currency: str, problems: list[Problem], within: str = ""
    ) -> tuple[DealLine, ...]:
        """The good lines; what is wrong with the others is added to `problems`. `currency` is the order's, as far as
        it is known. `within` names the box where it is not the deal's own."""
        ...

    def none(self, within: str = "") -> Problem:
        """For a box that has no lines."""
        ...


class LineReader:
    """The lines of a deal, by its box and those linked to it."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._rows = _rows(config)
        self._linked = config.lines if isinstance(config.lines, LinkedBoxLines) else None

    def read(
        self, box: Box, linked: tuple[Box, ...], currency: str, problems: list[Problem]
    ) -> tuple[DealLine, ...]:
        """What is wrong, none at all included, is added to `problems`."""
        if self._linked is None:
            lines = self._rows.read(box.fields, currency, problems)
            if not lines and not problems:
                problems.append(self._rows.none())
            return lines
        counted = [other for other in linked if self._linked.counts(other.stage)]
        if not counted:
            problems.append(self._no_linked_box(self._linked, linked))
        return tuple(line for other in counted for line in self._of(other, currency, problems))

    def _of(self, box: Box, currency: str, problems: list[Problem]) -> tuple[DealLine, ...]:
        before = len(problems)
        lines = self._rows.read(box.fields, currency, problems, within=box.name)
        if not lines and len(problems) == before:
            problems.append(self._rows.none(within=box.name))
        problems[before:] = [p.model_copy(update={"box": box.name}) for p in problems[before:]]
        return lines

    def _no_linked_box(self, section: LinkedBoxLines, linked: tuple[Box, ...]) -> Problem:
        stages = " or ".join(section.stages)
        message = f'No box of "{section.pipeline}" is linked to the deal.'
        fix = f'Link the box of "{section.pipeline}" that is ordered.'
        if linked:
            message = f'No box of "{section.pipeline}" that is linked to the deal is at {stages}.'
            fix = f"Move the one that is ordered to {stages}."
        return Problem(
            code=LineCode.NO_LINKED_BOX,
            message=message,
            field="Linked boxes",
            value=", ".join(box.name for box in linked),
            rule=self._config.place("lines", "stages" if linked else "pipeline"),
            fix=fix,
        )


def _rows(config: Integration) -> RowReader:
    match config.lines:
        case ColumnLines(columns=columns):
            return ColumnReader(config, columns)
        case LinkedBoxLines(columns=columns) if columns is not None:
            return ColumnReader(config, columns)
        case TextLines(field=str(field)) | LinkedBoxLines(field=str(field)):
            return TextReader(config, field)
    raise AssertionError("the configuration admits no other lines")
