"""The product's own commands, as an operator types them: each in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping

PATIENCE = 180.0
"""Seconds for one."""

_COMMAND = (sys.executable, "-c", "from streak_infor_orchestration.cli import main; main()")


def operator(environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """`streak-infor` with these words, where the environment leads to. Raises TimeoutExpired."""
    return subprocess.run(
        [*_COMMAND, *words], env=dict(environ), capture_output=True, text=True, timeout=PATIENCE
    )
