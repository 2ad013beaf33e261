"""Whatever is edited on either side, told twice, late or out of order, and whoever dies: both end equal, and rest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.domain.agreement import Owner
from streak_infor_orchestration.ledger.inbox import LANES, Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.shadows import Shadows
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration.sync.row.rows import CUSTOMERS
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.integration.sync.customers.test_agree import writes
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED

MOST_LOOKS = 6
"""After the last edit from outside so many looks may still write; then nothing does."""

FIELDS = {"name": "Name", "phone": "Phone", "industry": "CustomFields"}
RULES = """fields:
  - {to: customer.phone, from: organization.phone, owner: OWNER, clears: copy}
  - {to: customer.name, from: organization.name, owner: OWNER}
  - {to: customer.custom.Trade, from: organization.industry, owner: OWNER}
"""
PEOPLE = "contacts: {create: both, owner: OWNER, clears: copy, gone: close}\nlines:\n"

_numbers = count(1)


@dataclass(frozen=True)
class Edit:
    """Somebody on `side` gives `field` a value, "" for none."""

    side: str
    field: str
    value: str


@dataclass(frozen=True)
class Told:
    """Webhooks arrive so often, for whatever happened before."""

    times: int


@dataclass(frozen=True)
class Polled:
    """The ERP's list of changes is read."""


@dataclass(frozen=True)
class Look:
    """A run, which dies at the point `fatal` if it gets there."""

    fatal: int | None


@dataclass(frozen=True)
class Passed:
    seconds: float


edits = st.builds(
    Edit,
    st.sampled_from(["streak", "infor"]),
    st.sampled_from(["name", "phone", "industry", "role", "staff"]),
    st.sampled_from(["", "1", "2", "3"]),
)
looks = st.builds(Look, st.none() | st.integers(0, 30))
steps = (
    edits
    | looks
    | st.builds(Told, st.integers(1, 2))
    | st.builds(Polled)
    | st.builds(Passed, st.sampled_from([1.0, 4.0, 11.0, 130.0]))
)


