"""Web addresses: what is one, and which may be sent credentials: encrypted ones, and this very machine."""

from urllib.parse import urlsplit

from streak_infor_orchestration.config.environment import missing

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_web_address(url: str) -> bool:
    """Whether it can be called: with scheme and host, a port that is one, and nothing invisible in it."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and url.isprintable()
            and " " not in url
        )
    except ValueError:  # the port is none, or an IPv6 address is not closed
        return False


def in_clear(url: str) -> bool:
    """Whether others could read what is sent there: plain http to another machine."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in LOOPBACK


def checked(variable: str, url: str, *, what: str = "", plain_http: bool = False) -> str:
    """`url`, which stands in `variable` or, as `what` says, in what that names. Raises Misconfigured for what is no web
    address, and for plain http to another machine unless that is permitted. It may hold credentials: it is not shown.
    """
    if not is_web_address(url):
        raise missing(variable, f"{what or variable} is no web address; write it as https://host/path")
    if in_clear(url) and not plain_http:
        raise missing(
            variable,
            f"{what or variable} is plain http to another machine: credentials would go in clear; use https://",
        )
    return url
