"""Answers changed on their way to us: what neither twin would say by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from streak_infor_orchestration.transport.http import HttpClient


@contextmanager
def spoilt(what: bytes, into: bytes) -> Iterator[None]:
    """Each `what` in any answer arrives as `into`."""
    read = HttpClient._body

    def body(client: HttpClient, call: Any, response: Any) -> bytes:
        return read(client, call, response).replace(what, into)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HttpClient, "_body", body)
        yield
