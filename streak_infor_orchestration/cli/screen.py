"""Tables and colours on a terminal; where there is none nothing is wrapped or cut off: it is for `grep`."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Column
from rich.text import Text

from streak_infor_orchestration.domain.shown import visible

_AS_WIDE_AS_IT_IS = 100_000


def key_column(what: str = "key") -> Column:
    """Keys share long beginnings: cut off at their ends, as other columns are, they would all be one."""
    return Column(what, overflow="fold")


class Screen(Console):
    """Strings are shown as they are; colours come from `Text`s and from `style=`. `markup`: only for what is ours."""

    def __init__(self, *, stderr: bool = False, markup: bool = False) -> None:
        stream = sys.stderr if stderr else sys.stdout
        width = None if stream.isatty() else _AS_WIDE_AS_IT_IS
        super().__init__(stderr=stderr, width=width, markup=markup, emoji=False, highlight=False)

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **options)
