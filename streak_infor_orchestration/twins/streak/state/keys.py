"""Object keys as Streak makes them: App Engine datastore references in URL-safe base64 (Streak API §2.2)."""

import base64
from collections.abc import Iterator
from itertools import count

APPLICATION = b"s~mailfoogae"


def datastore_key(*path: tuple[str, int | str]) -> str:
    """The opaque key of a path of (kind, id or name); a name travels in clear, as in the real keys."""
    elements = b"".join(_element(kind, identity) for kind, identity in path)
    reference = b"\x6a" + _sized(APPLICATION) + b"\x72" + _sized(elements)
    return base64.urlsafe_b64encode(reference).rstrip(b"=").decode()


def small_keys(first: int) -> Iterator[str]:
    """Keys inside a pipeline or field: strings of digits, rising, never handed out twice (§2.2)."""
    return (str(number) for number in count(first))


class KeyMint:
    """Hands out keys for one owner's new objects; a key is never used twice, not even after a reset."""

    def __init__(self) -> None:
        self._ids = count(5_066_549_580_791_808, 65_537)

    def __call__(self, kind: str, owner: str) -> str:
        return datastore_key(("Organization", owner), (kind, next(self._ids)))


def _element(kind: str, identity: int | str) -> bytes:
    tail = b"\x18" + _varint(identity) if isinstance(identity, int) else b"\x22" + _sized(identity.encode())
    return b"\x0b\x12" + _sized(kind.encode()) + tail + b"\x0c"


def _sized(content: bytes) -> bytes:
    return _varint(len(content)) + content


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
