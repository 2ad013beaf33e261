"""Which part of a deal's time was the ERP's, and the statistics the demo prints."""

import pytest

from streak_infor_orchestration.demo.timing import Timed, Times, erp_share


def call(at: float, seconds: float, query: str = "") -> dict[str, object]:
    return {"at": at, "seconds": seconds, "query": query}


@pytest.mark.parametrize(
    ("calls", "seconds"),
    [
        ([call(10.5, 0.2), call(11.0, 0.3)], 0.5),
        ([call(9.9, 0.2), call(11.9, 0.3)], 0.2),  # partly before the one instant and after the other
        ([call(8.0, 0.5), call(12.5, 0.5)], 0.0),
        ([call(10.5, 0.2, "modifiedSince=2026")], 0.0),  # a poll is on nobody's way
    ],
)
def test_only_the_time_between_the_instants_counts(calls: list[dict[str, object]], seconds: float) -> None:
    assert erp_share(calls, 10.0, 12.0, "modifiedSince") == pytest.approx(seconds)


def test_the_bar_is_for_what_is_not_the_erp() -> None:
    times = Times(
        tuple(Timed("b", seconds, erp, "r") for seconds, erp in ((1.0, 0.2), (3.0, 2.5), (1.5, 0.2)))
    )
    assert (times.median, times.p99, times.erp) == (1.5, 3.0, 0.2)
    assert times.ours == pytest.approx(0.8)
