"""Dagster's web interface and GraphQL API, on loopback and behind our guard.

    python -m streak_infor_orchestration.stack.webserver --port 3000 --workspace workspace.yaml

`DAGSTER_HOME` names the instance.
"""

import argparse
import logging
import sys
from pathlib import Path

import uvicorn

from streak_infor_orchestration.stack import private
from streak_infor_orchestration.stack.guard import Guard
from streak_infor_orchestration.stack.ports import LOOPBACK

GRACE_SECONDS = 5


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="webserver", description="Serve Dagster's web interface.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument(
        "--known-as", action="append", default=[], help="a name besides loopback's, host[:port]"
    )
    options = parser.parse_args(arguments)

    logging.getLogger("alembic").setLevel(logging.WARNING)
    with private.webserver(options.workspace) as app:
        uvicorn.run(
            Guard(app, options.known_as),
            host=LOOPBACK,
            port=options.port,
            log_level="warning",
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