class Pair:
    """One organization and its customer with somebody who works there, linked and looked at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        number = next(_numbers)
        company = world.company
        self.key = company.organization(
            f"Northwind {number}", phoneNumbers=["+4930901820"], industry="Shipping"
        )
        self.party = f"organization:{self.key}"
        self.customer = company.book(
            "customers",
            {
                "Name": f"Northwind {number}",
                "Phone": "+4930901820",
                "CustomFields": {"Trade": "Shipping"},
                "Currency": "EUR",
            },
        )["CustomerID"]
        world.ports.store.links.add(Link("customer", self.party, self.customer))
        self.contact = company.contact("Jane", "Roe", emailAddresses=[f"jane@{number}.example"])
        company.edit_party(self.party, contactLinks=[{"key": self.contact}])
        self.told(1)
        self.until_quiet()

    def suffer(self, step: object) -> None:
        match step:
            case Edit(_, "staff", value):
                self.world.company.edit_party(
                    self.party, contactLinks=[{"key": self.contact}] if value else []
                )
            case Edit("streak", "role", value):
                self.world.company.edit_party(f"contact:{self.contact}", title=value and f"Role {value}")
            case Edit(_, "role", value):
                person = {"Role": f"Role {value}" if value else None}
                self.world.company.correct("contacts", self.person["ContactID"], person)
            case Edit("streak", field, value):
                self.world.company.edit_party(self.party, **_in_streak(field, value))
            case Edit(_, field, value):
                self.world.company.correct("customers", self.customer, _in_erp(field, value))
            case Told(times):
                self.told(times)
            case Polled():
                self.polled()
            case Passed(seconds):
                self.world.clock.advance(seconds)
            case Look(None):
                self.look()
            case Look(fatal):
                try:
                    with mortal(Mortality(fatal)):
                        self.look()
                except Killed:
                    pass
                self.world.restart()

    def told(self, times: int) -> None:
        event = Event("streak", "ORG_UPDATE", "customer", self.party)
        for _ in range(times):
            self.world.ports.store.inbox.record([event])

    def polled(self) -> None:
        directory.poll(self.world.ports.erp, self.world.ports.store, people=True)

    def look(self) -> None:
        batch = Batch(run_id=f"run-{next(_numbers)}", lanes=LANES)
        CUSTOMERS.run(batch, self.world.ports)

    def until_quiet(self) -> int:
        """Everything that happened was told, and time passes until nobody waits: how many of the looks wrote."""
        inbox, wrote = self.world.ports.store.inbox, 0
        for _ in range(60):
            self.polled()
            pending = inbox.pending("customer", self.party)
            if pending is None or pending.due_at is None:
                return wrote
            self.world.lease_clock.advance(LEASE_OUTLIVED)
            late = (pending.due_at - self.world.clock.now()).total_seconds()
            self.world.clock.advance(max(1.0, late))
            before = writes(self.world)
            self.look()
            wrote += writes(self.world) > before
        raise AssertionError("it never rests")

    @property
    def person(self) -> dict[str, Any]:
        """Who works there, in the ERP: one and the same, whatever happens."""
        (person,) = self.world.company.found_in_erp("contacts", CustomerID=self.customer)
        return person

    def values(self) -> dict[str, tuple[str, str]]:
        """By field, in Streak and in the ERP."""
        ours = self.world.company.party(self.party)
        (theirs,) = self.world.company.found_in_erp("customers", CustomerID=self.customer)
        return {
            "name": (ours["name"], theirs["Name"]),
            "phone": ("".join(ours["phoneNumbers"][:1]), theirs["Phone"] or ""),
            "industry": (ours["industry"] or "", theirs["CustomFields"].get("Trade", "")),
            **self._persons(at_work=bool(ours["contactLinks"])),
        }

    def _persons(self, at_work: bool) -> dict[str, tuple[str, str]]:
        """Of who has left nothing is kept the same."""
        person, contact = self.person, self.world.company.party(f"contact:{self.contact}")
        role = (contact["title"] or "", person["Role"] or "")
        return {"staff": (str(at_work), str(person["Active"])), **({"role": role} if at_work else {})}


def _value(field: str, value: str) -> str:
    return (
        value
        and {"name": f"Northwind {value} AG", "phone": f"+4930555{value}", "industry": f"Trade {value}"}[
            field
        ]
    )


def _in_streak(field: str, value: str) -> dict[str, Any]:
    text = _value(field, value) or ("Northwind AG" if field == "name" else "")
    return {"phoneNumbers": [text] if text else []} if field == "phone" else {field: text}


def _in_erp(field: str, value: str) -> dict[str, Any]:
    text = _value(field, value) or ("Northwind AG" if field == "name" else "")
    return {"CustomFields": {"Trade": text or None}} if field == "industry" else {FIELDS[field]: text or None}


@pytest.fixture(params=["streak", "infor", "latest", "ask"])
def owner(request: pytest.FixtureRequest) -> Owner:
    return request.param  # type: ignore[no-any-return]  # one of the words above


@pytest.fixture
def both(make_world: Callable[..., World], owner: Owner) -> Iterator[World]:
    settings = {"fields:\n": RULES, "lines:\n": PEOPLE}
    yield make_world(
        settings={old: new.replace("OWNER", owner) for old, new in settings.items()}, typing_seconds=10
    )


def test_both_sides_end_equal_and_rest(both: World, owner: Owner) -> None:
    @settings(max_examples=12, deadline=None)
    @given(st.lists(steps, max_size=12))
    def converges(happened: list[object]) -> None:
        pair = Pair(both)
        for step in happened:
            pair.suffer(step)
        pair.told(1)  # what was told of at all is told of at least once
        assert pair.until_quiet() <= MOST_LOOKS
        asked = both.ports.store.dead_letters.of("customer", pair.party)
        values = pair.values()
        if asked is None:
            assert all(_equal(field, *sides) for field, sides in values.items()), values
        else:
            assert owner in ("latest", "ask"), asked.message
            assert asked.code == "changed_on_both_sides"
        before = writes(both)
        for _ in range(3):
            pair.told(1)
            assert pair.until_quiet() == 0
        assert writes(both) == before, "the second pass writes nothing"
        assert pair.values() == values
        assert both.ports.store.effects.unsettled() == []

    converges()


def _equal(field: str, ours: str, theirs: str) -> bool:
    """A clear that is kept is a difference that was agreed to."""
    return ours == theirs or (field == "industry" and not (ours and theirs))


@pytest.mark.parametrize("remembered", [True, False])
def test_our_echo_goes_round_for_ever_without_shadows_and_ends_with_them(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, remembered: bool
) -> None:
    """An ERP that writes names in capitals gives back another value than it was sent, with each of our writes."""
    world = make_world(settings={"fields:\n": RULES.replace("OWNER", "streak")})
    pair = Pair(world)
    read = HttpClient._body

    def in_capitals(client: HttpClient, call: Any, response: Any) -> bytes:
        body = read(client, call, response)
        return body.replace(b"Northwind 1 AG", b"NORTHWIND 1 AG") if client.system == "infor" else body

    monkeypatch.setattr(HttpClient, "_body", in_capitals)
    if not remembered:
        monkeypatch.setattr(Shadows, "put", lambda _shadows, _shadow: None)
    pair.suffer(Edit("streak", "name", "1"))
    before = writes(world)
    for _ in range(5):
        pair.told(1)
        pair.look()
        world.clock.advance(5)
    assert writes(world) - before == (1 if remembered else 5)
