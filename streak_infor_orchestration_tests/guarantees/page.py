"""The tables of docs/guarantees.md, made of the files that real runs left."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guarantees.md"
FIGURES = ROOT / "docs" / "figures"

Json = dict[str, Any]

_SECTION = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
NONE_YET = "No run has been kept yet.\n"


def renewed(page: str, folder: Path = FIGURES) -> str:
    """The page with every table between its marks made anew."""
    kept = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return _SECTION.sub(lambda mark: f"{mark[1]}{_TABLES[mark[2]](kept)}{mark[3]}", page)


def _campaigns(kept: list[Any]) -> str:
    rows = [figures for figures in kept if _is(figures, "campaign")]
    head = ["run", "deals", "seeds", "killed", "stopped", "faults", "orders", "sent again", "wrong", "time"]
    return _table(head, [_campaign(figures) for figures in rows])


def _campaign(figures: Json) -> list[str]:
    lost = figures["faults"]
    seeds = figures["seeds"]
    return [
        f"`{figures['command']}`, {figures['day']}, {figures['machine']}",
        f"{figures['deals']:,}",
        f"{seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else str(*seeds),
        _sum(figures["kills"]),
        _sum(figures["stops"]),
        _sum(lost),
        f"{figures['orders']:,}",
        f"{figures['sent_again']:,}",
        ", ".join(f"{count} {kind}" for kind, count in figures["wrong"].items()),
        f"{figures['seconds'] / 60:.0f} min; at rest at most {figures['longest_convergence']:.0f} s after the storm",
    ]


def _kinds(kept: list[Any]) -> str:
    """Who was killed and stopped, and what went wrong on the way, over all campaigns."""
    rows = []
    for what in ("kills", "stops", "faults"):
        sums: dict[str, int] = {}
        for figures in kept:
            if _is(figures, "campaign"):
                for kind, count in figures[what].items():
                    sums[kind] = sums.get(kind, 0) + count
        if sums:
            by_size = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
            rows.append([what, ", ".join(f"{count:,} {kind}" for kind, count in by_size)])
    return _table(["", "in all campaigns above"], rows)


def _residuals(kept: list[Any]) -> str:
    head = ["run", "late, within the second look", "doubled", "found", "after it", "doubled", "found"]
    names = ("late", "doubled", "seen", "beyond", "beyond_doubled", "beyond_seen")
    rows = [
        [f"`{figures['command']}`, {figures['day']}", *(str(figures[name]) for name in names)]
        for figures in kept
        if _is(figures, "residual")
    ]
    return _table(head, rows)


def _mutation(kept: list[Any]) -> str:
    """Room by room; `at_first` is before tests were written for the others."""
    rows = [
        [
            room,
            str(figures["seed"]),
            str(found["changes"]),
            str(found["at_first"]),
            str(found["noticed"]),
            f"{found['share']:.0%}",
            f"`{found['commit']}`, {found['day']}",
        ]
        for figures in kept
        if _is(figures, "mutation")
        for room, found in figures["rooms"].items()
    ]
    return _table(["room", "draw", "changes", "noticed at first", "noticed", "", "commit"], rows)


def _quick(kept: list[Any]) -> str:
    """Over all rooms of a draw."""
    rows = []
    for figures in kept:
        if _is(figures, "quick"):
            rooms = figures["rooms"].values()
            changes, noticed = (sum(found[what] for found in rooms) for what in ("changes", "noticed"))
            commits = ", ".join(sorted({f"`{found['commit']}`, {found['day']}" for found in rooms}))
            rows.append(
                [str(figures["seed"]), str(changes), str(noticed), f"{noticed / changes:.0%}", commits]
            )
    return _table(["draw", "changes", "noticed by `make quick`", "", "commit"], rows)


def _budget(kept: list[Any]) -> str:
    """`bench --figures` keeps a list of rows: what, figure, at_least, at_most."""
    rows = []
    for figures in kept:
        for row in figures if isinstance(figures, list) else []:
            bars = [
                f"{sign} {row[bar]:g}"
                for sign, bar in (("≥", "at_least"), ("≤", "at_most"))
                if row[bar] is not None
            ]
            rows.append([row["what"], f"{row['figure']:.2f}", " ".join(bars) or "told only", _verdict(row)])
    return _table(["what", "figure", "bar", ""], rows)


def _verdict(row: Json) -> str:
    """ "" where there is no bar."""
    least, most = row["at_least"], row["at_most"]
    if least is None and most is None:
        return ""
    met = (least is None or row["figure"] >= least) and (most is None or row["figure"] <= most)
    return "met" if met else "**missed**"


_TABLES: dict[str, Callable[[list[Any]], str]] = {
    "campaigns": _campaigns,
    "kinds": _kinds,
    "residual": _residuals,
    "mutation": _mutation,
    "quick": _quick,
    "budget": _budget,
}


def _is(figures: Any, kind: str) -> bool:
    return isinstance(figures, dict) and figures.get("kind") == kind


def _sum(counts: dict[str, int]) -> str:
    return f"{sum(counts.values()):,}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    if not rows:
        return NONE_YET
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
