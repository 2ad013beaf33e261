"""How an IDO request fails: HTTP 200 with ``Success: false`` and a text. Contract, C.2.

The wording of most texts is not published: a client must not read them.
"""


class Refusal(Exception):
    """Raised to fail the request with this text. ``breach`` names the rule of the contract that the caller broke,
    "" where the state of the business is the reason."""

    def __init__(self, message: str, breach: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.breach = breach
