"""What the routes reach through the request: the assistant and the day of asking."""

from datetime import date
from typing import cast

from fastapi import Request

from bot.answering.asking import Asking
from bot.api.administrator import Administrators
from bot.api.clients import Clients
from bot.api.keeping import Keeping
from bot.api.readiness import Readiness
from bot.settings import Settings


def readiness_of(request: Request) -> Readiness:
    """The readiness of the application."""
    return cast(Readiness, request.app.state.readiness)


def assistant_of(request: Request) -> Asking:
    """The assistant; raises the error that keeps it from opening."""
    return readiness_of(request).assistant()


def keeping_of(request: Request) -> Keeping:
    """What keeps notes of questions."""
    return cast(Keeping, request.app.state.keeping)


def client_of(request: Request) -> str:
    """The address of whoever asks."""
    return cast(Clients, request.app.state.clients).client_of(request)


def administrators_of(request: Request) -> Administrators:
    """Who judges whether a request is an administrator's."""
    return cast(Administrators, request.app.state.administrators)


def day_of(request: Request) -> date:
    """The day of asking where the request names none."""
    return cast(Settings, request.app.state.settings).day_of_asking()
