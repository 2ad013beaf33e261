"""The façade's twin: its parts in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from streak_infor_orchestration.twins.erp import ErpTwin, Part
from streak_infor_orchestration.twins.infor.access import AccessControl
from streak_infor_orchestration.twins.infor.business import FacadeBusiness
from streak_infor_orchestration.twins.infor.company import Company


@dataclass
class FacadeTwin(ErpTwin[Company, FacadeBusiness]):
    access: AccessControl

    def business_of(self, data: Company) -> FacadeBusiness:
        return FacadeBusiness(data)

    def parts(self) -> Sequence[Part]:
        return (self.access,)
