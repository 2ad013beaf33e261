"""What tells one customer from another: tax number, e-mail, the domain of the company, its name.

Each in one canonical spelling, so that two spellings of the same are found as the same.
"""

from streak_infor_orchestration.domain.company_name import bare
from streak_infor_orchestration.domain.model import Model

FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com icloud.com"
    " me.com mac.com proton.me protonmail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.ru"
    " yandex.ru orange.fr wanadoo.fr free.fr laposte.net libero.it qq.com 163.com 126.com zoho.com".split()
)
"""Domains that say nothing about the company."""


class Identity(Model):
    """Who somebody is, as written; "" where that is not known. `domains` are canonical, and a company's own."""

    name: str
    tax_id: str = ""
    email: str = ""
    domains: frozenset[str] = frozenset()

    @property
    def bare_name(self) -> str:
        return bare(self.name)


def identity(name: str, *, tax_id: str = "", email: str = "", domains: tuple[str, ...] = ()) -> Identity:
    """Without `domains` that of the e-mail address stands for the company."""
    own = {_company(domain) for domain in domains} - {""}
    return Identity(
        name=name, tax_id=tax_id, email=email, domains=frozenset((own or {company_domain(email)}) - {""})
    )


def name_key(name: str) -> str:
    """The same name whatever its case and spaces; another legal form is another name."""
    return " ".join(name.casefold().split())


def tax_key(tax_id: str) -> str:
    """Letters and digits only: "DE 123.456.789" → "DE123456789"."""
    return "".join(c for c in tax_id.upper() if c.isalnum())


def email_key(email: str) -> str:
    return email.strip().casefold()


def company_domain(email: str) -> str:
    """The domain of an address, "" for a free-mail provider's."""
    return _company(email.rpartition("@")[2]) if "@" in email else ""


def _company(domain: str) -> str:
    key = domain.strip().casefold().removeprefix("www.").rstrip(".")
    return "" if key in FREE_MAIL else key
