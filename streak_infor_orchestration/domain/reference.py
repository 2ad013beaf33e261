"""External references: how a record in the ERP says which record in Streak it belongs to.

Rebuildable without the ledger: prefix + upper-case base32 of SHA-256(team key, record key, salt, generation), cut to
the length the product's field allows. Where that is so short that two deals could meet in it, a second, longer one
tells them apart; a candidate that is taken by another second reference makes way for the next salt's.
"""

import base64
import hashlib

DEFAULT_PREFIX = "STK"

GENERATIONS = range(1, 10)
"""Of a deal's order: the first, and those made on purpose after one was cancelled. Each has a reference of its own."""

SALTS = range(4)
"""Candidates of a short reference. All are looked at when a record is looked for: the one that was in the way when it
was made may be gone since."""


def reference(
    team_key: str,
    record_key: str,
    *,
    length: int,
    prefix: str = DEFAULT_PREFIX,
    salt: int = 0,
    generation: int = 1,
) -> str:
    """At most `length` characters of A-Z and 2-7. 35 bits per 7 characters after the prefix."""
    parts = (team_key, record_key, str(salt), *([str(generation)] if generation > 1 else []))
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return (prefix + base64.b32encode(digest).decode().rstrip("="))[: min(length, 32)]


def marked(text: str, reference_: str, fact: str) -> str:
    """The text with the token at its end, by which what bears it is found again."""
    return f"{text} [{token(reference_, fact)}]"


def mark_of(text: str) -> str:
    """The mark that ends a `marked` text, brackets and all."""
    return text[text.rindex("[") :]


def token(reference_: str, fact: str) -> str:
    """A short visible mark for a comment about `fact`, stable for ever: how a comment is found again."""
    digest = hashlib.sha256(f"{reference_}\x1f{fact}".encode()).digest()
    return base64.b32encode(digest).decode()[:8]
