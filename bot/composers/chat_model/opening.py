"""The LangChain chat model of the settings."""

import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import ChatModelSettings
from ingest.offline import reach_directly

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

# Providers whose interface is that of OpenAI; any other name is one that `init_chat_model` knows.
_OPENAI = "openai"
_OPENAI_URL = "https://api.openai.com/v1"
_THIS_MACHINE = frozenset(("localhost", "127.0.0.1", "::1"))
# A connection of our own making: the library would otherwise go by a proxy of the environment.
_OWN_CONNECTION = ((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),)
_NO_KEY = "none"


def open_chat_model(chosen: ChatModelSettings, *, proxy: str = "") -> "BaseChatModel":
    """The model, without a call to it; SettingsError names a package that is missing or a bad setting.

    It is reached by the proxy if one is given and the model is on another machine, by no other.
    """
    if urlsplit(chosen.url).hostname in _THIS_MACHINE:
        proxy = ""
    if chosen.provider == _OPENAI:
        return _openai_compatible(chosen, proxy)
    if not proxy:
        reach_directly(chosen.url)
    from langchain.chat_models import init_chat_model

    given = {"base_url": chosen.url, "api_key": chosen.key.get_secret_value()}
    options: dict[str, Any] = {name: value for name, value in given.items() if value}
    try:
        model: BaseChatModel = init_chat_model(
            chosen.model,
            model_provider=chosen.provider,
            temperature=0,
            max_tokens=chosen.max_tokens,
            **options,
        )
    except (ImportError, ValueError) as error:
        raise SettingsError(
            f"CLAUSEWISE_CHAT_MODEL__PROVIDER: {chosen.provider!r} cannot be used ({error})"
        ) from error
    return model


def _openai_compatible(chosen: ChatModelSettings, proxy: str) -> "BaseChatModel":
    from langchain_openai import ChatOpenAI

    body: dict[str, Any] = {}
    if chosen.json_mode:
        # As a plain field of the request: the library's own way expects of a server more than others send.
        body["response_format"] = {"type": "json_object"}
    given: dict[str, Any] = {}
    if chosen.report_usage or not chosen.url:
        given["stream_usage"] = True
    if chosen.url:
        body["max_tokens"] = chosen.max_tokens
    else:
        # Only OpenAI's own servers want the newer name of the limit, which the library gives it.
        given["max_tokens"] = chosen.max_tokens
    has_key = bool(chosen.key.get_secret_value())
    return ChatOpenAI(
        model=chosen.model,
        # Said in full: the library would take another address from the environment.
        base_url=chosen.url or _OPENAI_URL,
        openai_proxy=proxy or None,
        http_socket_options=_OWN_CONNECTION,
        # A server of one's own needs no key, the library wants one.
        api_key=chosen.key if has_key or not chosen.url else SecretStr(_NO_KEY),
        temperature=0,
        max_retries=0,
        timeout=chosen.time_limit_seconds,
        extra_body=body,
        **given,
    )
