"""A person has what waits for one tried again."""

from streak_infor_orchestration.domain.kinds import EVERYTHING, Kind
from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.left_out import KIND as LEFT_OUT
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.ports.names import CONFIGURATION, release


def retry_letter(letter: DeadLetter, *, actor: str, store: Store) -> None:
    """Audited. Its record is due at once, and what was refused of it may be written once more. Of a name of the
    configuration, who waits for it is due: they look whether it is right by now. The letter closes by itself when
    what it tells of is well again."""
    if letter.kind == CONFIGURATION:
        release(store, letter.key, lane="manual")
    else:
        for effect in store.effects.of(letter.key):
            if effect.state == "failed":
                store.effects.replan(effect)
        store.inbox.record([_asked(letter)])
    store.audit.write(actor, "retry", letter.key, {"dead_letter": letter.id})


def _asked(letter: DeadLetter) -> Event:
    """A record that was left out is no row of its own: the sweep looks at it again."""
    kind, key = (Kind.SWEEP, EVERYTHING) if letter.kind == LEFT_OUT else (letter.kind, letter.key)
    return Event("manual", "RETRY", kind, key, lane="manual")
