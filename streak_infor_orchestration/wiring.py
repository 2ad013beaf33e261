"""Builds clients, ledger, mapping and clock from the configuration: once per process, for every room above."""

import os
import socket
import threading
from functools import cached_property
from pathlib import Path

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.loader import load
from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.lease import Leases
from streak_infor_orchestration.sync.ports import Catalogue, Ports


class Wiring:
    """Lazy: a process opens only what it uses. The gateway never builds a client."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()

    @cached_property
    def config(self) -> Integration:
        if self.settings.config is None:
            raise Misconfigured("no configuration: set STREAK_INFOR_CONFIG to your integration.yaml")
        return load(self.settings.config)
