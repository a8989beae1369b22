"""Whom a request comes from: the address of the connection, or what a trusted proxy says of it."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from fastapi import Request

from bot.errors import SettingsError

_FORWARDED_FOR = "x-forwarded-for"
# A line of IPv6 has a network of its own, whose addresses one client may change at will.
_IPV6_LINE_BITS = 56


class Clients:
    """Names clients; without trusted proxies no header counts, since anybody can send it."""

    def __init__(self, trusted_proxies: str) -> None:
        """Addresses or networks with commas between them; SettingsError names one that is neither."""
        try:
            self._trusted = [
                ip_network(each.strip(), strict=False) for each in trusted_proxies.split(",") if each.strip()
            ]
        except ValueError as error:
            raise SettingsError(
                "CLAUSEWISE_TRUSTED_PROXIES: expected addresses or networks with commas between, such as "
                f"10.0.0.5,172.16.0.0/12, found {trusted_proxies!r} ({error}); correct or unset it"
            ) from error

    def client_of(self, request: Request) -> str:
        """The client's address; of IPv6 the network of its line."""
        connected = request.client.host if request.client else ""
        return self.named(connected, request.headers.getlist(_FORWARDED_FOR))

    def named(self, connected: str, forwarded_for: Sequence[str]) -> str:
        """The last address on the way here that is no trusted proxy."""
        address = _address(connected)
        way = [each.strip() for line in forwarded_for for each in line.split(",")]
        while address is not None and way and any(address in network for network in self._trusted):
            # What stands before the entry of a proxy that is not trusted may be made up.
            if (before := _address(way.pop())) is None:
                break
            address = before
        return connected if address is None else _line(address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _line(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, _IPV6_LINE_BITS), strict=False))
