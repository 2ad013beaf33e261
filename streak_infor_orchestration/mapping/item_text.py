"""How people type what is ordered: `2 x BRK-1001 @ 12.50`, `BRK-1001 (2)`, `BRK-1001 2 pcs à 12,50 €`.

Every form is tried on every piece of text. One reading is an item; none, or several that differ, are not guessed at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from streak_infor_orchestration.mapping.currencies import SIGN

_NUMBER = r"\d(?:[\d.,'’\u00a0\u202f]*\d)?"
_CODE = r"[^\W_](?:[\w./+#-]*[^\W_])?"
_NAME = r"[^\W_][^;\n]*?"
_UNIT = r"(?:pcs|pc|pieces?|units?|ea|each|stk|stück|stueck|st|pièces?|pz)\.?"
_TIMES = r"[x×*]"
_PRICE = (
    rf"(?:@|à|á|a|at|je|zu)\s*(?P<before>{SIGN})?\s*(?P<price>{_NUMBER})\s*(?P<after>{SIGN})?"
    rf"(?:\s*(?:/|per|pro|je)?\s*{_UNIT})?"
)
_OFF = rf"(?:-|−|–|less|minus|abzgl\.?|discount|rabatt):?\s*(?P<off>{_NUMBER})\s*%"
_TAIL = rf"(?:\s*,?\s*{_PRICE})?(?:\s*,?\s*{_OFF})?\s*"
_FORMS = (
    r"{number}(?:\s*{unit})?\s*(?P<times>{times}\s*){product}",
    r"{number}\s*{unit}\s+{product}",
    r"{product}\s*\(\s*{number}\s*(?:{times}|{unit})?\s*\)",
    r"{product}(?:\s+x\s*|\s*[×*]\s*){number}(?:\s*{unit})?",
    r"{product}\s*[,:]?\s+{number}\s*{unit}",
    r"{product}\s*[,:]?\s+(?:qty|quantity|menge|anzahl)\.?:?\s*{number}(?:\s*{unit})?",
)
_BARE = (r"(?P<quantity>\d+)\s+{product}", r"{product}\s*:?\s+(?P<quantity>\d+)")
_BULLET = re.compile(r"(?:[-–•*·]|\d{1,3}[.)])\s+")
_BREAK = re.compile(r"[;\n\r\u2028\u2029]+")
_LISTED = (
    re.compile(r",\s+|\s+(?:and|und|et|&|\+)\s+"),
    re.compile(r"(?<!\d),|,(?!\d)"),
)  # 12,50 is one number
# a comma ends an item only before the next one's quantity, because names have commas too
_NAMED_NEXT = re.compile(rf",\s+(?={_NUMBER}\s*(?:{_TIMES}|{_UNIT})\s)", re.IGNORECASE)
_LONGEST = 300
_SHORTEST_NUMERIC_CODE = 5


def _compiled(form: str, product: str) -> re.Pattern[str]:
    filled = form.format(
        number=f"(?P<quantity>{_NUMBER})", unit=_UNIT, times=_TIMES, product=f"(?P<product>{product})"
    )
    return re.compile(filled + _TAIL, re.IGNORECASE)


_BY_CODE = [_compiled(form, _CODE) for form in _FORMS]
_BY_CODE_BARE = [_compiled(form, _CODE) for form in _BARE]
_BY_NAME = [_compiled(form, _NAME) for form in _FORMS]


@dataclass(frozen=True)
class Item:
    """A line as typed: every member still text, "" where it is not said. `off` is a percentage."""

    product: str
    quantity: str
    price: str = ""
    currency: str = ""
    off: str = ""


@dataclass(frozen=True)
class Piece:
    """A part of the text and its readings: one is right, none or several are for a person."""

    text: str
    readings: frozenset[Item]

    @property
    def item(self) -> Item | None:
        return next(iter(self.readings)) if len(self.readings) == 1 else None


def lines_of(text: str) -> list[str]:
    """What stands on lines of its own or between semicolons, empty ones left out."""
    return [part.strip() for part in _BREAK.split(text) if part.strip()]


def pieces(text: str, *, by_name: bool = False) -> tuple[Piece, ...]:
    """The items of `text`. Products are codes without spaces, or with `by_name` names, which may have spaces."""
    return tuple(piece for part in lines_of(text) for piece in _listed(part, by_name))


def _listed(text: str, by_name: bool) -> Iterator[Piece]:
    """One item, or several after commas where each of them is whole."""
    if by_name:
        yield from (_read(part.strip(), by_name) for part in _NAMED_NEXT.split(text))
        return
    whole = _read(text, by_name)
    for comma in _LISTED:
        parts = [_read(part.strip(), by_name) for part in comma.split(text)]
        if len(parts) > 1 and all(part.item for part in parts):
            if whole.readings:
                yield Piece(text, whole.readings | {part.item for part in parts if part.item})
            else:
                yield from parts
            return
    yield whole


def _read(text: str, by_name: bool) -> Piece:
    readings = frozenset(_readings(text, by_name))
    bullet = _BULLET.match(text)
    if bullet:
        readings = readings or frozenset(_readings(text[bullet.end() :], by_name))
    return Piece(text, readings)


def _readings(text: str, by_name: bool) -> Iterator[Item]:
    if len(text) > _LONGEST:
        return
    for form in _BY_NAME if by_name else _BY_CODE:
        match = form.fullmatch(text)
        if match and not _is_glued(match) and not _is_turned_round(match):
            yield _item(match)
    for form in () if by_name else _BY_CODE_BARE:
        match = form.fullmatch(text)
        # a code without a letter is not read: of two numbers side by side either could be the quantity
        if match and re.search(r"[^\W\d]", match["product"]):
            yield _item(match)


def _is_glued(match: re.Match[str]) -> bool:
    """ "2xl-shirt" may be two of "l-shirt", or a product's code."""
    times = match.groupdict().get("times") or ""
    return times.lower() == "x" and match.string[match.start("times") - 1].isdigit()


def _is_turned_round(match: re.Match[str]) -> bool:
    """Of "2 x 100234" the long number is the product, whichever way it is read."""
    product, quantity = match["product"], match["quantity"]
    return product.isdigit() and len(product) < _SHORTEST_NUMERIC_CODE <= len(quantity)


def _item(match: re.Match[str]) -> Item:
    return Item(
        product=match["product"].strip(),
        quantity=match["quantity"],
        price=match["price"] or "",
        currency=match["before"] or match["after"] or "",
        off=match["off"] or "",
    )
