"""What an ERP takes for every call before it commits."""

import asyncio


class Pace:
    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.seconds = 0.0

    async def take(self) -> None:
        if self.seconds:
            await asyncio.sleep(self.seconds)
