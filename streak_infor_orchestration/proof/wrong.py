"""What may be wrong after a round, by kind."""

from dataclasses import dataclass

LOST, TWICE, CENTS, CONTENT, UNCONVERGED = "lost", "twice", "wrong cents", "wrong content", "unconverged"
KINDS_OF_WRONG = (LOST, TWICE, CENTS, CONTENT, UNCONVERGED)


@dataclass(frozen=True)
class Wrong:
    kind: str
    subject: str
    what: str
