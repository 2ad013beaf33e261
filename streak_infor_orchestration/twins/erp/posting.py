"""Fire and forget: what an ERP posts of its own accord when something was written."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx

PATIENCE = 5.0


class Poster:
    """Each message is tried once, in the order of the writes; nobody learns of one that fails."""

    def __init__(self) -> None:
        self._sender = ThreadPoolExecutor(1)

    def post(self, url: str, message: Mapping[str, Any]) -> None:
        self._sender.submit(_post, url, message)


def _post(url: str, message: Mapping[str, Any]) -> None:
    with suppress(httpx.HTTPError):
        httpx.post(url, json=message, timeout=PATIENCE)
