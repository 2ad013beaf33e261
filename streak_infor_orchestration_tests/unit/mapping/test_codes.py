"""The codes of currencies and countries: two lists of one standard, written down in rooms that know nothing of each
other, hold each other true."""

from streak_infor_orchestration.domain.codes import COUNTRIES, CURRENCIES
from streak_infor_orchestration.twins.erp import codes


def test_the_simulated_erp_knows_the_same_codes() -> None:
    assert set(codes.MINOR_UNITS) == CURRENCIES
    assert codes.COUNTRIES == COUNTRIES
