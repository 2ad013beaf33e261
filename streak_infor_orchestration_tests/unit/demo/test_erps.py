"""Every product that the demo can run: its configuration is one of ours, its credentials are found."""

from pathlib import Path

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.demo.erps import ERPS, DemoErp
from streak_infor_orchestration.demo.places import DemoPlaces
from streak_infor_orchestration.infor.products import FORMAT

ADDRESS = "http://127.0.0.1:9"
PORTS = {f"STREAK_INFOR_{name}_PORT": "0" for name in ("STREAK_TWIN", "INFOR_TWIN", "GATEWAY")}
each_erp = pytest.mark.parametrize("erp", ERPS.values(), ids=list(ERPS))


@each_erp
def test_its_configuration_names_it_and_differs_in_nothing_else(erp: DemoErp, tmp_path: Path) -> None:
    written, facade = ((tmp_path / name) for name in ("erp.yaml", "facade.yaml"))
    written.write_text(erp.configuration(ADDRESS), encoding="utf-8")
    facade.write_text(ERPS["facade"].configuration(ADDRESS), encoding="utf-8")
    loaded, known = FORMAT.load(written), FORMAT.load(facade)
    assert loaded.erp.product == erp.name
    assert loaded.model_dump(exclude={"erp"}) == known.model_dump(exclude={"erp"})


@each_erp
def test_the_product_finds_address_and_credentials(erp: DemoErp, tmp_path: Path) -> None:
    places = DemoPlaces.choose(tmp_path, PORTS, erp)
    places.configure(erp.configuration(places.infor))
    secrets = Secrets(places.environment({}))
    credentials = secrets.infor()
    assert credentials.token_url is not None and credentials.token_url.startswith(places.infor)
    assert credentials.client_id and credentials.client_secret
    section = FORMAT.load(places.config).erp
    assert secrets.infor_address(str(section.base_url)).startswith(places.infor)


@each_erp
def test_its_simulator_is_served_from_the_package_it_names(erp: DemoErp) -> None:
    assert erp.app().state.twin is not None
