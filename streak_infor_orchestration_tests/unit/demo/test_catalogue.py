"""When a catalogue is one to show."""

import pytest

from streak_infor_orchestration.demo.catalogue import Catalogue


@pytest.mark.parametrize(
    ("catalogue", "good"),
    [
        (Catalogue(("streak/boxes",), (), 2, ()), True),
        (Catalogue(("streak/boxes",), ("streak/boxes",), 2, ()), False),
        (Catalogue(("streak/boxes",), (), 2, ("streak/boxes stage_known",)), False),
        (Catalogue((), (), 0, ()), False),
    ],
)
def test_everything_is_read_and_nothing_red(catalogue: Catalogue, good: bool) -> None:
    assert catalogue.is_good is good
