"""`make quick`: the tests that find most per second.

Chosen by what noticed small changes to the code when that was last measured list by list; what today's list notices
is not measured (`make mutate` holds changes against all tests). What starts a Postgres or an interpreter, measures, or
waits is left to `make test`, and so are the longer stories of rare events.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parents[1]

CHOSEN = [
    "unit",
    "integration/demo",
    "integration/ledger",
    "integration/sync",
    "effects/test_overtaken.py",
    "effects/test_second_orders.py",
    "chaos/test_customer_deaths.py",
    "twins/infor/test_transcripts.py",
    "twins/streak/test_transcripts.py",
]
LEFT_OUT = [
    "unit/analytics",
    "unit/config/test_documentation.py",
    "unit/config/test_state_folder.py",
    "unit/mapping/test_anything.py",
    "unit/mapping/test_import.py",
    "unit/proof",
    "unit/stack/test_code_address.py",
    "unit/stack/test_one_stack.py",
    "unit/stack/test_private.py",
    "unit/stack/test_signs.py",
    "unit/stack/test_supervisor.py",
    "unit/stack/test_worker.py",
    "unit/test_imports.py",
    "unit/transport/test_budget.py",
    "unit/transport/test_hold.py",
    "unit/transport/test_unpacking.py",
    "integration/ledger/test_concurrency.py",
    "integration/ledger/test_connections.py",
    "integration/ledger/test_lanes.py",
    "integration/ledger/test_metadata.py",
    "integration/ledger/test_migrations.py",
    "integration/ledger/test_strangers.py",
    "integration/ledger/test_throughput.py",
    "integration/sync/watch/test_pruned_ledger.py",
    "integration/sync/customers/test_agree.py",
    "integration/sync/deals/test_asked.py",
    "integration/sync/effects/test_bad_answers.py",
    "integration/sync/deals/test_bad_input.py",
    "integration/sync/deals/test_cancelling.py",
    "integration/sync/deals/test_claim.py",
    "integration/sync/customers/test_customer_sweep.py",
    "integration/sync/customers/test_customers.py",
    "integration/sync/watch/test_late.py",
    "integration/sync/watch/test_left_out.py",
    "integration/sync/customers/test_linked.py",
    "integration/sync/deals/test_odd_texts.py",
    "integration/sync/row/test_outage.py",
    "integration/sync/watch/test_passed.py",
    "integration/sync/row/test_pauses.py",
    "integration/sync/watch/test_polls.py",
    "integration/sync/deals/test_problems.py",
    "integration/sync/deals/test_reaccepted.py",
    "integration/sync/deals/test_reference_data.py",
    "integration/sync/watch/test_strangers.py",
    "integration/sync/deals/test_versions.py",
    "integration/sync/customers/test_who_is_who.py",
    "integration/sync/deals/test_whole_diagnosis.py",
]
ONE_OF_EACH = {"database_url": "sqlite", "product": "facade"}
"""Of the tests that run on several databases or ERPs: which one."""
IN_MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Bytes that have to be free there."""
ONLY_RED = ["-o", "tmp_path_retention_policy=failed", "-o", "tmp_path_retention_count=1"]
"""Of temporary folders those of failed tests are kept."""
EXAMPLES = 20
"""Of each property that names no number of its own: enough for a mistake that is not rare."""


def pytest_configure() -> None:
    """Without hypothesis' deadline of an example, which other work on the machine decides."""
    settings.register_profile("quick", max_examples=EXAMPLES, deadline=None)
    settings.load_profile("quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not is_chosen(item)]
    items[:] = [item for item in items if is_chosen(item)]
    config.hook.pytest_deselected(items=left_out)


def is_chosen(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return True
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return "postgres" not in item.fixturenames and all(
        params.get(name, only) == only for name, only in ONE_OF_EACH.items()
    )


def main() -> int:
    """With pytest's own options behind those that choose. Where the kernel keeps files in memory, temporary ones are
    there, unless `TMPDIR` says otherwise: a test waits for SQLite's commits longer than it computes."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ.setdefault("TMPDIR", str(IN_MEMORY))
    chosen = [str(TESTS / path) for path in CHOSEN]
    ignored = [f"--ignore={TESTS / path}" for path in LEFT_OUT]
    return pytest.main([*chosen, *ignored, "-p", f"{TESTS.name}.suite.quick", *ONLY_RED, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
