"""`python -m …sides reconcile|bare|roomy FOLDER ROWS`: two generated sides, compared by ours or by a bare join.

Prints, as JSON, the CPU seconds it took, the most memory the whole process had, in MB, and what was found: by kind of
what was planted, and what was not. Each is a process of its own, so that neither inherits the other's memory.
"""

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from streak_infor_orchestration.analytics.engine import engine
from streak_infor_orchestration.analytics.reconciliation.compare import suspects

WIDTH = 8
PLANTED_EVERY = 1_000
"""Of so many records one is spoilt, each kind in turn."""

KINDS = ("differs", "missing in the ERP", "missing in Streak", "orphan link", "duplicate", "not linked")


def generate(folder: Path, rows: int) -> None:
    """A record in each system for every number, linked and alike; what is spoilt, and how, its number says."""
    spoilt = f"CASE WHEN i % {PLANTED_EVERY} = 0 THEN (i // {PLANTED_EVERY}) % {len(KINDS)} END"
    values = [f"md5((i * {n + 3})::VARCHAR)[:{6 + 2 * n}]" for n in range(WIDTH)]
    ours = ", ".join(f"{value} AS v{n}" for n, value in enumerate(values))
    other = f"CASE WHEN kind = 0 THEN 'changed' ELSE {values[0]} END AS v0"
    theirs = ", ".join([other, *(f"{value} AS v{n}" for n, value in enumerate(values) if n)])
    numbers = f"(SELECT i, {spoilt} AS kind FROM range({rows}) AS t(i))"
    key, number, reference = (
        "'agxzfm1haWxmb29nYWVyNgsSDE9yZ2FuaXph' || lpad(i::VARCHAR, 12, '0')",
        "'SO-' || i",
        "'STK' || upper(md5(i::VARCHAR))[:20]",
    )
    with engine(folder) as connection:
        connection.execute(
            f"""COPY (
                SELECT {key} AS key, CASE WHEN kind = 5 THEN '' ELSE {number} END AS partner, {reference} AS reference,
                    kind IS NULL OR kind NOT IN (2, 3) AS present, false AS wanted, false AS moved, {ours}
                FROM {numbers}
            ) TO '{folder}/streak.parquet' (FORMAT parquet)"""
        )
        connection.execute(
            f"""COPY (
                SELECT {number} AS key, {reference} AS reference, false AS over, true AS live, {theirs}
                FROM {numbers} WHERE kind IS NULL OR kind NOT IN (1, 3)
                UNION ALL
                SELECT 'SECOND-' || i, {reference}, false, true, {theirs} FROM {numbers} WHERE kind = 4
            ) TO '{folder}/infor.parquet' (FORMAT parquet)"""
        )


def planted(rows: int) -> dict[str, int]:
    spoilt = range(0, rows, PLANTED_EVERY)
    return dict(Counter(KINDS[(number // PLANTED_EVERY) % len(KINDS)] for number in spoilt))


def _reconcile(folder: Path) -> dict[str, int]:
    sides = (f"read_parquet('{folder}/{side}.parquet')" for side in ("streak", "infor"))
    found = suspects(*sides, width=WIDTH, whole=True, spill=folder)
    return dict(Counter(one.kind.value if one.kind else "differs" for one in found))


def _bare(folder: Path, memory: str | None) -> dict[str, int]:
    """The same two files, joined by the same key and compared value by value, and nothing else."""
    differ = " OR ".join(f"ours.v{n} IS DISTINCT FROM theirs.v{n}" for n in range(WIDTH))
    with engine(folder) as connection:
        if memory is not None:
            connection.execute(f"SET memory_limit = '{memory}'")
        (count,) = connection.execute(
            f"""SELECT count(*) FROM '{folder}/streak.parquet' AS ours
            FULL OUTER JOIN '{folder}/infor.parquet' AS theirs ON ours.partner = theirs.key
            WHERE ours.key IS NULL OR theirs.key IS NULL OR {differ}"""
        ).fetchall()[0]
    return {"rows": int(count)}


def main(what: str, folder: Path) -> None:
    begun = time.process_time()
    match what:
        case "reconcile":
            found = _reconcile(folder)
        case "bare":
            found = _bare(folder, None)
        case _:
            found = _bare(folder, "2GB")
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_seconds": spent, "peak_mb": peak, "found": found}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
