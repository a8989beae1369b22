"""Who may manage the documents: the bearer of the token, or this machine where the operator says so."""

from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from bot.errors import NotAdministratorError

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_LOOPBACK_NAME = "localhost"


class Administrators:
    """Judges requests; without a token and without `local` nobody is an administrator."""

    def __init__(self, token: str, *, local: bool = False) -> None:
        """`local` lets requests of this machine in without a token."""
        self._token = token.encode()
        self._local = local

    def check(self, request: Request) -> None:
        """NotAdministratorError where the request is not an administrator's."""
        if self._has_token(request) or (self._local and _is_local(request)):
            return
        if not self._token and not self._local:
            raise NotAdministratorError(
                "nobody may manage documents over HTTP; set CLAUSEWISE_ADMIN_TOKEN or use --local-admin, "
                "and start the server again"
            )
        raise NotAdministratorError(
            "expected the administrator's token: Authorization: Bearer …, the value of CLAUSEWISE_ADMIN_TOKEN"
        )

    def _has_token(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        # Compared in constant time, so that the time of a refusal tells nothing of the token.
        # Bytes of a header are read as Latin-1, whatever they mean.
        matches = compare_digest(given.strip().encode("latin-1"), self._token)
        return bool(self._token) and scheme.lower() == "bearer" and matches


def require_administrator(request: Request) -> None:
    """The dependency of every route that changes documents or shows what users asked."""
    administrators: Administrators = request.app.state.administrators
    administrators.check(request)


def _is_local(request: Request) -> bool:
    """Whether a program of this machine asks: not a proxy, and not a page of another site in its browser.

    A page elsewhere can have its own name resolve to 127.0.0.1 (then Host is that name), or send a form
    here (then Origin is that page).
    """
    if request.client is None or not _is_loopback(request.client.host):
        return False
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = urlsplit(f"//{request.headers.get('host', '')}")
    origin = request.headers.get("origin")
    return _is_loopback(host.hostname or "") and (origin is None or urlsplit(origin).netloc == host.netloc)


def _is_loopback(host: str) -> bool:
    if host == _LOOPBACK_NAME:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
