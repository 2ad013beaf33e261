"""All that a scrape shows, and all of a deal's page: the ledger is real, the time is the test's."""

import json
from datetime import timedelta

from prometheus_client import generate_latest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.gateway.deals import page
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.effects import Sending
from streak_infor_orchestration.ledger.inbox_rows import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration.sync.desk.story import story


def a_deal_with_everything(store: Store) -> None:
    """Its order is sent, the answer not known, and a person is asked about it."""
    now = store.clock.now()
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1", "hash", 7, correlation_id="c1")])
    store.inbox.claim(kinds=("deal",), owner="worker", limit=1)
    assert store.effects.begin(
        "deal:b1:sales_order:1",
        shape="create",
        body={"customer": "Jane Roe"},
        subject="b1",
        correlation_id="c1",
        sending=Sending(
            settle_until=now + timedelta(seconds=330),
            call_deadline=now + timedelta(seconds=20),
            run_id="r1",
        ),
    )
    later = now + timedelta(seconds=2)
    store.outcomes.append([Outcome("deal", "b1", "r1", "c1", "retry", now, later, {"trail": ["order sent"]})])
    store.links.add(Link("order", "b1", "SO-1"))
    store.invoices.put("SO-1", "INV-1")
    store.dead_letters.open(
        "deal",
        "b1",
        error_class="Rejected",
        code="unknown_sku",
        message="no such product",
        diagnosis={"name": "Acme"},
        attempts=3,
        correlation_id="c1",
    )


def samples(metrics: Metrics) -> list[str]:
    """Types and samples, sorted; when a counter was made is nobody's concern."""
    lines = generate_latest(metrics.registry).decode().splitlines()
    return sorted(line for line in lines if not line.startswith("# HELP") and "_created" not in line)


def test_all_that_a_scrape_shows(store: Store, clock: ManualClock) -> None:
    a_deal_with_everything(store)
    store.inbox.record(
        [Event("streak", "BOX_EDIT", "deal", "b2"), Event("sweep", "S", "deal", "b3", lane="bulk")]
    )
    store.pauses.pause("infor", "503", 15.0)
    store.pauses.pause("streak", "503", 5.0)
    store.left_out.tell(LeftOut(system="infor", entity="customers", key="C-1", why="Name: missing"))
    store.inbox.note([Event("push", "UNTOLD", "deal", "b1")])
    metrics = Metrics(store)
    metrics.answered("stored", 0.004)
    metrics.answered("stored", 11.0)
    metrics.nudged("launched")
    clock.advance(5)
    buckets = [
        "0.001",
        "0.0025",
        "0.005",
        "0.01",
        "0.025",
        "0.05",
        "0.1",
        "0.25",
        "0.5",
        "1.0",
        "2.5",
        "10.0",
    ]
    counts = [0, 0, *[1] * 10]
    assert samples(metrics) == sorted(
        [
            "# TYPE streak_infor_ledger_up gauge",
            "streak_infor_ledger_up 1.0",
            "# TYPE streak_infor_inbox_records gauge",
            'streak_infor_inbox_records{kind="deal",lane="live",state="waiting"} 2.0',
            'streak_infor_inbox_records{kind="deal",lane="live",state="due"} 1.0',
            'streak_infor_inbox_records{kind="deal",lane="live",state="leased"} 1.0',
            'streak_infor_inbox_records{kind="deal",lane="bulk",state="waiting"} 1.0',
            'streak_infor_inbox_records{kind="deal",lane="bulk",state="due"} 1.0',
            'streak_infor_inbox_records{kind="deal",lane="bulk",state="leased"} 0.0',
            "# TYPE streak_infor_inbox_lag_seconds gauge",
            "streak_infor_inbox_lag_seconds 5.0",
            "# TYPE streak_infor_dead_letters_open gauge",
            "streak_infor_dead_letters_open 2.0",
            "# TYPE streak_infor_changes_untold_today gauge",
            "streak_infor_changes_untold_today 1.0",
            "# TYPE streak_infor_records_left_out gauge",
            'streak_infor_records_left_out{entity="customers",system="infor"} 1.0',
            "# TYPE streak_infor_effects_unsettled gauge",
            'streak_infor_effects_unsettled{state="sent"} 1.0',
            'streak_infor_effects_unsettled{state="unknown"} 0.0',
            'streak_infor_effects_unsettled{state="confirmed"} 0.0',
            "# TYPE streak_infor_oldest_unsettled_effect_seconds gauge",
            "streak_infor_oldest_unsettled_effect_seconds 5.0",
            "# TYPE streak_infor_next_probe_seconds gauge",
            "streak_infor_next_probe_seconds 15.0",
            "# TYPE streak_infor_system_paused gauge",
            'streak_infor_system_paused{system="infor"} 1.0',
            'streak_infor_system_paused{system="streak"} 0.0',
            "# TYPE streak_infor_webhook_seconds histogram",
            *(
                f'streak_infor_webhook_seconds_bucket{{le="{le}",outcome="stored"}} {count:.1f}'
                for le, count in zip(buckets, counts, strict=True)
            ),
            'streak_infor_webhook_seconds_bucket{le="+Inf",outcome="stored"} 2.0',
            'streak_infor_webhook_seconds_count{outcome="stored"} 2.0',
            'streak_infor_webhook_seconds_sum{outcome="stored"} 11.004',
            "# TYPE streak_infor_nudges_total counter",
            'streak_infor_nudges_total{outcome="launched"} 1.0',
        ]
    )


