"""`python -m streak_infor_orchestration.twins.streak --port 8701`: the Streak twin alone, until Ctrl-C or SIGTERM."""

import argparse

from streak_infor_orchestration.twins.harness import run
from streak_infor_orchestration.twins.streak.app import create_app


def main() -> None:
    """One user per `--user KEY=E-MAIL`, the first the team's owner."""
    parser = argparse.ArgumentParser(prog="streak-twin", description="A simulator of Streak's API.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8701, help="0 takes any free one")
    parser.add_argument("--team", default="Acme", help="the team's name")
    parser.add_argument(
        "--user", action="append", required=True, metavar="KEY=E-MAIL", help="an API key and whose"
    )
    options = parser.parse_args()
    users = dict(user.split("=", 1) for user in options.user)
    run(
        create_app(users, options.team),
        options.host,
        options.port,
        lambda url: print(f"Streak twin at {url}"),
    )


if __name__ == "__main__":
    main()
