"""Addresses of e-mail and domains: their spellings, and the ones that say nothing about a company."""

import pytest

from streak_infor_orchestration.domain.identity import company_domain, email_key, identity

ANYBODYS = (
    *(
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.co.uk",
        "yahoo.com.br",
        "YAHOO.DE",
        "ymail.com",
        "aol.de",
    ),
    *(
        "hotmail.fr",
        "hotmail.be",
        "outlook.de",
        "outlook.com.tr",
        "live.nl",
        "live.co.uk",
        "msn.com",
        "gmx.at",
    ),
    *(
        "gmx.eu",
        "icloud.com",
        "proton.me",
        "tuta.io",
        "yandex.com",
        "mail.ru",
        "t-online.de",
        "web.de",
        "arcor.de",
    ),
    *(
        "btinternet.com",
        "virginmedia.com",
        "seznam.cz",
        "centrum.sk",
        "wp.pl",
        "o2.pl",
        "interia.pl",
        "abv.bg",
    ),
    *(
        "sfr.fr",
        "orange.fr",
        "libero.it",
        "tin.it",
        "pec.it",
        "terra.es",
        "movistar.es",
        "sapo.pt",
        "ziggo.nl",
    ),
    *("telenet.be", "bluewin.ch", "aon.at", "chello.at", "telia.com", "online.no", "tele2.se", "otenet.gr"),
    *(
        "qq.com",
        "163.com",
        "naver.com",
        "hanmail.net",
        "docomo.ne.jp",
        "rediffmail.com",
        "uol.com.br",
        "bigpond.com",
    ),
    *(
        "comcast.net",
        "verizon.net",
        "sbcglobal.net",
        "shaw.ca",
        "walla.co.il",
        "mweb.co.za",
        "privaterelay.appleid.com",
    ),
)


@pytest.mark.parametrize("domain", ANYBODYS)
def test_a_providers_domain_is_nobodys(domain: str) -> None:
    assert company_domain(f"jane@{domain}") == ""
    assert identity("Jane", emails=[f"jane@{domain}"], domains=[domain]).domains == frozenset()


@pytest.mark.parametrize(
    "domain",
    [
        "acme.example",
        "siemens.com",
        "yahoo-bau.de",
        "livemusic.de",
        "webmaster.io",
        "orange-design.de",
        "mail.acme.de",
    ],
)
def test_a_companys_is_its_own(domain: str) -> None:
    assert company_domain(f"jane@{domain}") == domain


def test_the_organizations_domains_come_before_those_of_addresses() -> None:
    addresses = ["a@acme.example", "b@acme.test", "c@gmail.com"]
    assert identity("Acme", emails=addresses).domains == {"acme.example", "acme.test"}
    assert identity("Acme", emails=addresses, domains=("WWW.acme.org.",)).domains == {"acme.org"}


@pytest.mark.parametrize(
    "spelling",
    [
        "Info@MÜLLER.example",
        " info@xn--mller-kva.example.",
        "Uli Müller <info@müller.example>",
        "info@müller.example; sales@müller.example",
    ],
)
def test_an_address_has_one_spelling(spelling: str) -> None:
    assert email_key(spelling) == "info@xn--mller-kva.example"
    assert company_domain(spelling) == "xn--mller-kva.example"


@pytest.mark.parametrize("text", ["", "nobody", "@", "a@", "@b.example"])
def test_what_is_no_address_is_nobodys(text: str) -> None:
    assert email_key(text) == company_domain(text) == ""
    assert identity("Acme", emails=[text]).email_keys == frozenset()


def test_a_domain_that_no_rule_allows_is_taken_as_it_is() -> None:
    assert company_domain("a@ü..example") == "ü..example"
