"""Whom a request comes from."""

import pytest

from bot.api.clients import Clients
from bot.errors import SettingsError


@pytest.mark.parametrize(
    ("trusted", "connected", "forwarded_for", "client"),
    [
        ("", "203.0.113.9", [], "203.0.113.9"),
        ("", "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.5", "10.0.0.5", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.5", "10.0.0.5", ["192.0.2.7, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.5", "10.0.0.5", ["192.0.2.7", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.0/8, 172.16.0.1", "10.0.0.5", ["198.51.100.1, 172.16.0.1"], "198.51.100.1"),
        ("10.0.0.0/8", "10.0.0.5", ["nobody"], "10.0.0.5"),
        ("10.0.0.0/8", "10.0.0.5", [""], "10.0.0.5"),
        ("", "::ffff:203.0.113.9", [], "203.0.113.9"),
        ("", "2001:db8:1:2:3::9", [], "2001:db8:1::/56"),
        ("2001:db8::5", "2001:db8::5", ["[2001:db8:9:1::1]"], "2001:db8:9::/56"),
        ("", "testclient", [], "testclient"),
    ],
)
def test_a_client_is_the_last_address_that_no_trusted_proxy_has(
    trusted: str, connected: str, forwarded_for: list[str], client: str
) -> None:
    assert Clients(trusted).named(connected, forwarded_for) == client


@pytest.mark.parametrize("trusted", ["proxy.example", "10.0.0.0/40", "*"])
def test_what_is_no_address_is_told_by_its_setting(trusted: str) -> None:
    with pytest.raises(SettingsError, match="CLAUSEWISE_TRUSTED_PROXIES"):
        Clients(trusted)
