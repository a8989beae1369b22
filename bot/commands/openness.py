"""What a server that others reach opens to whom."""

import socket

from bot.api.local_requests import is_loopback
from bot.errors import SettingsError
from bot.settings import Settings


def openness_of(listener: socket.socket, settings: Settings, *, local_admin: bool) -> str:
    """What to tell the operator; empty if only this machine reaches the server.

    SettingsError if it would let this machine manage documents without a token while others reach it.
    """
    host = listener.getsockname()[0]
    if is_loopback(host):
        return ""
    if local_admin:
        raise SettingsError(
            f"--local-admin: expected a loopback --host such as 127.0.0.1, found {host}: whoever can make a "
            "program of this machine pass requests on would manage the documents; leave --local-admin out "
            "and set CLAUSEWISE_ADMIN_TOKEN"
        )
    keeping = (
        f"questions without an answer and feedback are kept for {settings.feedback.days} days"
        if settings.feedback.keep
        else "nothing is kept of questions"
    )
    managing = (
        "whoever gives CLAUSEWISE_ADMIN_TOKEN, which goes over the network unencrypted unless a proxy with "
        "TLS stands before"
        if settings.admin_token.get_secret_value()
        else "nobody, since CLAUSEWISE_ADMIN_TOKEN is not set"
    )
    return (
        f"Listening on {host}, not on this machine alone. Open without a token to everybody who reaches it: "
        f"asking, reading every document in full, giving feedback ({keeping}). "
        f"Open to manage documents and read what users asked: {managing}."
    )
