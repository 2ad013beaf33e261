"""How long a value has to stand unchanged before it is copied: people are still typing until then."""

from datetime import timedelta

from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Work


def typing_time(work: Work, ports: Ports) -> timedelta:
    """None for a look that a person asked for, who has typed it; nor for a dry run, which says what would be copied."""
    at_once = not work.claim.token or work.claim.lane == ASKED_BY_A_PERSON
    return timedelta(seconds=0 if at_once else ports.config.policies.typing_seconds)
