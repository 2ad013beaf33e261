"""Which proxy a call goes through, by the variables that every tool on the machine reads.

`HTTPS_PROXY` or `HTTP_PROXY`, else `ALL_PROXY`; `NO_PROXY` lists hosts that are called directly, separated by commas or
blanks: a name means its subdomains too (with or without a leading `.` or `*.`), an address may be a network in CIDR
notation, a port restricts an entry to it, `*` means everybody. Lower-case spellings go before. This machine itself is
never called through a proxy.
"""

import ipaddress
import os
import re
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies_environment

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

_SCHEMES = ("http", "https")
_PORT_OF = {"http": 80, "https": 443}
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def proxy_for(base_url: str) -> str | None:
    """Address of the proxy for calls of `base_url`, None for none. Raises Misconfigured, naming the variable, for one
    that cannot be used."""
    target = urlsplit(base_url)
    set_ = getproxies_environment()
    for kind in (target.scheme, "all"):
        if proxy := _visible(set_.get(kind, "")):
            break
    else:
        return None
    if _is_this_machine(target.hostname or "") or _is_excepted(target, _visible(set_.get("no", ""))):
        return None
    return _usable(proxy, _spelled(f"{kind}_proxy"))


def _usable(proxy: str, variable: str) -> str:
    """The value may hold a password: it is not shown."""
    try:
        parts = urlsplit(proxy)
        well = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0 and proxy.isprintable()
    except ValueError:
        well = False
    if well and not re.search(r"\s", proxy):
        return proxy
    raise Misconfigured(
        f"{variable} is no address of an HTTP proxy; write it as http://host:port",
        code=SetupCode.ENVIRONMENT,
        field=variable,
    )


def _spelled(name: str) -> str:
    return name if os.environ.get(name) else name.upper()


def _visible(value: str) -> str:
    return value.strip("\ufeff \t\r\n")


def _is_this_machine(host: str) -> bool:
    address = _address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback


def _is_excepted(target: SplitResult, exceptions: str) -> bool:
    host = _folded(target.hostname or "")
    port = target.port or _PORT_OF.get(target.scheme, 0)
    return any(_covers(entry, host, port) for entry in re.split(r"[\s,;]+", exceptions) if entry)


def _covers(entry: str, host: str, port: int) -> bool:
    name, only = _parts(entry)
    if only and only != port:
        return False
    if name == "*":
        return True
    address = _address(host)
    if address is not None:
        try:
            return address in ipaddress.ip_network(name, strict=False)
        except ValueError:
            return False
    name = _folded(name.removeprefix("*").removeprefix("."))
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _parts(entry: str) -> tuple[str, int]:
    """Host and port, 0 for any. Colons without brackets are an IPv6 address's own."""
    found = re.fullmatch(r"\[([^\]]+)\](?::(\d+))?|([^:]+):(\d+)", entry.partition("://")[2] or entry)
    if found is None:
        return entry, 0
    return found[1] or found[3], int(found[2] or found[4] or 0)


def _folded(name: str) -> str:
    """As DNS compares names: without case and closing dot, in its own spelling."""
    name = name.rstrip(".").casefold()
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def _address(host: str) -> _Address | None:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
