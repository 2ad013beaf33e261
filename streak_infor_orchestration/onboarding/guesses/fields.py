"""Which fields of a deal an order is filled from, and which ones shall show what the ERP knows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.onboarding.guesses.words import said
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.vocabulary import Field

TEXTS, DATES, CHOICES = ("TEXT_INPUT",), ("DATE", "TEXT_INPUT"), ("DROPDOWN", "TEXT_INPUT")
_READ = (
    # target, types, what such fields are called
    (
        "order.requested_date",
        DATES,
        "requested ship, ship date, ship by, delivery date, deliver by, requested date, "
        "needed by, due date, start date, liefertermin, lieferdatum, wunschtermin, date de "
        "livraison",
    ),
    (
        "order.order_date",
        DATES,
        "signed on, order date, ordered on, date signed, signature date, auftragsdatum, date de commande",
    ),
    (
        "order.shipping_method",
        CHOICES,
        "ship via, shipping method, delivery method, carrier, versandart, incoterm, transporteur",
    ),
    (
        "order.currency",
        CHOICES,
        "currency, währung, devise, moneda",
    ),
    (
        "order.freight",
        TEXTS,
        "freight, shipping cost, shipping costs, fracht, porto, frais de port",
    ),
    (
        "order.warehouse",
        CHOICES,
        "warehouse, lager, entrepôt, almacén",
    ),
    (
        "deal value",
        TEXTS,
        "deal value, deal size, contract value, order value, value, amount, betrag, auftragswert, montant",
    ),
)
_WRITTEN = (
    (
        "invoice.payment_status",
        "payment status, paid status, zahlungsstatus, zahlstatus",
    ),
    (
        "order.status",
        "erp status, infor status, order status, auftragsstatus",
    ),
    (
        "invoice.balance",
        "balance, open amount, outstanding, amount due, offener betrag",
    ),
    (
        "invoice.total",
        "invoice total, invoiced amount, rechnungsbetrag",
    ),
    (
        "invoice.paid",
        "paid amount, amount paid",
    ),
    (
        "order.total",
        "erp total, order total, infor total",
    ),
    (
        "invoice.number",
        "erp invoice, infor invoice, invoice, invoice no, billed, bill, rechnung, rechnungsnummer, facture",
    ),
    (
        "order.id",
        "erp order, infor order, sales order, order no, order number, order id, so number, "
        "auftrag, auftragsnummer, commande",
    ),
)
_TAX_IDS = "vat, vat id, tax id, tax number, ust, uid, tva, nif, ein, siret, steuernummer"
_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d %b %Y", "%d.%m.%y")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class ReadGuess:
    """`transform` is what the value has to go through; an `unsure` one is proposed, not put into force."""

    target: str
    field: Field
    why: str
    date_format: str = ""
    unsure: bool = False


@dataclass(frozen=True)
class WriteGuess:
    """`typed` deals have something in this field already."""

    field: Field
    fact: str
    typed: int


def guess_read(fields: Sequence[Field], taken: Iterable[str], boxes: Sequence[Box]) -> tuple[ReadGuess, ...]:
    """Each field for one target at most, and the other way round."""
    free = [field for field in fields if field.name not in set(taken)]
    guesses: list[ReadGuess] = []
    for target, types, phrases in _READ:
        field, phrase = _called(free, types, phrases)
        if field:
            free.remove(field)
            guesses.append(_read(target, field, f'"{phrase}"', [box.fields.get(field.name) for box in boxes]))
    return tuple(guesses)


def _read(target: str, field: Field, why: str, values: Sequence[Value]) -> ReadGuess:
    typed = [value.strip() for value in values if isinstance(value, str) and value.strip()]
    if target in ("order.requested_date", "order.order_date") and field.type != "DATE":
        found = [pattern for pattern in _FORMATS if typed and all(_reads(value, pattern) for value in typed)]
        if len(found) != 1:
            return ReadGuess(target, field, f"{why}; how dates are typed in it is not clear", unsure=True)
        return ReadGuess(target, field, f"{why}; typed like {typed[0]}", date_format=found[0])
    if target == "order.currency":
        names = [option.name for option in field.options] or typed
        if not names or not all(_CURRENCY.fullmatch(name) for name in names):
            return ReadGuess(target, field, f"{why}; but its values are no codes like EUR", unsure=True)
    if target in ("order.shipping_method", "order.warehouse"):
        return ReadGuess(target, field, f"{why}; put the ERP's codes on the right", unsure=True)
    return ReadGuess(target, field, why)


def _reads(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007  # only whether it can be read
    except ValueError:
        return False
    return True


def guess_written(
    fields: Sequence[Field], taken: Iterable[str], boxes: Sequence[Box]
) -> tuple[WriteGuess, ...]:
    """Text fields only: what the ERP knows is written as text."""
    free = [field for field in fields if field.name not in set(taken)]
    guesses: list[WriteGuess] = []
    for fact, phrases in _WRITTEN:
        field, _ = _called(free, TEXTS, phrases)
        if field:
            free.remove(field)
            guesses.append(WriteGuess(field, fact, sum(field.name in box.fields for box in boxes)))
    return tuple(guesses)


def guess_tax_id(fields: Sequence[Field]) -> Field | None:
    """Among the organizations' own fields."""
    return _called(list(fields), CHOICES, _TAX_IDS)[0]


def _called(fields: Sequence[Field], types: Sequence[str], phrases: str) -> tuple[Field | None, str | None]:
    """The most telling name first, the best fitting type before the next."""
    for phrase in phrases.split(", "):
        for kind in types:
            for field in fields:
                if field.type == kind and said(field.name, (phrase,)):
                    return field, phrase
    return None, None
