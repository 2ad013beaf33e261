"""What makes an order ready for SyteLine's own invoicing, where the customer has configured it (contract C.1, C.2)."""

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.infor.syteline.kept import unkept
from streak_infor_orchestration.infor.syteline.order_records import OrderRecords
from streak_infor_orchestration.infor.syteline.settings import SytelineReady


def make_ready(records: OrderRecords, order_id: str, ready: SytelineReady | None) -> None:
    """Doing it twice changes nothing, as long as the method that is invoked sees to that."""
    if ready is None:
        return
    if ready.set:
        row = records.header(order_id)
        if row is None:
            raise Rejected(f"infor: there is no order {order_id}", system="infor", value=order_id)
        if differing := unkept(ready.set, row):
            records.update_header(row, differing)
    if ready.method:
        parameters = [
            records.ido.key("CoNum", order_id) if given == "{order}" else given for given in ready.parameters
        ]
        records.ido.invoke(ready.ido, ready.method, parameters)
