"""`python -m streak_infor_orchestration.twins.m3 --port 8703`: the M3 twin alone, until Ctrl-C or SIGTERM."""

import argparse

from streak_infor_orchestration.twins.harness import run
from streak_infor_orchestration.twins.m3.app import create_app


def main() -> None:
    """The seeded company, opened by the ``.ionapi`` file at ``/__twin__/ionapi``."""
    parser = argparse.ArgumentParser(prog="m3-twin", description="A simulator of Infor M3.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8703, help="0 takes any free one")
    options = parser.parse_args()
    run(create_app(), options.host, options.port, lambda url: print(f"M3 twin at {url}"))


if __name__ == "__main__":
    main()