def test_a_scrape_of_a_ledger_where_nothing_happened(store: Store) -> None:
    values = [line for line in samples(Metrics(store)) if not line.startswith("#")]
    assert values == [
        "streak_infor_changes_untold_today 0.0",
        "streak_infor_dead_letters_open 0.0",
        'streak_infor_effects_unsettled{state="confirmed"} 0.0',
        'streak_infor_effects_unsettled{state="sent"} 0.0',
        'streak_infor_effects_unsettled{state="unknown"} 0.0',
        "streak_infor_inbox_lag_seconds 0.0",
        "streak_infor_ledger_up 1.0",
        "streak_infor_next_probe_seconds 0.0",
        "streak_infor_oldest_unsettled_effect_seconds 0.0",
    ]


def test_the_oldest_write_counts_and_the_first_look(store: Store, clock: ManualClock) -> None:
    a_deal_with_everything(store)
    clock.advance(25)
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b2")])
    store.inbox.claim(kinds=("deal",), owner="worker", limit=1)
    now = clock.now()
    store.effects.begin(
        "deal:b2:sales_order:1",
        shape="create",
        body={},
        subject="b2",
        correlation_id="c2",
        sending=Sending(
            settle_until=now + timedelta(seconds=330),
            call_deadline=now + timedelta(seconds=20),
            run_id="r2",
        ),
    )
    clock.advance(1)
    found = samples(Metrics(store))
    assert "streak_infor_oldest_unsettled_effect_seconds 26.0" in found
    assert "streak_infor_next_probe_seconds -6.0" in found
    assert 'streak_infor_effects_unsettled{state="sent"} 2.0' in found


def test_the_whole_page_of_a_deal(store: Store) -> None:
    a_deal_with_everything(store)
    answer = page(story(store, "b1"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert json.loads(bytes(answer.body)) == {
        "box_key": "b1",
        "links": {"order": "SO-1", "invoices": ["INV-1"]},
        "pending": {
            "lane": "live",
            "due_at": "2026-03-02T09:00:00+00:00",
            "attempts": 0,
            "min_version": 7,
            "correlation_id": "c1",
            "leased": True,
            "lease_owner": "worker",
        },
        "dead_letter": {
            "error_class": "Rejected",
            "code": "unknown_sku",
            "message": "no such product",
            "diagnosis": {"name": "Acme"},
            "attempts": 3,
            "occurrences": 1,
            "opened_at": "2026-03-02T09:00:00+00:00",
            "correlation_id": "c1",
        },
        "outcomes": [
            {
                "run_id": "r1",
                "correlation_id": "c1",
                "status": "retry",
                "started_at": "2026-03-02T09:00:00+00:00",
                "finished_at": "2026-03-02T09:00:02+00:00",
                "summary": {"trail": ["order sent"]},
            }
        ],
        "effects": [
            {
                "key": "deal:b1:sales_order:1",
                "shape": "create",
                "state": "sent",
                "attempt": 0,
                "external_id": None,
                "run_id": "r1",
                "correlation_id": "c1",
                "sent_at": "2026-03-02T09:00:00+00:00",
                "settle_until": "2026-03-02T09:05:30+00:00",
                "updated_at": "2026-03-02T09:00:00+00:00",
                "error": None,
            }
        ],
        "events": [
            {
                "at": "2026-03-02T09:00:00+00:00",
                "source": "streak",
                "name": "BOX_EDIT",
                "lane": "live",
                "version": 7,
                "correlation_id": "c1",
                "echo": False,
            }
        ],
    }


def test_a_write_that_failed_shows_its_code(store: Store) -> None:
    a_deal_with_everything(store)
    (effect,) = store.effects.of("b1")
    store.effects.fail(effect, {"code": "credit_hold", "message": "Jane Roe"})
    (shown,) = json.loads(bytes(page(story(store, "b1")).body))["effects"]
    assert (shown["state"], shown["error"]) == ("failed", "credit_hold")


def test_a_deal_nobody_mentioned_has_no_page(store: Store) -> None:
    answer = page(story(store, "b1"))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert json.loads(bytes(answer.body)) == {"error": "no such deal"}
