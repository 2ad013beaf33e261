"""A stateful simulator of SyteLine (CloudSuite Industrial): its IDO REST service, directly and behind the gateway.

:func:`create_app` builds it; :func:`seed_company` is the small company it starts with. Contract, section C.
"""

from streak_infor_orchestration.twins.syteline.app import create_app
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.seed import seed_company
from streak_infor_orchestration.twins.syteline.sessions import User
from streak_infor_orchestration.twins.syteline.settings import Settings
from streak_infor_orchestration.twins.syteline.widths import Widths

__all__ = ["Company", "Settings", "User", "Widths", "create_app", "seed_company"]
