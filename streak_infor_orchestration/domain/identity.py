"""What tells one customer from another: tax number, e-mail, the domain of the company, its name.

Each in one canonical spelling, so that two spellings of the same are found as the same.
"""

import re
from collections.abc import Iterable

from streak_infor_orchestration.domain.company_name import bare
from streak_infor_orchestration.domain.free_mail import is_free_mail
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.tax_number import NO_NUMBER, TaxNumber, tax_number

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"@]+")


class Identity(Model):
    """Who somebody is. `name`, `tax_id` and `emails` as written; `domains` canonical, and a company's own."""

    name: str
    tax_id: str = ""
    tax_number: TaxNumber = NO_NUMBER
    emails: tuple[str, ...] = ()
    domains: frozenset[str] = frozenset()

    @property
    def bare_name(self) -> str:
        return bare(self.name)

    @property
    def email_keys(self) -> frozenset[str]:
        return frozenset(map(email_key, self.emails)) - {""}


def identity(
    name: str,
    *,
    tax_id: str = "",
    country: str = "",
    emails: Iterable[str] = (),
    domains: Iterable[str] = (),
) -> Identity:
    """`country` of the address. Without `domains` those of the e-mail addresses stand for the company."""
    emails = tuple(dict.fromkeys(email for email in emails if email))
    own = {_company(domain) for domain in domains} - {""}
    return Identity(
        name=name,
        tax_id=tax_id,
        tax_number=tax_number(tax_id, country),
        emails=emails,
        domains=frozenset((own or set(map(company_domain, emails))) - {""}),
    )


def identity_of(customer: Customer | CustomerDraft) -> Identity:
    return identity(
        customer.name, tax_id=customer.tax_id, country=country_of(customer), emails=(customer.email,)
    )


def country_of(customer: Customer | CustomerDraft) -> str:
    """Of its address; "" where that is not known."""
    addresses = (customer.billing_address, customer.shipping_address)
    return next((address.country for address in addresses if address and address.country), "")


def name_key(name: str) -> str:
    """The same name whatever its case and spaces; another legal form is another name."""
    return " ".join(name.casefold().split())


def email_key(text: str) -> str:
    """The first address in `text`, in lower case and with its domain in ASCII; "" where there is none."""
    address = _ADDRESS.search(text)
    if address is None:
        return ""
    name, _, domain = address[0].rpartition("@")
    return f"{name.casefold()}@{_ascii(domain)}"


def company_domain(email: str) -> str:
    """The domain of an address, "" for a free-mail provider's."""
    return _company(email_key(email).rpartition("@")[2])


def _company(domain: str) -> str:
    key = _ascii(domain.strip()).removeprefix("www.")
    return "" if is_free_mail(key) else key


def _ascii(domain: str) -> str:
    """`müller.example` and `xn--mller-kva.example.` are one."""
    plain = domain.casefold().strip(".")
    if plain.isascii():
        return plain
    import idna

    try:
        return idna.encode(plain, uts46=True).decode()
    except idna.IDNAError:
        return plain
