"""An ERP that answers 200 whatever happened: the truth is in `Success` and `Message`.

Infor API contract C.2: HTTP 200 even on failure; C.3: fixed-width keys, short references.
"""

from typing import Any

from streak_infor_orchestration.domain.errors import Rejected, Unknown
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.infor.port import Found, Steps, Traits
from streak_infor_orchestration_tests.erps.base import SmallErp


class TwoHundredErp(SmallErp):
    """Ten characters of reference, left-padded order numbers."""

    traits = Traits(name="two-hundred", reference_length=10, settle_seconds=60.0)

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        return self.wire.read(
            lambda: Found(orders=tuple(o for o in self.committed.values() if o.reference == reference)),
        )

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        answer = self.wire.write("update", lambda: self._update(draft))
        if not isinstance(answer, dict) or "Success" not in answer:
            raise Unknown("the answer has no Success", system="infor")
        if not answer["Success"]:
            raise Rejected(
                answer["Message"], code="unknown_product", system="infor", value=draft.lines[0].sku
            )
        return self.committed[answer["RefreshItems"][0]["CoNum"].strip()]

    def _update(self, draft: OrderDraft) -> dict[str, Any]:
        for line in draft.lines:
            if line.sku not in self.stock:
                return {"Success": False, "Message": f"Item {line.sku} does not exist.", "RefreshItems": None}
        order = self._commit(str(1001 + len(self.committed)), draft)
        return {"Success": True, "Message": None, "RefreshItems": [{"CoNum": order.id.rjust(10)}]}
