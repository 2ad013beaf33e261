"""`python -m streak_infor_orchestration.twins.infor --port 8702`: the façade twin alone, until Ctrl-C or SIGTERM."""

import argparse

from streak_infor_orchestration.twins.harness import run
from streak_infor_orchestration.twins.infor.app import create_app


def main() -> None:
    """The seeded company, opened by the credentials that `create_app` names."""
    parser = argparse.ArgumentParser(prog="infor-twin", description="A simulator of the Infor façade.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8702, help="0 takes any free one")
    options = parser.parse_args()
    run(create_app(), options.host, options.port, lambda url: print(f"Infor twin at {url}"))


if __name__ == "__main__":
    main()
