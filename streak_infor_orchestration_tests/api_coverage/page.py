"""`docs/api-coverage.md`, written from what the tests claim."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from streak_infor_orchestration_tests.api_coverage.claims import TESTS, Claim
from streak_infor_orchestration_tests.api_coverage.rows import BEYOND, INFOR, ROWS, STREAK

PAGE = TESTS.parent / "docs" / "api-coverage.md"

_HEAD = """\
# API coverage

Every row of the API table, the real operation behind it, and the tests that show it over HTTP. Written by
`python -m streak_infor_orchestration_tests.api_coverage`; `make test` fails while a row has no test, a test named here
did not run and pass, or this page is not what the tests say.
"""
_STREAK = """
## Streak

The table's paths are flat; Streak's are not. `{…}` stands for a key.
"""
_BEYOND = """
## Streak, beyond the table
"""
_INFOR = """
## Infor

The façade serves the table's paths as they stand.
"""


def page(claims: Sequence[Claim]) -> str:
    parts = [
        _HEAD,
        _STREAK,
        *_rows(STREAK, claims),
        _BEYOND,
        *_rows(BEYOND, claims),
        _INFOR,
        *_rows(INFOR, claims),
    ]
    return "".join(parts)


def _rows(rows: Mapping[str, str], claims: Sequence[Claim]) -> Iterator[str]:
    for row, differs in rows.items():
        yield f"\n### {row}\n\n" + (f"{differs}.\n\n" if differs else "")
        mine = sorted(claim for claim in claims if claim.row == row)
        for by, claimed in groupby(mine, key=lambda claim: claim.by):
            yield f"- `{by}`\n"
            yield from (f"  - {claim.file}: `{claim.test}`\n" for claim in claimed)


def complaints(claims: Sequence[Claim], text: str) -> list[str]:
    """What is wrong with the page `text` and the table, whether or not any test passed."""
    claimed = {claim.row for claim in claims}
    bare = [f"no test covers {row}" for row in ROWS if row not in claimed]
    stale = [
        "docs/api-coverage.md is out of date: run python -m streak_infor_orchestration_tests.api_coverage"
    ]
    return bare + (stale if text != page(claims) else [])
