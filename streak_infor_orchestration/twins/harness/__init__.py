"""What both twins share: fault switches, call and violation logs, the control routes, a server.

Build a twin with :func:`twin_app`; serve it with :func:`serve` (tests) or :func:`run` (command line).
"""

from streak_infor_orchestration.twins.harness.app import Instruments, twin_app
from streak_infor_orchestration.twins.harness.calls import CallLog
from streak_infor_orchestration.twins.harness.clock import ManualClock, Now, utc_now
from streak_infor_orchestration.twins.harness.control import Lever
from streak_infor_orchestration.twins.harness.faults import Fault, Faults
from streak_infor_orchestration.twins.harness.late import LateCommits
from streak_infor_orchestration.twins.harness.server import run, serve
from streak_infor_orchestration.twins.harness.violations import Violations

__all__ = [
    "CallLog",
    "Fault",
    "Faults",
    "Instruments",
    "LateCommits",
    "Lever",
    "ManualClock",
    "Now",
    "Violations",
    "run",
    "serve",
    "twin_app",
    "utc_now",
]
