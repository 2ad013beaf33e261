"""What loading our definitions costs beyond Dagster, which every code server, worker and command pays."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from streak_infor_orchestration_tests.bench.row import Row

BAR = 0.15
ROUNDS = 3
HEAVY = ["pandas", "duckdb", "apprise", "phonenumbers", "numpy", "celery", "babel", "pycountry", "jinja2"]
HEAVY += [f"streak_infor_orchestration.{ours}" for ours in ("config.integration", "ledger", "sync.row.work")]
"""What of ours only runs need is several times what is left, and grows with every room."""
_PROGRAM = f"""
import json, sys, time
from pathlib import Path
begun = time.process_time()
import dagster
with dagster.DagsterInstance.ephemeral():
    pass
empty = Path(sys.argv[1])
sys.path.insert(0, str(empty.parent))
dagster.load_from_defs_folder(path_within_project=empty)
after_dagster = time.process_time()
import streak_infor_orchestration.definitions
streak_infor_orchestration.definitions.defs()
ended = time.process_time()
heavy = [name for name in {HEAVY} if name in sys.modules]
print(json.dumps({{"dagster": after_dagster - begun, "ours": ended - after_dagster, "heavy": heavy}}))
"""


@dataclass(frozen=True)
class Cost:
    """CPU seconds, so that other work on the machine does not count. Dagster's part is what each of its services does
    with any project: import, open an instance, look through a defs folder. `heavy`: libraries loaded needlessly."""

    dagster: float
    ours: float
    heavy: list[str]

    @property
    def ratio(self) -> float:
        return self.ours / self.dagster


def cost() -> Cost:
    """Measured once, in a process of its own."""
    with _empty_project() as project:
        return Cost(**json.loads(subprocess.check_output([sys.executable, "-c", _PROGRAM, str(project)])))


def rows() -> list[Row]:
    ratio = min(cost().ratio for _ in range(ROUNDS))
    return [Row("CPU of loading our definitions, of Dagster's own", ratio, at_most=BAR)]


@contextmanager
def _empty_project() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        project = Path(folder, "empty_project")
        (project / "defs").mkdir(parents=True)
        for module in (project, project / "defs"):
            (module / "__init__.py").touch()
        (project / "dg.toml").write_text(
            'directory_type = "project"\n[project]\nroot_module = "empty_project"\n'
        )
        yield project
