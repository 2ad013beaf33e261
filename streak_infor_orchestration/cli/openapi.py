"""`streak-infor openapi`: the route for the ERP's messages, for Infor's API Gateway."""

import click

from streak_infor_orchestration.cli.say import say_json
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.gateway.infor_openapi import openapi


@click.command()
@click.option(
    "--url",
    envvar="STREAK_INFOR_PUBLIC_URL",
    show_envvar=True,
    help="Where the world reaches the gateway, such as https://hooks.example.com.",
)
def command(url: str | None) -> None:
    """Where the ERP may tell us of changes, as OpenAPI 3. Register it at ION's API Gateway with the secret
    (INFOR_WEBHOOK_SECRET), which is not in it."""
    if not url:
        raise Misconfigured("where is the gateway? say --url https://host, or set STREAK_INFOR_PUBLIC_URL")
    say_json(openapi(url))
