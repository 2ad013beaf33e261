"""A compressed body, unpacked no further than asked for: a megabyte of zeros arrives as a kilobyte."""

import zlib
from collections.abc import Iterable, Iterator

ASKED_FOR = "gzip, deflate"
"""What may come (RFC 9110, 8.4.1); a body packed in another way, or twice, is not read."""

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_AT_A_TIME = 64 * 1024


class Packed(ValueError):
    """Packed in a way that was not asked for, or broken."""


def unpacked(chunks: Iterable[bytes], encodings: str) -> Iterator[bytes]:
    """The body that `chunks` hold, in parts of at most 64 KiB when it is packed; `encodings` is the header
    Content-Encoding, "" without one. Raises Packed."""
    named = [name.strip().lower() for name in encodings.split(",")]
    packings = [name for name in named if name not in ("", "identity")]
    if not packings:
        return iter(chunks)
    if len(packings) > 1 or packings[0] not in ("gzip", "x-gzip", "deflate"):
        raise Packed("not packed as was asked for")
    return _inflated(chunks)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = None
    for chunk in chunks:
        if inflater is None and chunk:
            inflater = zlib.decompressobj(_GZIP_OR_ZLIB if _has_header(chunk) else -zlib.MAX_WBITS)
        while inflater is not None and chunk and not inflater.eof:
            try:
                part = inflater.decompress(chunk, _AT_A_TIME)
            except zlib.error:
                raise Packed("broken") from None
            chunk = inflater.unconsumed_tail
            if part:
                yield part
    if inflater is not None and not inflater.eof:
        raise Packed("cut off")


def _has_header(first: bytes) -> bool:
    """That of gzip or of zlib; some servers mean bare deflate by `deflate`."""
    is_zlib = first[0] & 0x0F == 8 and (len(first) == 1 or (first[0] << 8 | first[1]) % 31 == 0)
    return first[0] == 0x1F or is_zlib
