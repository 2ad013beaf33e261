"""The whole story of one deal, told to whatever runs the integration: a stack, or a process worked by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.demo.streak import without_token
from streak_infor_orchestration_tests.companies.sample import Office, Sample, Words

Arrives = Callable[[Callable[[], bool], str], None]
"""Waits until the look is true, or fails with the words."""


class Story:
    """`arrives` waits for something to be seen, `quiet` until what happened to a box since then is worked off. When it
    is `hurried`, the goods leave and the first money comes before anybody looks: the ERP is only polled."""

    def __init__(
        self,
        office: Office,
        arrives: Arrives,
        quiet: Callable[[str, datetime], None],
        *,
        hurried: bool = False,
    ) -> None:
        self._hurried = hurried
        self._office = office
        self._arrives = arrives
        self._quiet = quiet
        self._box = ""

    def play(self) -> str:
        """Accepted, signed, won, shipped, paid in two parts; fails at the first thing that is not as expected. The
        box's key."""
        sample, streak, infor = self._sample, self._office.streak, self._office.infor
        self._box = sample.open_deal(self._office)
        accepted, signed = sample.pipeline.order
        (won,) = sample.pipeline.invoice

        streak.edit(self._box, stage=accepted)
        self._told(0, 1)
        self._is_ordered_right()
        before = streak.look(self._box), self._booked("customers"), self._booked("salesorders")
        since = datetime.now(UTC)
        streak.edit(self._box, stage=signed)
        self._quiet(self._box, since)
        assert (streak.look(self._box), self._booked("customers"), self._booked("salesorders")) == before

        streak.edit(self._box, stage=won)
        self._told(1, 2)
        assert Decimal(self._invoice["TotalAmount"]) == sample.total
        infor.ships(self._order["OrderID"])
        if not self._hurried:
            self._told(2, 3)
        infor.receives(self._invoice["InvoiceID"], Decimal(sample.first_payment))
        self._told(3, 4)
        assert self._shows(sample.after[2])
        since = datetime.now(UTC)
        infor.receives(self._invoice["InvoiceID"], sample.rest)
        self._told(4, 5)
        self._quiet(self._box, since)
        self._told(4, 5)
        assert (Decimal(self._invoice["Balance"]), self._invoice["Status"]) == (0, "Paid")
        return self._box

    @property
    def _sample(self) -> Sample:
        return self._office.sample

    def _booked(self, collection: str) -> list[dict[str, Any]]:
        return self._office.booked(collection)

    @property
    def _order(self) -> dict[str, Any]:
        (order,) = self._booked("salesorders")
        return order

    @property
    def _invoice(self) -> dict[str, Any]:
        (invoice,) = self._booked("invoices")
        return invoice

    def _told(self, step: int, comments: int) -> None:
        """The box shows this step, and was told so many comments, no other and none twice."""
        self._arrives(
            lambda: self._shows(self._sample.after[step]) and len(self._comments()) >= comments,
            f"step {step + 1}, {self._sample.after[step]}",
        )
        expected = [self._filled(text) for text in self._sample.comments[:comments]]
        assert self._comments() == expected

    def _shows(self, words: Words) -> bool:
        fields, _ = self._office.streak.look(self._box)
        return all(fields.get(name) == self._filled(text) for name, text in words.items())

    def _comments(self) -> list[str]:
        return [without_token(comment) for comment in self._office.streak.look(self._box)[1]]

    def _filled(self, text: str) -> str:
        """Only asked for what is there already."""
        for name, collection, key in (
            ("{order}", "salesorders", "OrderID"),
            ("{invoice}", "invoices", "InvoiceID"),
        ):
            if name in text:
                found = self._booked(collection)
                text = text.replace(name, found[0][key]) if found else text
        return text

    def _is_ordered_right(self) -> None:
        sample, order = self._sample, self._order
        (customer,) = self._booked("customers")
        sold = [
            (line["Product"], *(Decimal(line[name]) for name in ("Quantity", "Price", "Discount", "Tax")))
            for line in order["LineItems"]
        ]
        wanted = [
            (line.product, *map(Decimal, (line.quantity, line.price, line.discount, line.tax)))
            for line in sample.lines
        ]
        assert sold == wanted
        assert (order["Currency"], Decimal(order["TotalAmount"])) == (sample.currency, sample.total)
        assert order["CustomerID"] == customer["CustomerID"]
        assert {name: order[name] for name in sample.order} == sample.order
        for rate in sample.rates:
            assert rate in order["CustomFields"]["ExchangeRate"]
        assert {name: customer[name] for name in sample.customer} == sample.customer
