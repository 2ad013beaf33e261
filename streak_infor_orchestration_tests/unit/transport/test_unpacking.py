"""Compressed answers: read as before, and no bomb is unpacked further than an answer may be large."""

import gzip
import socket
import tracemalloc
import zlib

import pytest

from streak_infor_orchestration.domain import errors
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.unpacking import Packed, unpacked
from streak_infor_orchestration_tests.unit.transport.endpoint import talking

TEXT = b'{"name": "Granite Dental"}' * 500


def bare_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


PACKED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "X-GZIP": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "identity, deflate": bare_deflate(TEXT),
}


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("encodings", PACKED)
def test_what_was_packed_as_asked_for_is_read(encodings: str, size: int) -> None:
    packed = PACKED[encodings]
    chunks = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(unpacked(chunks, encodings)) == TEXT


def test_nothing_is_nothing_packed_or_not() -> None:
    assert b"".join(unpacked([], "gzip")) == b"" == b"".join(unpacked([b""], "deflate"))


@pytest.mark.parametrize("encodings", ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip"])
def test_what_was_not_asked_for_is_not_read(encodings: str) -> None:
    with pytest.raises(Packed, match="asked for"):
        b"".join(unpacked([gzip.compress(TEXT)], encodings))


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(TEXT)[:-9], b"no gzip at all", gzip.compress(TEXT)[:40] + b"x" * 99],
    ids=["cut off", "never packed", "broken"],
)
def test_what_is_broken_or_cut_off_is_told(packed: bytes) -> None:
    with pytest.raises(Packed, match=r"broken|cut off"):
        b"".join(unpacked([packed], "gzip"))


def test_no_part_is_large_however_much_was_packed() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    parts = unpacked([bomb], "gzip")
    assert {len(next(parts)) for _ in range(20)} == {65_536}


def body(answer: Answer) -> object:
    return answer.body


def bomb(wbits: int, megabytes: int) -> bytes:
    """A thousandth of what it holds, and made without holding it."""
    packer, megabyte = zlib.compressobj(wbits=wbits), bytes(1_000_000)
    return b"".join(packer.compress(megabyte) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "wbits", "layers", "code"),
    [("gzip", 31, 1, "too_large"), ("deflate", 15, 1, "too_large"), ("gzip, gzip", 31, 2, "unreadable")],
)
def test_a_bomb_costs_no_memory(encoding: str, wbits: int, layers: int, code: str) -> None:
    packed = bomb(wbits, 150)
    for _ in range(layers - 1):
        packed = gzip.compress(packed * 100, 1)

    def send(connection: socket.socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(packed)}\r\n\r\n"
        connection.sendall(head.encode() + packed)

    tracemalloc.start()
    try:
        with talking(send) as url, pytest.raises(errors.Unknown) as caught:
            HttpClient("t", url, max_bytes=1_000_000).write("POST", "/", decode=body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code == code
    assert peak < 10_000_000
