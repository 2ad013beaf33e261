"""The page itself: a table for each subject."""

from collections.abc import Iterator
from inspect import getmodule
from pathlib import Path

from streak_infor_orchestration.domain.problems.catalogue import SUBJECTS
from streak_infor_orchestration.domain.problems.code import USUAL_FIX, Code

PAGE = Path(__file__).parents[2] / "docs" / "problems.md"

_HEAD = """\
# Problems

Everything that may be wrong has a code. It stands in dead letters, alerts and `streak-infor sync`, and never changes
its meaning. This page is made from the catalogue in `domain/problems/` (`make problems`).

*Who cures it*: time (the record waits, and is tried again by itself), a person who owns the deal, or an administrator.
*Sales* are told the fix on the deal; where the problem knows names and numbers, it is told with them. *Repair* is the
command that does it when a person decides so.

Codes that are not listed are somebody else's: `http_` and a status where a system says no more than that, `streak_` and
Streak's own number, and what an ERP or a login server calls its refusals. What people are told to do then depends on
who can cure it:

"""


def page() -> str:
    usual = "".join(f"- {cure.value}: {fix}\n" for cure, fix in USUAL_FIX.items())
    return _HEAD + usual + "".join(map(_section, SUBJECTS))


def _section(subject: type[Code]) -> str:
    return "\n".join(("", *_lines(subject), ""))


def _lines(subject: type[Code]) -> Iterator[str]:
    module = getmodule(subject)
    assert module is not None and module.__doc__
    yield f"## {module.__doc__.strip().rstrip('.')}"
    yield ""
    yield "| code | who cures it | for sales | fix | for an administrator | repair |"
    yield "|---|---|---|---|---|---|"
    for code in subject:
        repair = f"`{code.repair}`" if code.repair else ""
        yield f"| `{code}` | {code.cure.value} | {code.sales} | {code.fix} | {code.administrator} | {repair} |"
