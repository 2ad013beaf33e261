"""What a field of order lines is for, by its name: product, quantity, price, discount or currency."""

import re
import unicodedata
from collections.abc import Sequence

_CAMEL = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ])")
_PART = re.compile(r"[^\W\d_]+|[$€£¥₹%@]")
_ROLES = {
    # the most telling word first; `-preis` stands for every word that ends with it
    "sku": "sku item product article artikel part material code artikelnummer artikelnr articulo producto produto "
    "prodotto articolo produit produkt reference ref referencia artnr codigo codice artikkel vare kod indeks tuote",
    "quantity": "qty quantity quantite qte menge cantidad cant quantita qta quantidade qtd aantal antal ilosc maara "
    "kpl anzahl adet -menge pieces pcs stuck stk unidades pezzi units count nombre nb number",
    "price": "price preis prix precio prezzo preco prijs pris cena hinta fiyat -preis -prijs -pris pu ep vk netto each "
    "ea rate $ € £ ¥ ₹ @ eur usd gbp chf cost unitario unitaire",
    "discount": "discount disc rabatt remise descuento desconto sconto korting rabat alennus indirim nachlass -rabatt "
    "-nachlass -korting dto dcto off",
    "currency": "currency wahrung devise moneda valuta moeda waluta",
}
_SOMETHING_ELSE = {
    # what a line comes to, or what is put on it, is money and no price; a product's name is not its code
    "price": "total subtotal sum summe amount betrag gesamt gesamtpreis linetotal montant importe importo totaal "
    "totale bedrag suma belop kwota tax vat mwst ust tva iva btw moms freight shipping fracht porto delivery discount "
    "disc rabatt remise descuento desconto sconto korting rabat nachlass dto off",
    "sku": "description desc name title bezeichnung beschreibung descripcion descrizione omschrijving note",
    "quantity": "price preis prix precio prezzo $ € £ item sku part order",
}


def by_role(names: Sequence[str]) -> dict[str, str]:
    """For each role the name that says it best; of several as good the first."""
    found: dict[str, str] = {}
    for role, meant in _ROLES.items():
        words = meant.split()
        ranked = [(_rank(name, role, words), n) for n, name in enumerate(names) if name not in found.values()]
        best = min((rank for rank in ranked if rank[0] is not None), default=None)
        if best is not None:
            found[role] = names[best[1]]
    return found


def _rank(name: str, role: str, words: Sequence[str]) -> tuple[bool, int] | None:
    """Smaller is better, None for a name that does not say it. Money that is something else is no price at all; a
    product's description is better than nothing."""
    said = _said(name)
    other = bool(said.intersection(_SOMETHING_ELSE.get(role, "").split()))
    if role == "price" and other:
        return None
    rank = next((n for n, word in enumerate(words) if _says(said, word)), None)
    return None if rank is None else (other, rank)


def _says(said: set[str], word: str) -> bool:
    if word.startswith("-"):
        return any(one.endswith(word[1:]) for one in said)
    return word in said


def _said(name: str) -> set[str]:
    """Words without case and accents, and the signs that say something: `Unit $ {n}` and `unitPrice{n}` too."""
    spaced = _CAMEL.sub(" ", name.replace("{n}", " "))
    plain = unicodedata.normalize("NFKD", spaced.casefold())
    return set(_PART.findall("".join(c for c in plain if not unicodedata.combining(c))))
