"""clausewise serve: the web client and the HTTP API."""

import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import DataOption, OnOption, settings_for
from bot.commands.parts import parts_of

if TYPE_CHECKING:
    from bot.commands.parts import Parts
    from bot.settings import Settings

# The thread that takes requests waits this long for each thread at work. The default, 5 ms, and 1 ms kept
# /healthz waiting longer under load; 0.05 ms gained no more (`python -m eval.bench.load`).
_SWITCH_SECONDS = 0.0002


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")
    ] = 8000,
    data: DataOption = None,
    on: OnOption = None,
    local_admin: Annotated[
        bool,
        typer.Option("--local-admin", help="Let this machine manage the documents without a token."),
    ] = False,
) -> None:
    """Serve the web client and the HTTP API until interrupted."""
    import uvicorn

    from bot.api.app import create_app
    from bot.api.pace import protocol_with_header_limit
    from bot.commands.log_masking import mask_logs
    from bot.commands.openness import openness_of
    from bot.commands.output import aside
    from bot.wiring import open_publishing

    mask_logs()
    settings, parts = settings_for(data, on), parts_of(context)
    publishing = open_publishing(
        settings, lambda: parts.catalog(settings), lambda progress: parts.indexer(settings, progress)
    )
    app = create_app(lambda: parts.assistant(settings, None), settings, publishing, local_admin=local_admin)
    with _listening(host, port) as listener:
        if told := openness_of(listener, settings, local_admin=local_admin):
            aside().print(told, markup=False, style="yellow", soft_wrap=True)
        _announce(listener, settings, parts)
        # Headers of a proxy name a client that may be this machine; the address of the connection counts.
        config = uvicorn.Config(
            app,
            http=protocol_with_header_limit(settings.server.header_seconds),
            log_level="warning",
            timeout_graceful_shutdown=3,
            proxy_headers=False,
        )
        sys.setswitchinterval(_SWITCH_SECONDS)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    from bot.errors import SettingsError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"{host}:{port}: cannot listen there ({error.strerror}); choose another --host or --port"
        ) from error


def _announce(listener: socket.socket, settings: "Settings", parts: "Parts") -> None:
    from bot.commands.output import aside, terminal
    from vectorstore.errors import StoreError

    name, port = listener.getsockname()[:2]
    shown = f"[{name}]" if ":" in name else name
    terminal().print(
        f"Clausewise: http://{shown}:{port}/  (API: /docs, stop: Ctrl-C)", markup=False, soft_wrap=True
    )
    try:
        with parts.catalog(settings) as catalog:
            empty = not catalog.policies()
    except StoreError as error:
        # Not fatal: the server answers 503 with this reason until the documents are there.
        aside().print(str(error), markup=False, style="yellow", soft_wrap=True)
        return
    if empty:
        aside().print("no document yet; run: clausewise ingest PATH…", style="yellow")
