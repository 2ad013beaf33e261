"""Which test shows which row of the API table this product promises: `docs/api-coverage.md` and its guard.

A test says `@pytest.mark.covers("GET /v2/boxes", by="GET /v1/pipelines/{pipeline}/boxes")`: the row, and the real
operation behind it (left out where they are the same). `rows.py` has the table, `claims.py` reads the marks off the
source, `page.py` writes them down, `plugin.py` fails a whole run in which a claimed test did not pass.
"""
