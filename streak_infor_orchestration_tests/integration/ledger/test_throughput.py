"""How many events a second are stored durably. Printed (`-s`), not judged: the disk decides."""

import time
from pathlib import Path

from streak_infor_orchestration_tests.integration.ledger.support import claim, edited, open_store


def test_events_are_stored_one_by_one_and_in_groups(database_url: str | None, tmp_path: Path) -> None:
    store = open_store(database_url, tmp_path)
    for group, commits in ((1, 100), (50, 10)):
        started = time.perf_counter()
        for commit in range(commits):
            store.inbox.record([edited(f"{group}-{commit}-{n}", min_version=1) for n in range(group)])
        rate = group * commits / (time.perf_counter() - started)
        print(f"\n{'postgres' if database_url else 'sqlite'}: {rate:.0f} events/s, {group} a commit")
    assert len(claim(store, limit=1000)) == 600
    store.close()
