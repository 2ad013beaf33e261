"""`python -m …growth ROWS`: writes a table of so many boxes, then merges a change of all of them into it.

Prints, as JSON, the seconds each took and by how many MB the process grew beyond what it was after a small table.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from streak_infor_orchestration.analytics.streak_tables import BOXES
from streak_infor_orchestration.analytics.warehouse import Warehouse

PAGE = 200
_TEXT = "Steel brackets, galvanised, as agreed on the phone"


def box(number: int, version: int) -> dict[str, object]:
    moment = f"2026-01-01T00:{number // 60 % 60:02d}:{number % 60:02d}.{version:03d}Z"
    return {
        "key": f"agxzfm1haWxmb29nYWVyNgsSDE9yZ2FuaXphdGlvb{number:012d}",
        "pipeline_key": "agxzfm1haWxmb29nYWVyLwsSDE9yZ2FuaXphdGlvbiIN",
        "name": f"Deal {number}",
        "notes": _TEXT,
        "stage": "Lead",
        "creator_key": "",
        "created": moment,
        "stage_changed": None,
        "updated": moment,
        "version": version,
        "saved": moment,
        "tasks": 0,
        "comments": 0,
        "meetings": 0,
        "fields": {f"Field {n}": f"{_TEXT} {number} {n}" for n in range(6)},
        "contacts": [],
        "organizations": [f"organization {number % 1000}"],
    }


def pages(rows: int, version: int) -> Iterator[list[dict[str, object]]]:
    for start in range(0, rows, PAGE):
        yield [box(number, version) for number in range(start, min(rows, start + PAGE))]


def write(warehouse: Warehouse, rows: int, version: int) -> float:
    """Seconds for reading page by page, merging and publishing."""
    begun = time.perf_counter()
    delta = warehouse.delta(BOXES)
    for page in pages(rows, version):
        delta.add(page)
    assert warehouse.publish(delta).rows == rows
    delta.discard()
    return time.perf_counter() - begun


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(rows: int) -> None:
    with TemporaryDirectory() as folder:
        warmed = Warehouse(f"{folder}/warm", Path(folder, "warm.work"))
        write(warmed, 2000, 1)
        before = peak()
        warehouse = Warehouse(f"{folder}/tables", Path(folder, "work"))
        first, second = write(warehouse, rows, 1), write(warehouse, rows, 2)
        size = warehouse.path(BOXES).stat().st_size / 2**20
    print(
        json.dumps(
            {
                "rows": rows,
                "first_seconds": round(first, 1),
                "merge_seconds": round(second, 1),
                "grown_mb": round(peak() - before),
                "file_mb": round(size),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
