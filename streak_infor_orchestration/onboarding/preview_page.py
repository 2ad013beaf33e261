"""A preview as one HTML file that needs nothing else: to be sent around before anything is switched on."""

from collections.abc import Iterator, Sequence

from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.shown import as_html
from streak_infor_orchestration.onboarding.compare import Difference
from streak_infor_orchestration.onboarding.preview import Previewed, PreviewedDeal, Prospect

_STYLE = """
body { font: 15px/1.45 sans-serif; max-width: 1200px; margin: 2em auto; padding: 0 1em; color: #222 }
table { border-collapse: collapse; margin: 1em 0; width: 100% }
td, th { padding: .3em .8em; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top }
td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.order { color: #2e7d32 } .problem { color: #c62828 } .incomplete, .not, .lost, .history { color: #777 }
"""


def page(previewed: Previewed, changes: Sequence[Difference], file_changes: Sequence[str], title: str) -> str:
    return "\n".join(_page(previewed, changes, file_changes, title))


def _page(
    previewed: Previewed, changes: Sequence[Difference], file_changes: Sequence[str], title: str
) -> Iterator[str]:
    yield f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{as_html(title)}</title><style>{_STYLE}</style>"
    yield f"<h1>{as_html(title)}</h1><p>{as_html(summary(previewed))} Nothing was written.</p>"
    heads = ("deal", "stage", "", "customer", "order", "total", "problems")
    yield "<table><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>"
    for row in previewed.rows:
        cells = (row.name, row.stage, row.standing.value, row.customer, _lines(row))
        yield f"<tr class='{row.standing.value.split()[0]}'>" + "".join(
            f"<td>{as_html(c)}</td>" for c in cells
        )
        yield f"<td class='n'>{as_html(total(row))}</td><td>{'<br>'.join(map(as_html, problems(row)))}</td></tr>"
    yield "</table>"
    if changes or file_changes:
        yield "<h2>Against the mapping that runs now</h2>"
        if file_changes:
            yield f"<pre>{as_html(chr(10).join(file_changes))}</pre>"
        yield "<table><tr><th>deal</th><th>what</th><th>now</th><th>then</th></tr>"
        for change in changes:
            told = (change.name, change.field, change.before, change.after)
            yield "<tr>" + "".join(f"<td>{as_html(text)}</td>" for text in told) + "</tr>"
        yield "</table>"
    yield "</html>"


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
