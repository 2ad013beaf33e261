"""How many calls a write costs: the fewest that the contract allows, and no login when warm."""

from decimal import Decimal

from streak_infor_orchestration.domain.order import Line
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab

IDO = "/TWIN_TST/CSI/IDORequestService/ido"


def lines(count: int) -> tuple[Line, ...]:
    return tuple(
        Line(sku="BRK-1001", quantity=Decimal(n), price=Decimal("10.35")) for n in range(1, count + 1)
    )


def since(lab: SytelineLab, call: int) -> list[str]:
    return [said.replace(IDO, "") for said in lab.control.calls_since(call)]


def test_an_order_of_three_lines_costs_eight_calls(lab: SytelineLab) -> None:
    """The lookup, the header, a call a line, both loads, and that it counts."""
    draft = lab.draft(lines=lines(3), second_reference="STKLONGREFERENCE")
    lab.erp.products(["BRK-1001"])  # as the mapping has
    before = lab.control.last_call()
    assert lab.erp.find_order(draft.reference, draft).orders == ()
    order = lab.erp.create_order(draft, Steps())
    assert since(lab, before) == [
        "GET /load/XX_SLCos",
        "POST /update/XX_SLCos",
        *["POST /update/XX_SLCoitems"] * 3,
        "GET /load/XX_SLCos",
        "GET /load/XX_SLCoitems",
        "POST /update/XX_SLCos",
    ]
    assert order.total == draft.total


def test_an_item_that_nobody_read_yet_costs_one_more(lab: SytelineLab) -> None:
    draft = lab.draft(lines=lines(3))
    before = lab.control.last_call()
    lab.erp.create_order(draft, Steps())
    assert since(lab, before)[0] == "GET /load/SLItems"
    assert len(since(lab, before)) == 8


def test_what_an_order_takes_from_its_customer_costs_one_more(make_lab: object) -> None:
    lab = make_lab(orders={"from_customer": ["TermsCode"]})  # type: ignore[operator]
    customer = lab.customer(payment_terms="N14")
    draft = lab.draft(customer_id=customer.id, lines=lines(1))
    lab.erp.products(["BRK-1001"])
    before = lab.control.last_call()
    lab.erp.create_order(draft, Steps())
    assert len(since(lab, before)) == 6
    assert since(lab, before)[0] == "GET /load/XX_SLCustomers"


def test_a_look_at_an_order_and_its_invoices_costs_three_calls(lab: SytelineLab) -> None:
    order = lab.order()
    before = lab.control.last_call()
    lab.erp.order(order.id)
    assert lab.erp.invoices(order.id) == ()
    assert since(lab, before) == ["GET /load/XX_SLCos", "GET /load/XX_SLCoitems", "GET /load/SLInvHdrs"]


def test_a_customer_that_is_not_there_costs_one_call_a_question(lab: SytelineLab) -> None:
    lab.erp.ping()
    before = lab.control.last_call()
    for field, value in (("reference", "STKNOBODY"), ("email", "nobody@example.com"), ("name", "Nobody")):
        assert lab.erp.find_customers(field, value) == ()  # type: ignore[arg-type]
    assert since(lab, before) == ["GET /load/XX_SLCustomers"] * 3


def test_fifty_orders_are_read_again_in_six_calls(lab: SytelineLab) -> None:
    orders = [f"STKNONE{n:03}" for n in range(50)]
    lab.erp.ping()
    before = lab.control.last_call()
    assert [list(page) for page in lab.erp.reread(orders)] == [[], [], [], []]
    assert len(since(lab, before)) == 4
    real = [
        lab.order(reference=f"STKREAL{n:03}", customer_id="1001" if n else lab.customer().id)
        for n in range(3)
    ]
    before = lab.control.last_call()
    told = [record.id for page in lab.erp.reread([order.id for order in real]) for record in page]
    assert told == [order.id for order in real]
    assert len(since(lab, before)) == 3
