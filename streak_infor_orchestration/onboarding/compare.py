"""Two mappings beside each other: what differs in the files, and what that does to the deals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.onboarding.preview import Previewed, PreviewedDeal


@dataclass(frozen=True)
class Difference:
    """`before` is what the mapping that runs now makes of the deal, `after` what the new one would."""

    key: str
    name: str
    field: str
    before: str
    after: str


def changes(before: Previewed, after: Previewed) -> tuple[Difference, ...]:
    """What changed of the deals that are in both."""
    then = {row.key: row for row in before.rows}
    return tuple(
        Difference(row.key, row.name, field, old, new)
        for row in after.rows
        if row.key in then
        for field, old, new in _between(then[row.key], row)
    )


def file_changes(before: Integration, after: Integration) -> tuple[str, ...]:
    """`- path: value` for what is gone, `+ path: value` for what is new; defaults count as written."""
    old, new = dict(_flat(_plain(before))), dict(_flat(_plain(after)))
    gone = [f"- {path}: {value}" for path, value in old.items() if new.get(path) != value]
    added = [f"+ {path}: {value}" for path, value in new.items() if old.get(path) != value]
    return tuple(sorted((*gone, *added), key=lambda line: (line[2:].partition(": ")[0], line[0] == "+")))


def _between(before: PreviewedDeal, after: PreviewedDeal) -> Iterator[tuple[str, str, str]]:
    """Where there is an order on one side only, that it is there, and what it comes to, says it all."""
    both = before.draft is not None and after.draft is not None
    return _differences(_facts(before, whole=both), _facts(after, whole=both))


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field, ""), after.get(field, "")
        if old != new:
            yield field, old, new


def _facts(row: PreviewedDeal, *, whole: bool) -> dict[str, str]:
    facts = {
        "asks for": row.milestone.value if row.milestone else "nothing known",
        "outcome": row.standing.value,
    }
    if row.draft:
        order = _of_order(row.draft)
        facts |= order if whole else {"total": order["total"]}
    for problem in row.problems:
        facts[f"problem {problem.field or problem.code}"] = problem.message
    return facts


def _of_order(draft: OrderDraft) -> dict[str, str]:
    known = draft.model_dump(mode="json", exclude={"reference", "lines", "custom"}, exclude_defaults=True)
    facts = {name.replace("_", " "): str(value) for name, value in known.items()}
    facts["lines"] = "; ".join(f"{plain(li.quantity)} x {li.sku} @ {plain(li.price)}" for li in draft.lines)
    facts["total"] = f"{plain(draft.total)} {draft.currency}"
    return facts | {f"custom {name}": value for name, value in draft.custom.items()}


def _plain(config: Integration) -> Any:
    return config.model_dump(mode="json", by_alias=True)


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _flat(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for below in value:
            # by what it is about, not by where it stands: a rule put in between changes no other
            yield from _flat(below, f"{path}[{_title(below)}]")
    elif value not in (None, ""):
        yield path, str(value)


def _title(item: Any) -> str:
    if isinstance(item, dict):
        return str(next((item[k] for k in ("to", "field", "once", "url", "name") if item.get(k)), ""))
    return str(item)
