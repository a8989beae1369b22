"""A source document → policies with metadata, clauses and facts."""

from collections.abc import Iterator
from datetime import date

from ingest.cleaning import clean
from ingest.errors import NoClausesError
from ingest.facts import extract
from ingest.gazette import split
from ingest.layout import layout_of
from ingest.metadata import published_on_page, read_metadata
from ingest.outline import outline
from ingest.policy import Metadata, Policy
from ingest.source import CleanText, SourceDocument

_ID_LENGTH = 12
_LAST_WORDS = 20


def parse(document: SourceDocument) -> tuple[Policy, ...]:
    """The policies of the document in order; NoClausesError where it holds no text to cite."""
    whole = clean(document)
    texts = split(whole, document.name)
    collection_on = published_on_page(whole.text) if len(texts) > 1 else None
    policies = tuple(
        _policy(text, document, policy_id, collection_on)
        for text, policy_id in zip(texts, _policy_ids(document, len(texts)), strict=True)
    )
    if not any(policy.clauses for policy in policies):
        raise NoClausesError(
            f"{document.name}: expected the text of a policy, found none; "
            "check that the file is neither empty nor a picture of text"
        )
    return policies


def _policy(text: CleanText, document: SourceDocument, policy_id: str, collection_on: date | None) -> Policy:
    layout = layout_of(text, document.blocks)
    metadata = read_metadata(text, document.name, collection_on=collection_on)
    clauses = outline(text.text, policy_id=policy_id, layout=layout)
    return Policy(
        policy_id=policy_id,
        source=document.name,
        source_sha256=document.sha256,
        metadata=metadata,
        text=text.text,
        source_map=text.segments,
        deletions=text.deletions,
        clauses=clauses,
        facts=extract(clauses, policy_id),
        warnings=tuple(_warnings(text, metadata)),
    )


def _policy_ids(document: SourceDocument, count: int) -> Iterator[str]:
    stem = document.sha256[:_ID_LENGTH]
    for position in range(1, count + 1):
        yield stem if position == 1 else f"{stem}-{position}"


def _warnings(text: CleanText, metadata: Metadata) -> Iterator[str]:
    if text.truncated:
        last_words = text.text[-_LAST_WORDS:].replace("\n", "")
        yield f"the source breaks off before the document ends; its last words are 「{last_words}」"
    elif metadata.truncated:
        yield "the document that the notice issues is not in the file; add it too"
    yield from metadata.disagreements
