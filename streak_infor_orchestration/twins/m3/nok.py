"""How M3 refuses: a code, a field and a text, of one of four types. Contract, B.3."""

from dataclasses import dataclass

NOK = "ServerReturnedNOK"
NO_TRANSACTION = "TransactionNotFound"
MANDATORY = "MandatoryInputFieldNotFound"
TOO_LONG = "InputFieldTooLong"


@dataclass
class Nok(Exception):
    """Clients match ``code`` and ``field``; the text follows the user's language."""

    code: str
    message: str
    field: str = ""
    type: str = NOK

    def __str__(self) -> str:
        return f"{self.code} {self.field} {self.message}"


def missing(field: str, what: str, value: str) -> Nok:
    """The record that ``field`` names does not exist."""
    if field == "CUNO":
        return Nok("XIM0002", "Customer number is invalid", field)
    return Nok(f"W{field[:2]}0103", f"{what} {value} does not exist", field)


def present(field: str, what: str, value: str) -> Nok:
    return Nok(f"W{field[:2]}0104", f"{what} {value} already exists", field)


def invalid(field: str, why: str) -> Nok:
    return Nok(f"W{field[:2]}0101", why, field)
