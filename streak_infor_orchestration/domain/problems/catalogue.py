"""All codes, and how one that was stored or answered is found again.

Some codes are not ours to list: `http_` and a status where a system says no more, `streak_` and Streak's own number,
and what an ERP or a login server calls its refusals. For them the cure of the error has the words.
"""

from streak_infor_orchestration.domain.problems.code import USUAL_FIX, Code, Cure
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.domain.problems.names import NameCode
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.domain.problems.values import ValueCode

SUBJECTS: tuple[type[Code], ...] = (
    DealCode,
    LineCode,
    ValueCode,
    CustomerCode,
    NameCode,
    SystemCode,
    LoginCode,
    SetupCode,
)
CATALOGUE: tuple[Code, ...] = tuple(code for subject in SUBJECTS for code in subject)

_LETTERED = {str(code): code for code in sorted(CATALOGUE, key=lambda code: code.cure is not Cure.TIME)}
_KNOWN = {(str(code), code.cure): code for code in CATALOGUE}


def known(code: str, cure: Cure) -> Code | None:
    """None for a code that is somebody else's. Twice one code has two meanings, which time or a person cures: what is
    unreadable or too large is an answer, or what somebody typed."""
    return _KNOWN.get((code, cure))


def lettered(code: str) -> Code | None:
    """By the code alone, which is all that a diagnosis or a letter holds: where it has two meanings, the one that time
    does not cure."""
    return _LETTERED.get(code)


def fix_of(code: str, cure: Cure) -> str:
    """What the person is told to do who is told nothing more exact."""
    found = known(code, cure)
    return found.fix if found else USUAL_FIX[cure]
