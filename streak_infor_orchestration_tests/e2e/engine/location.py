"""A code location of the engine's own tests: what a job did is seen in a file."""

import os
import time
from pathlib import Path

import dagster as dg


class Writing(dg.Config):
    """Write `{stage} {process} {parent}` to `path`: `began`, then after `seconds`, `ended`."""

    path: str
    seconds: float = 0.0


@dg.op
def write(config: Writing) -> None:
    target = Path(config.path)
    target.write_text(f"began {os.getpid()} {os.getppid()}")
    time.sleep(config.seconds)
    target.write_text(f"ended {os.getpid()} {os.getppid()}")


@dg.job
def write_file() -> None:
    write()


@dg.job
def write_other() -> None:
    write()


@dg.definitions
def defs() -> dg.Definitions:
    if log := os.environ.get("ENGINE_TEST_LOADS"):
        with Path(log).open("a") as file:
            file.write(f"{os.getpid()}\n")
    return dg.Definitions(jobs=[write_file, write_other], executor=dg.in_process_executor)
