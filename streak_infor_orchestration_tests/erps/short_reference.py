"""An ERP whose reference field holds two characters: any two deals may meet in it, and the second reference decides.

As Infor SyteLine does, with longer fields (Infor API contract C.3: short references, and the customer's PO beside).
"""

from collections.abc import Iterator
from typing import Literal

from streak_infor_orchestration.infor.port import Traits
from streak_infor_orchestration_tests.erps.two_hundred import TwoHundredErp


class ShortReferenceErp(TwoHundredErp):
    traits = Traits(
        name="short-reference", reference_length=2, second_reference_length=30, settle_seconds=60.0
    )

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        if entity == "customer":
            yield from super().references(entity)
        else:
            yield from self.wire.read(lambda: [(o.second_reference, o.id) for o in self.committed.values()])
