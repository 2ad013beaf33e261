"""A preview as one HTML file that needs nothing else: to be sent around before anything is switched on."""

from collections.abc import Sequence
from pathlib import Path

from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.onboarding.compare import Difference
from streak_infor_orchestration.onboarding.preview import Previewed, PreviewedDeal, Prospect
from streak_infor_orchestration.pages import page

_TEMPLATE = Path(__file__).with_name("preview.html")


def preview_page(
    previewed: Previewed, changes: Sequence[Difference], file_changes: Sequence[str], title: str
) -> str:
    return page(
        _TEMPLATE,
        shown=visible,
        title=title,
        summary=summary(previewed),
        rows=previewed.rows,
        lines=_lines,
        total=total,
        problems=problems,
        changes=changes,
        file_changes=file_changes,
    )


def summary(previewed: Previewed) -> str:
    """One sentence for each standing that any deal has."""
    told = []
    for standing, words in (
        (Prospect.ORDER, "would be ordered now"),
        (Prospect.PROBLEM, "should be ordered and cannot"),
        (Prospect.NOT_YET, "could be ordered once accepted"),
        (Prospect.INCOMPLETE, "are not accepted yet, nor complete"),
        (Prospect.HISTORY, "were accepted before the integration begins and are left alone"),
        (Prospect.LOST, "are lost"),
    ):
        count = previewed.count(standing)
        if count:
            money = ", ".join(f"{plain(amount)} {code}" for code, amount in previewed.money(standing).items())
            told.append(f"{count} {words}{f' ({money})' if money else ''}")
    return "; ".join(told) + "." if told else "There are no deals in this pipeline."


def total(row: PreviewedDeal) -> str:
    return f"{plain(row.draft.total)} {row.draft.currency}" if row.draft else ""


def problems(row: PreviewedDeal) -> tuple[str, ...]:
    """Each with what to do; nothing for a deal that is lost or history."""
    if row.standing in (Prospect.LOST, Prospect.HISTORY):
        return ()
    return tuple(f"{p.message} {p.fix}".strip() for p in row.problems) or (
        (row.reason,) if row.reason else ()
    )


def _lines(row: PreviewedDeal) -> str:
    return "; ".join(f"{plain(li.quantity)} x {li.sku}" for li in row.draft.lines) if row.draft else ""
