"""`make quick`: the tests that find most per second.

Measured by small changes to the code (`mutate/`): these notice nine of ten of what all tests together notice, in less
than a tenth of the time. What starts a server of Postgres or an interpreter, measures, or waits is left to `make test`.
"""

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
    "unit/mapping/test_anything.py",
    "unit/mapping/test_import.py",
    "unit/proof",
    "unit/stack/test_private.py",
    "unit/stack/test_supervisor.py",
    "unit/test_imports.py",
    "unit/transport/test_budget.py",
    "integration/ledger/test_concurrency.py",
    "integration/ledger/test_migrations.py",
    "integration/ledger/test_throughput.py",
    "integration/sync/test_bad_answers.py",
    "integration/sync/test_bad_input.py",
    "integration/sync/test_customer_sweep.py",
    "integration/sync/test_left_out.py",
    "integration/sync/test_odd_texts.py",
    "integration/sync/test_outage.py",
    "integration/sync/test_pruned_ledger.py",
    "integration/sync/test_whole_diagnosis.py",
]
ONE_OF_EACH = {"database_url": "sqlite", "product": "facade"}
"""Of the tests that run on several databases or ERPs: which one."""
EXAMPLES = 20
"""Of each property that names no number of its own: enough for a mistake that is not rare."""


def pytest_configure() -> None:
    settings.register_profile("quick", max_examples=EXAMPLES)
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
    """With pytest's own options behind those that choose."""
    chosen = [str(TESTS / path) for path in CHOSEN]
    ignored = [f"--ignore={TESTS / path}" for path in LEFT_OUT]
    return pytest.main([*chosen, *ignored, "-p", f"{TESTS.name}.suite.quick", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
