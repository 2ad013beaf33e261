"""The whole story, undisturbed: a deal is ordered, invoiced, paid, and everybody can see it."""

from streak_infor_orchestration_tests.world import World


def test_a_deal_becomes_an_order_an_invoice_and_a_payment(world: World) -> None:
    acme = world.company
    lines = [("BRK-1001", "2", "180.00"), ("FLD-5001", "1.5", "8.90")]
    deal = acme.deal("Northwind", lines=lines, stage="Proposal Accepted")

    world.look(deal)
    (order,) = acme.found_in_erp("salesorders")
    assert (order["TotalAmount"], order["OrderStatus"]) == ("373.35", "Open")

    acme.edit(deal, stage="Closed-Won")
    world.look(deal)
    (invoice,) = acme.found_in_erp("invoices", OrderID=order["OrderID"])
    assert invoice["TotalAmount"] == "373.35"

    acme.pays(invoice["InvoiceID"], "373.35")
    world.poll()
    world.run_until_quiet()
    fields = acme.box(deal)["fieldsByName"]
    assert fields["ERP order"] == order["OrderID"]
    assert fields["ERP invoice"] == invoice["InvoiceID"]
    assert fields["Payment status"] == "Paid"
    assert len(acme.comments(deal)) == 3
    assert world.ports.store.effects.unsettled() == []
