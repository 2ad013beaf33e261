"""What both twins share: fault switches, call and violation logs, the control routes, a server.

Build a twin with :func:`twin_app`; serve it with :func:`serve` (tests) or :func:`run` (command line).
"""

from .app import Instruments, twin_app
from .calls import CallLog
from .clock import ManualClock, Now, utc_now
from .control import Lever
from .faults import Fault, Faults
from .server import run, serve
from .violations import Violations

__all__ = [
    "CallLog",
    "Fault",
    "Faults",
    "Instruments",
    "Lever",
    "ManualClock",
    "Now",
    "Violations",
    "run",
    "serve",
    "twin_app",
    "utc_now",
]
