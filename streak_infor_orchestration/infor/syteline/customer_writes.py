"""Customers made and changed (Infor API contract C.3, C.4, C.5)."""

from streak_infor_orchestration.domain.errors import Conflict, Rejected, Stale, Unknown
from streak_infor_orchestration.domain.party import Address, Customer, CustomerChanges, CustomerDraft
from streak_infor_orchestration.infor.own_fields import own_fields
from streak_infor_orchestration.infor.port import FoundCustomer, Steps
from streak_infor_orchestration.infor.syteline.customers import ITSELF, SHIP_TO, IdoCustomers, is_itself
from streak_infor_orchestration.infor.syteline.filters import both, equal
from streak_infor_orchestration.infor.syteline.ido import Ido, Row, Values
from streak_infor_orchestration.infor.syteline.kept import unkept
from streak_infor_orchestration.infor.syteline.section import SytelineSection

_IDO = "SLCustomers"
NAMES = {
    "name": "Name",
    "contact_name": "Contact_1",
    "phone": "Phone_1",
    "currency": "CurrCode",
    "payment_terms": "TermsCode",
    "salesperson": "Slsman",
}
ADDRESS = {
    "line1": "Addr_1",
    "line2": "Addr_2",
    "city": "City",
    "region": "State",
    "postal_code": "Zip",
    "country": "Country",
}


class CustomerWrites:
    def __init__(self, ido: Ido, section: SytelineSection, customers: IdoCustomers) -> None:
        self._ido = ido
        self._section = section
        self._said = section.customers
        self._customers = customers
        self._names = {**NAMES, "email": self._said.email, "reference": self._said.reference}
        if self._said.tax_id:
            self._names["tax_id"] = self._said.tax_id

    def find(self, draft: CustomerDraft) -> FoundCustomer:
        """By its reference, which is exact and sees every record at once; one whose address for goods is missing yet is
        half-made."""
        found = self._customers.matching(reference=draft.reference)
        if len(found) == 1 and draft.shipping_address and not found[0].shipping_address:
            return FoundCustomer(steps={"customer": found[0].id})
        return FoundCustomer(customers=found)

    def create(self, draft: CustomerDraft, steps: Steps) -> Customer:
        wanted = self._values(draft)
        number = steps.take("customer", lambda: self._insert(draft, wanted))
        if draft.shipping_address is not None:
            address = {name: value for name, value in self._address(draft.shipping_address).items() if value}
            steps.take("ship-to", lambda: self._insert_address(number, draft.name, address))
        rows = self._customers.rows([number], tagged=True)
        row = next((row for row in rows if is_itself(row)), None)
        if row is None:
            raise Unknown(f"infor: customer {number} was made and cannot be read", system="infor")
        ignored = unkept(wanted, row, apart_from=("CustNum", "CustSeq"))
        if not ignored:
            return self._customers.read(rows)
        steps.take("customer again", lambda: self._update(number, row, ignored))
        return self._read(number)

    def change(self, customer: Customer, changes: CustomerChanges) -> Customer:
        """Raises `Stale` if it changed since it was read by its id."""
        rows = self._customers.rows([customer.id], tagged=True)
        row = next((row for row in rows if is_itself(row)), None)
        if row is None or (customer.version and row.get("_ItemId") != customer.version):
            raise Stale(f"infor: customer {customer.id} changed since it was read", system="infor")
        given = changes.model_fields_set
        values = self._values(changes, only=given)
        values = {name: value or None for name, value in values.items()}
        if differing := unkept(values, row):
            self._update(customer.id, row, differing)
        if "shipping_address" in given:
            self._ship_to(customer, rows, changes.shipping_address or Address())
        return self._read(customer.id)

    def _ship_to(self, customer: Customer, rows: tuple[Row, ...], address: Address) -> None:
        values = {name: value or None for name, value in self._address(address).items()}
        other = next((row for row in rows if not is_itself(row)), None)
        if other is None:
            self._insert_address(customer.id, customer.name, values)
        elif differing := unkept(values, other):
            self._ido.update(_IDO, other, self._at(customer.id, SHIP_TO), differing)

    def _read(self, number: str) -> Customer:
        customer = self._customers.find(number)
        if customer is None:
            raise Unknown(f"infor: customer {number} was written and cannot be read", system="infor")
        return customer

    def _insert(self, draft: CustomerDraft, wanted: dict[str, str | None]) -> str:
        if self._said.number == "ours":
            return self._insert_ours(draft, wanted)
        made = self._ido.insert(_IDO, {"CustNum": self._said.ask_number, "CustSeq": "0", **wanted})
        number = made.get("CustNum")
        if not isinstance(number, str) or not number.strip():
            raise Unknown("infor: a customer was made, and its number is not told", system="infor")
        return number.strip()

    def _insert_ours(self, draft: CustomerDraft, wanted: dict[str, str | None]) -> str:
        """Inserts under a number of ours, which makes doing it twice harmless: where the number is taken, the customer
        that has it is looked up, and may be this very one."""
        padded = self._ido.key("CustNum", self._said.number_prefix)
        room = len(padded) - len(self._said.number_prefix)
        number = self._said.number_prefix + draft.reference[-room:].rjust(room, "0")
        try:
            self._ido.insert(_IDO, {"CustNum": number, "CustSeq": "0", **wanted})
        except Rejected:
            there = self._customers.find(number)
            if there is None:
                raise
            if there.reference != draft.reference:
                raise Conflict(
                    f"infor: customer number {number} is another's", system="infor", existing=number
                ) from None
        return number

    def _insert_address(self, number: str, name: str, values: Values) -> str:
        """Inserts the address for goods under a key of ours: one that is there already is refused, and so never there
        twice."""
        key = {"CustNum": self._ido.key("CustNum", number), "CustSeq": SHIP_TO}
        try:
            self._ido.insert(_IDO, {**key, "Name": name, **values})
        except Rejected:
            if self._ido.one(_IDO, ("CustNum",), self._at(number, SHIP_TO)) is None:
                raise
        return SHIP_TO

    def _update(self, number: str, row: Row, values: dict[str, str | None]) -> str:
        self._ido.update(_IDO, row, self._at(number), values)
        return number

    def _at(self, number: str, sequence: str = "") -> str:
        key = equal("CustNum", self._ido.key("CustNum", number))
        return both(key, f"CustSeq = {sequence}" if sequence else ITSELF)

    def _values(
        self, wanted: CustomerDraft | CustomerChanges, only: set[str] | None = None
    ) -> dict[str, str | None]:
        """What is set, or the fields of `only` whatever they hold."""
        fields = (
            {name for name in type(wanted).model_fields if getattr(wanted, name)} if only is None else only
        )
        values: dict[str, str | None] = {}
        if only is None:
            values.update(self._said.set)
        values.update({self._names[name]: getattr(wanted, name) for name in self._names if name in fields})
        if "billing_address" in fields:
            values.update(self._address(wanted.billing_address or Address()))
        if "custom" in fields:
            values.update(
                own_fields(
                    wanted.custom,
                    self._section.custom_fields.customers,
                    product="SyteLine",
                    setting="erp.custom_fields.customers",
                    such_as="Uf_{}",
                )
            )
        return {name: value for name, value in values.items() if value or only is not None}

    def _address(self, address: Address) -> dict[str, str | None]:
        values: dict[str, str | None] = {prop: getattr(address, name) for name, prop in ADDRESS.items()}
        country = address.country
        return {**values, "Country": self._said.countries.get(country, country)}
