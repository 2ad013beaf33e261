"""What the simulators of all ERP products share: one company's data, and what people and time do to it.

A twin is an :class:`ErpTwin`. It implements :class:`Business` over its own books and gets the control surface of
:func:`business_levers`, so that a demo, a test or an oracle need not know which product it looks at.
"""

from streak_infor_orchestration.twins.erp.automatic import AutomaticInvoices
from streak_infor_orchestration.twins.erp.business import Business
from streak_infor_orchestration.twins.erp.levers import business_levers
from streak_infor_orchestration.twins.erp.pace import Pace
from streak_infor_orchestration.twins.erp.seed import seed
from streak_infor_orchestration.twins.erp.twin import ErpTwin, Part

__all__ = ["AutomaticInvoices", "Business", "ErpTwin", "Pace", "Part", "business_levers", "seed"]
