"""A stateful simulator of the Infor façade (``/infor/api/v1``): the whole contract, in memory.

:func:`create_app` builds it; :func:`seed_company` is the small company it starts with.
"""

from streak_infor_orchestration.twins.infor.app import create_app
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.seed import seed_company

__all__ = ["Company", "create_app", "seed_company"]
