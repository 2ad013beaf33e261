"""When a catalogue is one to show."""

import pytest

from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.demo.catalogue import JOBS, AssetCatalogue


@pytest.mark.parametrize(
    ("catalogue", "good"),
    [
        (AssetCatalogue(("streak/boxes",), (), 2, ()), True),
        (AssetCatalogue(("streak/boxes",), ("streak/boxes",), 2, ()), False),
        (AssetCatalogue(("streak/boxes",), (), 2, ("streak/boxes stage_known",)), False),
        (AssetCatalogue((), (), 0, ()), False),
    ],
)
def test_everything_is_read_and_nothing_red(catalogue: AssetCatalogue, good: bool) -> None:
    assert catalogue.is_good is good


def test_every_table_is_read_by_one_of_its_jobs() -> None:
    assert {f"{name.partition('/')[0]}_tables" for name in TABLES} <= set(JOBS)
