"""What each part of retrieval is worth: the same set asked with one part left out at a time."""

from collections.abc import Mapping

from bot.settings import RetrievalSettings

VARIANTS: Mapping[str, RetrievalSettings] = {
    "everything": RetrievalSettings(),
    "dense only": RetrievalSettings(keyword=0, document=0),
    "keyword only": RetrievalSettings(dense=0),
    "no document score": RetrievalSettings(document=0),
    "no facts": RetrievalSettings(facts=False),
    "no region": RetrievalSettings(regions=False),
    "no context": RetrievalSettings(context=False),
}
