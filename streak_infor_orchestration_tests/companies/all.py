"""All of them."""

from streak_infor_orchestration_tests.companies.agency import AGENCY
from streak_infor_orchestration_tests.companies.distributor import DISTRIBUTOR
from streak_infor_orchestration_tests.companies.manufacturer import MANUFACTURER

COMPANIES = (MANUFACTURER, AGENCY, DISTRIBUTOR)
