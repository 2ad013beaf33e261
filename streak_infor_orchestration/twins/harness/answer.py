"""An application's answer, kept back: so that something can happen between its end and the caller's hearing of it."""

from starlette.types import Message, Send


class KeptAnswer:
    """Give :meth:`record` to the application instead of ``send``."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def record(self, message: Message) -> None:
        self._messages.append(message)

    async def replay(self, send: Send) -> None:
        for message in self._messages:
            await send(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self._messages)
