"""Incidents, told once each: deals that wait for a person, a system that is down, lost webhooks, broken runs."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from streak_infor_orchestration.ledger.alerts import Incident
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.ports.names import CONFIGURATION
from streak_infor_orchestration.sync.watch.untold import UNTOLD

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.config.sections import Alert

SHOWN = 10

Send = Callable[[str, str, str], bool]
"""(name of the channel, title, text) to whether the channel took it."""


def standing(store: Store) -> list[Incident]:
    """What the ledger says is wrong now."""
    letters = [
        Incident(
            f"dead_letter:{letter.id}",
            "conflict" if letter.error_class == "Conflict" else "dead_letter",
            f"{letter.message}; the deals that need it wait"
            if letter.kind == CONFIGURATION
            else f"{letter.name or letter.kind} {letter.key} waits for a person: {' '.join(letter.reasons)}",
        )
        for letter in store.dead_letters.listing(open_only=True)
    ]
    pauses = [
        Incident(
            f"paused:{pause.system}:{pause.since.isoformat()}",
            "paused",
            f"{pause.system} is paused since {pause.since:%Y-%m-%d %H:%M} UTC: {pause.reason}",
        )
        for pause in store.pauses.all()
    ]
    today = start_of_day(store.clock.now())
    missed = store.inbox.records_told_of("sweep", "MISSED", today)
    lost = [
        Incident(
            f"repaired:{today:%Y-%m-%d}",
            "repaired",
            f"{missed} record(s) changed without a webhook today and were found by looking: is the gateway reachable?",
        )
    ]
    untold = store.inbox.records_told_of(*UNTOLD, today)
    silent = [
        Incident(
            f"untold:{today:%Y-%m-%d}",
            "repaired",
            f"{untold} record(s) changed in the ERP today, and its messages did not tell: see whether they still come"
            " (docs/push.md)",
        )
    ]
    drifted = [
        Incident(
            f"drift:{entity}:{kind}:{field}:{today:%Y-%m-%d}",
            "drift",
            f"{count} of {entity} disagree in Streak and the ERP ({' '.join(filter(None, (kind, field)))}), and looking"
            " at them again did not help: streak-infor reconcile",
        )
        for (entity, kind, field), count in Counter(
            (one.drift.entity, one.drift.kind.value, one.drift.field) for one in store.drifts.alarms()
        ).items()
    ]
    return [*letters, *pauses, *(lost if missed else []), *(silent if untold else []), *drifted]


def start_of_day(now: datetime) -> datetime:
    """In UTC, as all that is counted by the day."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def run_failed(job: str, run_id: str, reason: str, store: Store) -> Incident:
    """A job that fails run after run is one incident an hour."""
    hour = store.clock.now().strftime("%Y-%m-%d %H")
    return Incident(f"run_failed:{job}:{hour}", "run_failed", f"run {run_id} of {job} failed: {reason}")


def open_incidents(store: Store, channels: Sequence["Alert"], incidents: Sequence[Incident]) -> None:
    """Notes the incidents for the channels that ask for their kind; `tell` sends them."""
    for channel in channels:
        store.alerts.open(channel.variable, [one for one in incidents if one.kind in channel.on])


def tell(store: Store, channels: Sequence["Alert"], send: Send) -> dict[str, int]:
    """One message per channel with everything new; how many incidents each was told. What a channel did not take is
    tried again in five minutes. A death between telling and remembering it tells once more."""
    told = {}
    for name in dict.fromkeys(channel.variable for channel in channels):
        claimed = store.alerts.claim(name)
        if claimed and send(name, _title(len(claimed)), _text([text for _, text in claimed])):
            store.alerts.told(name, [incident for incident, _ in claimed])
            told[name] = len(claimed)
    return told


def _title(count: int) -> str:
    return f"Streak to Infor: {count} incident{'s' if count > 1 else ''}"


def _text(texts: list[str]) -> str:
    rest = len(texts) - SHOWN
    return "\n".join(
        [*texts[:SHOWN], *([f"and {rest} more: streak-infor dead-letters list"] if rest > 0 else [])]
    )
