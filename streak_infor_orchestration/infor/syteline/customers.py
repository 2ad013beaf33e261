"""Customers as SyteLine has them: a row for the customer itself, others for where goods go (Infor API contract C.5)."""

from collections.abc import Collection, Mapping

from streak_infor_orchestration.domain.party import Address, Customer
from streak_infor_orchestration.infor.syteline.collection import RowSource, key_in
from streak_infor_orchestration.infor.syteline.grouped import GroupedCollection
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.orders import custom, text
from streak_infor_orchestration.infor.syteline.wire import CustomerRow

CUSTOMERS = RowSource("SLCustomers", "CustNum")
ITSELF = "CustSeq = 0"
SHIP_TO = "1"
"""The row of the address that a customer of ours has for its goods: the first."""


class IdoCustomers(GroupedCollection[Customer]):
    entity = "customers"
    sources = (CUSTOMERS,)
    only = ITSELF

    @property
    def filters(self) -> Mapping[str, str]:
        said = self.section.customers
        own = {"tax_id": said.tax_id} if said.tax_id else {}
        return {"name": "Name", "email": said.email, "reference": said.reference, **own}

    @property
    def properties(self) -> tuple[str, ...]:
        said = self.section.customers
        own = (said.reference, said.email, said.tax_id, *self.section.custom_fields.customers.values())
        return (*CustomerRow.properties(), *filter(None, own), *said.set)

    def of(self, keys: Collection[str], *, whole: bool, tagged: bool = False) -> tuple[Customer, ...]:
        own: dict[str, list[Row]] = {}
        for row in self.rows(keys, tagged=tagged):
            own.setdefault(key_in(row, "CustNum"), []).append(row)
        return self.readable(
            [rows for rows in own.values() if any(is_itself(row) for row in rows)],
            self.read,
            lambda rows: key_in(rows[0], "CustNum"),
            whole=whole,
        )

    def find(self, key: str) -> Customer | None:
        found = self.of([key], whole=True, tagged=True) if key.strip() == key and key else ()
        return next((customer for customer in found if customer.id == key), None)

    def rows(self, keys: Collection[str], *, tagged: bool = False) -> tuple[Row, ...]:
        """Those of the customers themselves and of their first other address."""
        condition = f"CustSeq IN (0, {SHIP_TO})"
        return self.rows_of(CUSTOMERS, keys, self.properties, condition, tagged=tagged)

    def read(self, rows: Collection[Row]) -> Customer:
        row = next(row for row in rows if is_itself(row))
        itself = CustomerRow.model_validate(row)
        others = [CustomerRow.model_validate(other) for other in rows if not is_itself(other)]
        said = self.section.customers
        return Customer(
            id=itself.cust_num,
            **self.times(itself, *others),
            name=itself.name,
            contact_name=itself.contact_1,
            email=text(row, said.email),
            phone=itself.phone_1,
            tax_id=text(row, said.tax_id),
            currency=itself.curr_code,
            payment_terms=itself.terms_code,
            billing_address=self._address(itself),
            shipping_address=self._address(others[0]) if others else None,
            salesperson=itself.slsman,
            credit_limit=itself.credit_limit,
            credit_hold=itself.credit_hold,
            reference=text(row, said.reference),
            custom=custom(row, self.section.custom_fields.customers),
            version=itself.tag,
        )

    def _address(self, row: CustomerRow) -> Address | None:
        codes = {word: code for code, word in self.section.customers.countries.items()}
        address = Address(
            line1=row.addr_1,
            line2=row.addr_2,
            city=row.city,
            region=row.state,
            postal_code=row.zip,
            country=codes.get(row.country, row.country),
        )
        return None if address == Address() else address


def is_itself(row: Row) -> bool:
    return key_in(row, "CustSeq") == "0"
