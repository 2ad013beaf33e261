"""The one authorised app that the gateway knows, a Backend Service with a service account. Contract, A.1."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """Keys of the shapes that real ones have: the user's contains ``#``, the client's ``~``."""

    tenant: str = "TWIN_TST"
    client_id: str = f"TWIN_TST~{'c' * 43}"
    client_secret: str = "s" * 86
    user: str = f"TWIN_TST#{'u' * 86}"
    password: str = "p" * 86
