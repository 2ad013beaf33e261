"""A request's body, read to its end or to where it is too much."""

import hashlib
from typing import NamedTuple

from starlette.requests import Request


class Body(NamedTuple):
    """Bytes received, their SHA-256; `content` is None when there were too many to keep."""

    size: int
    digest: str
    content: bytes | None


async def body_of(request: Request, most: int) -> Body:
    """Keeps no more than `most` bytes: a body beyond that is measured up to where reading it was given up. Raises
    ClientDisconnect."""
    digest, content, size = hashlib.sha256(), bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        digest.update(chunk)
        if size > most:
            return Body(size, digest.hexdigest(), None)
        content += chunk
    return Body(size, digest.hexdigest(), bytes(content))
