"""Tells requests of programs on this machine from those that only look so."""

import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib import resources
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

_LOOPBACK_NAME = "localhost"


class LocalRequests:
    """Knows the headers that proxies add: bot/data/proxy_headers.toml."""

    def __init__(self, proxy_headers: Iterable[str]) -> None:
        """Patterns of their names in small letters."""
        self._proxy_headers = tuple(proxy_headers)

    def holds(self, request: Request) -> bool:
        """Whether a program of this machine asks: not a proxy, and not a page of another site in its browser.

        A page elsewhere can have its own name resolve to 127.0.0.1 (then Host is that name), or send a form
        here (then Origin is that page).
        """
        if request.client is None or not is_loopback(request.client.host):
            return False
        if any(self.is_of_a_proxy(name) for name in request.headers):
            return False
        host = urlsplit(f"//{request.headers.get('host', '')}")
        origin = request.headers.get("origin")
        return is_loopback(host.hostname or "") and (origin is None or urlsplit(origin).netloc == host.netloc)

    def is_of_a_proxy(self, header: str) -> bool:
        """Whether proxies add a header of this name."""
        return any(fnmatchcase(header.lower(), pattern) for pattern in self._proxy_headers)


def load_local_requests() -> LocalRequests:
    """The packaged table."""
    table = tomllib.loads(resources.files("bot").joinpath("data/proxy_headers.toml").read_text("utf-8"))
    return LocalRequests(table["patterns"])


def is_loopback(host: str) -> bool:
    """Whether the address is one of this machine for itself."""
    if host == _LOOPBACK_NAME:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
