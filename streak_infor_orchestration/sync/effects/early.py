"""How a use case ends early without being wrong."""


class Later(Exception):
    """Not now, and nobody's fault: look again after `seconds`. Burns no attempt."""

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason


class LeaseLost(Exception):
    """Another run holds the record now: this one may start nothing more for it."""
