from pathlib import Path

from bot.settings import Settings
from bot.wiring import open_assistant, open_catalog


def test_assistant_is_warmed_up_before_there_are_documents(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    open_catalog(settings, create=True).close()
    assistant = open_assistant(settings)
    assistant.warm_up()
    assert assistant.catalog.policies() == []
