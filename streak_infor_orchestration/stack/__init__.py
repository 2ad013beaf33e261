"""The running system on one machine: services, run workers, and the files they share.

Importing this package costs nothing of Dagster; only the programs it starts import that.
"""

from .dagster_services import CodeLocation
from .ports import PortTaken, choose_port, free_port
from .service import Service
from .stack import Stack, wipe
from .supervisor import StackError

__all__ = ["CodeLocation", "PortTaken", "Service", "Stack", "StackError", "choose_port", "free_port", "wipe"]
