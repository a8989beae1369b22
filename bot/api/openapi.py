"""The description of the HTTP interface that the web client is built from.

`python -m bot.api.openapi` writes it to `bot/web/openapi.json`; a test tells when that was forgotten.
"""

import json
from pathlib import Path

from bot.answering.asking import Asking
from bot.api.app import create_app
from bot.settings import Settings
from bot.wiring import open_catalog, open_indexer, open_publishing

COMMITTED = Path(__file__).parent.parent / "web" / "openapi.json"


def description() -> str:
    """The OpenAPI document as it is committed."""
    settings = Settings()
    publishing = open_publishing(
        settings, lambda: open_catalog(settings), lambda progress: open_indexer(settings, progress=progress)
    )
    app = create_app(_nothing_is_asked, settings, publishing)
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _nothing_is_asked() -> Asking:
    raise AssertionError("a description asks nothing")


if __name__ == "__main__":
    COMMITTED.write_text(description(), encoding="utf-8")
