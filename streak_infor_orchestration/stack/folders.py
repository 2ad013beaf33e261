"""Where a running stack keeps its things, all under one state folder."""

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """Paths below `root`; see `make`."""

    root: Path

    @property
    def home(self) -> Path:
        """DAGSTER_HOME: the instance's settings, and on SQLite its database."""
        return self.root / "dagster"

    @property
    def lock(self) -> Path:
        """Held while a stack runs on this folder: two of Dagster's daemons would not notice each other."""
        return self.root / "stack.lock"

    @property
    def messages(self) -> Path:
        """Runs on their way to a worker."""
        return self.root / "queue" / "messages"

    @property
    def bindings(self) -> Path:
        return self.root / "queue" / "bindings"

    @property
    def results(self) -> Path:
        """Celery's state of each run: what Dagster's run monitoring reads."""
        return self.root / "queue" / "results"

    @property
    def held(self) -> Path:
        """One file for each run a worker has taken and not finished."""
        return self.root / "queue" / "held"

    @property
    def ready(self) -> Path:
        """One file for each worker that listens, with its process id."""
        return self.root / "queue" / "ready"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def status(self) -> Path:
        """What runs here: process id and addresses, as JSON."""
        return self.root / "stack.json"

    def make(self) -> None:
        """Create them all; what only the last stack's processes knew is emptied, launches under way are kept."""
        for folder in (self.bindings, self.results, self.ready):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        for folder in (self.home, self.messages, self.held, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
        for torn in (*self.messages.glob("*.part"), *self.messages.glob("*.taken")):
            torn.unlink()
