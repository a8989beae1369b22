"""Who may manage the documents: the bearer of the token, or this machine where the operator says so."""

import logging
import time
from collections.abc import Callable
from hmac import compare_digest
from typing import cast

from fastapi import Request

from bot.api.clients import Clients
from bot.api.local_requests import load_local_requests
from bot.api.throttle import Throttle
from bot.errors import NotAdministratorError, SettingsError, TooManyRequestsError

LEAST_TOKEN_CHARACTERS = 16
_MINUTE = 60
_MOST_FAILURES, _MOST_FAILURES_OF_ALL = 5, 50
# While many clients fail together, each has one try.
_MOST_FAILURES_UNDER_ATTACK = 1
_ALL = "all"
_log = logging.getLogger(__name__)


class Administrators:
    """Judges requests; without a token and without `local` nobody is an administrator."""

    def __init__(
        self,
        token: str,
        clients: Clients,
        *,
        local: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`local` lets requests of this machine in without a token; SettingsError for a short token."""
        if token and len(token.strip()) < LEAST_TOKEN_CHARACTERS:
            raise SettingsError(
                f"CLAUSEWISE_ADMIN_TOKEN: expected at least {LEAST_TOKEN_CHARACTERS} characters, found "
                f"{len(token.strip())}; set a longer one, such as what this prints: "
                "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        self._token = token.strip().encode()
        self._clients = clients
        self._local = load_local_requests() if local else None
        self._failures = Throttle(_MOST_FAILURES, _MINUTE, clock)
        self._failures_of_all = Throttle(_MOST_FAILURES_OF_ALL, _MINUTE, clock)

    def check(self, request: Request) -> None:
        """NotAdministratorError if the request is not an administrator's.

        TooManyRequestsError for a client that gave wrong tokens: it waits, whatever it gives next.
        """
        if self._local is not None and self._local.holds(request):
            return
        given = _given(request)
        if not self._token or given is None:
            raise NotAdministratorError(self._advice())
        client = self._clients.client_of(request)
        self._take_a_try(client)
        if not self._is_token(given):
            self._failures_of_all.take(_ALL)
            _log.warning("a wrong administrator's token from %s", client)
            raise NotAdministratorError(self._advice())
        self._failures.give_back(client)

    def allows(self, request: Request) -> bool:
        """Whether the request is an administrator's; of one that guesses, the failure counts too."""
        try:
            self.check(request)
        except (NotAdministratorError, TooManyRequestsError):
            return False
        return True

    def _advice(self) -> str:
        if not self._token and self._local is None:
            return (
                "nobody may manage documents over HTTP; set CLAUSEWISE_ADMIN_TOKEN or use --local-admin, "
                "and start the server again"
            )
        return (
            "expected the administrator's token: Authorization: Bearer …, the value of CLAUSEWISE_ADMIN_TOKEN"
        )

    def _is_token(self, given: tuple[str, bytes]) -> bool:
        scheme, token = given
        # Compared in constant time, so that the time of a refusal tells nothing of the token.
        matches = compare_digest(token, self._token)
        return scheme == "bearer" and matches

    def _take_a_try(self, client: str) -> None:
        attacked = self._failures_of_all.is_full(_ALL)
        most = _MOST_FAILURES_UNDER_ATTACK if attacked else _MOST_FAILURES
        if wait_seconds := self._failures.take(client, most=most):
            raise TooManyRequestsError(
                f"expected the administrator's token, found wrong ones; wait {wait_seconds} seconds and give "
                "the value of CLAUSEWISE_ADMIN_TOKEN",
                wait_seconds=wait_seconds,
            )


def require_administrator(request: Request) -> None:
    """The dependency of every route that changes documents or shows what users asked."""
    cast(Administrators, request.app.state.administrators).check(request)


def _given(request: Request) -> tuple[str, bytes] | None:
    """The scheme and the token of the request; None without a token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    # Bytes of a header are read as Latin-1, whatever they mean.
    return (scheme.lower(), token.strip().encode("latin-1")) if token.strip() else None
