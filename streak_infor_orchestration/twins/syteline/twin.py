"""SyteLine's twin: its parts in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from streak_infor_orchestration.twins.erp import ErpTwin, Part
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration.twins.syteline.business import SytelineBusiness
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.refusing import OrderedRefusals
from streak_infor_orchestration.twins.syteline.sessions import Sessions


@dataclass
class SytelineTwin(ErpTwin[Company, SytelineBusiness]):
    sessions: Sessions
    gateway: Gateway
    refusals: OrderedRefusals

    def business_of(self, data: Company) -> SytelineBusiness:
        return SytelineBusiness(data)

    def parts(self) -> Sequence[Part]:
        return (self.sessions, self.gateway, self.refusals)
