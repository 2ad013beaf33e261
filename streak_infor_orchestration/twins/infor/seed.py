"""The façade's company at the start: that of all ERP twins."""

from functools import partial

from streak_infor_orchestration.twins.erp import seed
from streak_infor_orchestration.twins.infor.catalogue import upsert
from streak_infor_orchestration.twins.infor.company import Company


def seed_company(company: Company) -> None:
    """Fills an empty company."""
    seed(partial(upsert, company), company.now().date())
