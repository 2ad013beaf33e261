"""What `streak-infor reconcile` shows fits on a terminal, and nothing is cut off."""

from datetime import UTC, datetime

import pytest

from streak_infor_orchestration.cli.reconcile import _print
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.sync.reconcile.reconcile import FoundDrift, Reconciled, Whose

AT = datetime(2026, 3, 1, tzinfo=UTC)
BOX = "agxzfm1haWxmb29nYWVyNgsSDE9yZ2FuaXphdGlvbiISc2FsZXNAYWNtZS5leGFtcGxlDAsSA0JveBiUgNCAgICACQw"


@pytest.mark.parametrize("columns", [80, 250])
def test_a_row_that_has_no_room_becomes_a_block_of_lines(columns: int) -> None:
    drift = Drift("deals", DriftKind.STATUS, BOX, "SO-100001", "Payment status", "Paid", "Unpaid")
    made = Reconciled(
        AT, True, {"deals": 2}, (FoundDrift(drift, None, Whose.PERSON, AT, 1, alarm=True),), 3, 0, 0
    )
    console = Screen()
    console.width = columns
    with console.capture() as shown:
        _print(made, console)
    said = shown.get()
    assert f"{BOX} / SO-100001" in said, "a key can be copied"
    assert ("in the ERP: Unpaid" in said) is (columns == 80)
    assert "needs a person" in said and "2 deals compared" in said
    assert "3 have something under way" in said and "1 disagree: 0 are looked at once more" in said
