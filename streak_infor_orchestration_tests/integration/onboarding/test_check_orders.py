"""What `check` says of orders that the ERP's people make, and of what this ERP cannot tell."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.orders import made_in_the_erp
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.sync.deals.test_settled import TOLD
from streak_infor_orchestration_tests.integration.sync.orders.typed import BY_HAND
from streak_infor_orchestration_tests.world.world import World, configuration


@pytest.fixture
def said(world: World, process: Wiring) -> Callable[[], list[str]]:
    settings = {**BY_HAND, "# Numbers typed as text": TOLD + "\n# Numbers typed as text"}
    process.config = configuration(world.company, settings)
    assert isinstance(process.config, Integration)
    return lambda: [f"{one.mark}: {one.what}" for one in made_in_the_erp(Context(process, None))]


def test_an_erp_that_tells_everything(said: Callable[[], list[str]]) -> None:
    (only,) = said()
    assert 'orders typed in the ERP since 2000-01-01 become boxes in "Lead", as they come' in only


def test_one_that_does_not(said: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def records(*_: object, **__: object) -> None:
        raise Misconfigured("no such entity")

    monkeypatch.setattr(FacadeErp, "records", records)
    monkeypatch.setattr(FacadeErp, "change_feeds", ())
    boxes, credit, reversal, *rest = said()
    assert "found once an hour: this ERP keeps no list of changes" in boxes
    assert "this ERP keeps no credit notes one by one" in credit
    assert "this ERP keeps no payments one by one" in reversal
    assert rest == []
