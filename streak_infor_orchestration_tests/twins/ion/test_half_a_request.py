"""A client that dies while it sends has asked for nothing."""

import asyncio
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from streak_infor_orchestration.twins.ion.door import Door


def test_a_body_that_breaks_off_never_reaches_the_product() -> None:
    reached: list[bytes] = []

    async def product(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append((await receive())["body"])

    arriving: list[Message] = [
        {"type": "http.request", "body": b'{"program": "OIS1', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return arriving.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    nobody: Any = None  # neither tokens nor quota are looked at
    door = Door(product, server=nobody, tokens=nobody, quota=nobody, violations=nobody)
    asyncio.run(door({"type": "http", "method": "POST", "path": "/", "headers": []}, receive, send))
    assert (reached, sent) == ([], [])
