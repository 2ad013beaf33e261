"""`python -m streak_infor_orchestration.twins.syteline --port 8702`: SyteLine alone, until Ctrl-C or SIGTERM."""

import argparse

from streak_infor_orchestration.twins.harness import run
from streak_infor_orchestration.twins.syteline.app import create_app


def main() -> None:
    """The seeded company, opened by the account and the user that `create_app` knows."""
    parser = argparse.ArgumentParser(prog="syteline-twin", description="A simulator of Infor SyteLine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8702, help="0 takes any free one")
    options = parser.parse_args()
    run(create_app(), options.host, options.port, lambda url: print(f"SyteLine twin at {url}"))


if __name__ == "__main__":
    main()
