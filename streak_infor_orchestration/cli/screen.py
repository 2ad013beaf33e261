"""Tables and colours on a terminal; where there is none nothing is wrapped or cut off: it is for `grep`."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from streak_infor_orchestration.domain.shown import visible

_AS_WIDE_AS_IT_IS = 100_000


class Screen(Console):
    """Strings are shown as they are; colours come from `Text`s and from `style=`. `markup`: only for what is ours."""

    def __init__(self, *, stderr: bool = False, markup: bool = False) -> None:
        stream = sys.stderr if stderr else sys.stdout
        width = None if stream.isatty() else _AS_WIDE_AS_IT_IS
        super().__init__(stderr=stderr, width=width, markup=markup, emoji=False, highlight=False)

    def rows(self, table: Table) -> None:
        """As a table where each row has room on a line. Else a row is a block of lines, one a cell, for the terminal to
        break: nothing is cut off or folded, and a key or a command can be copied."""
        unbounded = self.options.update_width(_AS_WIDE_AS_IT_IS)
        if self.measure(table, options=unbounded).maximum <= self.width:
            self.print(table)
            return
        if table.title:
            self.print(table.title, style="table.title")
        cells = zip(*(column.cells for column in table.columns), strict=True)
        for row, of_row in zip(table.rows, cells, strict=True):
            for column, cell in zip(table.columns, of_row, strict=True):
                if cell:
                    self.print(f"{column.header}: " if column.header else "", end="", style="table.header")
                    self.print(cell, soft_wrap=True, style=row.style)
            self.print()

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **options)
