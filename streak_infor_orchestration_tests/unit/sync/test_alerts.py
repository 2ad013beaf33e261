"""Which incidents stand, what they are called, and how many are spelt out."""

from datetime import timedelta

import pytest

from streak_infor_orchestration.config.sections import Alert
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.alerts import Incident
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.watch.alerts import open_incidents, run_failed, standing, tell

CHANNEL = Alert(url="env:OPS")


def missed(store: Store, key: str) -> None:
    store.inbox.record([Event("sweep", "MISSED", "deal", key)])


@pytest.mark.parametrize(("incidents", "lines", "rest"), [(10, 10, ""), (11, 11, "and 1 more"), (1, 1, "")])
def test_ten_are_spelt_out_and_the_rest_is_counted(
    store: Store, incidents: int, lines: int, rest: str
) -> None:
    said: list[tuple[str, str, str]] = []

    def send(channel: str, title: str, text: str) -> bool:
        said.append((channel, title, text))
        return True

    found = [Incident(f"dead_letter:{n}", "dead_letter", f"deal {n} waits") for n in range(incidents)]
    open_incidents(store, [CHANNEL], found)
    assert tell(store, [CHANNEL], send) == {"OPS": incidents}
    ((channel, title, text),) = said
    assert (channel, title.endswith("s")) == ("OPS", incidents > 1)
    assert len(text.splitlines()) == lines
    assert rest in text.splitlines()[-1] and ("more" in text) is bool(rest)
    assert tell(store, [CHANNEL], send) == {}


def test_lost_webhooks_are_counted_by_the_day(store: Store, clock: ManualClock) -> None:
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    clock.advance((midnight - clock.now()).total_seconds() - 1)
    missed(store, "yesterday")
    clock.advance(1)
    assert standing(store) == [], "that was yesterday's"
    missed(store, "b1")
    clock.advance(20 * 3600)
    missed(store, "b2")
    missed(store, "b2")
    (incident,) = standing(store)
    assert (incident.kind, incident.name) == ("repaired", f"repaired:{midnight:%Y-%m-%d}")
    assert incident.text.startswith("2 record(s)")


def test_a_job_that_fails_again_is_another_incident_in_the_next_hour(
    store: Store, clock: ManualClock
) -> None:
    clock.advance(3600 - clock.now().minute * 60 - clock.now().second)
    first = run_failed("orders", "r1", "broke", store).name
    clock.advance(3599)
    assert run_failed("orders", "r2", "broke", store).name == first
    clock.advance(1)
    assert run_failed("orders", "r3", "broke", store).name != first
    assert run_failed("customers", "r3", "broke", store).name != run_failed("orders", "r3", "", store).name


def test_each_pause_is_an_incident_and_a_conflict_is_told_as_one(store: Store, clock: ManualClock) -> None:
    store.pauses.pause("infor", "503", 15)
    since = clock.now()
    clock.advance(60)
    store.pauses.pause("infor", "503", 15)
    (paused,) = standing(store)
    assert paused.name == f"paused:infor:{since.isoformat()}", "as long as it lasts it is the same one"
    assert "503" in paused.text and f"{since:%H:%M}" in paused.text
    for key, error in (("b1", "Conflict"), ("b2", "Rejected")):
        store.dead_letters.open(
            "deal", key, error_class=error, code="c", message="m", diagnosis={}, attempts=1
        )
    assert {incident.kind for incident in standing(store)} == {"paused", "conflict", "dead_letter"}


def test_what_an_incident_says(store: Store, clock: ManualClock) -> None:
    """A deal by its name, or by what it is; of a name of the configuration, that deals wait."""
    reason = {"code": "c", "message": "no such product", "field": "SKU 1", "box": "Northwind"}
    for kind, key, diagnosis in (
        ("deal", "b1", {"name": "Northwind", "problems": [reason]}),
        ("deal", "b2", {}),
        ("configuration", "field Price", {}),
    ):
        store.dead_letters.open(
            kind, key, error_class="E", code="c", message="it is wrong", diagnosis=diagnosis, attempts=1
        )
    texts = {incident.text for incident in standing(store)}
    assert texts == {
        'Northwind b1 waits for a person: SKU 1 of "Northwind": no such product',
        "deal b2 waits for a person: it is wrong",
        "it is wrong; the deals that need it wait",
    }
    ids = {f"dead_letter:{letter.id}" for letter in store.dead_letters.listing()}
    assert {incident.name for incident in standing(store)} == ids
    failed = run_failed("orders", "r1", "broke", store)
    assert failed == Incident(
        f"run_failed:orders:{clock.now():%Y-%m-%d %H}", "run_failed", "run r1 of orders failed: broke"
    )


def test_a_channel_is_told_of_the_kinds_it_asked_for_and_again_of_what_it_did_not_take(
    store: Store, clock: ManualClock
) -> None:
    pauses = Alert(url="env:PAUSES", on=["paused"])
    incidents = [Incident("a", "paused", "down"), Incident("b", "dead_letter", "waits")]
    open_incidents(store, [CHANNEL, pauses], incidents)
    said: list[tuple[str, str, str]] = []
    takes = iter([False, True, True])

    def send(*message: str) -> bool:
        said.append(message)  # type: ignore[arg-type]  # three of them
        return next(takes)

    assert tell(store, [CHANNEL, pauses], send) == {"PAUSES": 1}
    assert said == [
        ("OPS", "Streak to Infor: 2 incidents", "down\nwaits"),
        ("PAUSES", "Streak to Infor: 1 incident", "down"),
    ]
    clock.advance(300)
    assert tell(store, [CHANNEL, pauses], send) == {"OPS": 2}
