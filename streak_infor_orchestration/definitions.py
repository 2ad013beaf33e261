"""Everything Dagster is shown: what lies under `defs/`, and one executor for it all.

Loads with no configuration, no secret and no network.
"""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    here = dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
    # A process for each op would cost an interpreter start, seconds, where an op takes milliseconds.
    return dg.Definitions.merge(here, dg.Definitions(executor=dg.in_process_executor))
