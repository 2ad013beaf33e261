"""The running system on one machine: services, run workers, and the files they share.

Importing this package costs nothing of Dagster; only the programs it starts import that.
"""

from streak_infor_orchestration.stack.dagster_services import CodeLocation
from streak_infor_orchestration.stack.ports import PortTaken, choose_port, free_port
from streak_infor_orchestration.stack.service import Service
from streak_infor_orchestration.stack.stack import Stack, wipe
from streak_infor_orchestration.stack.supervisor import StackError

__all__ = ["CodeLocation", "PortTaken", "Service", "Stack", "StackError", "choose_port", "free_port", "wipe"]
