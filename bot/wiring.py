"""The only place where parts are joined: settings in, a working assistant or indexer out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.answering.retrieve import Retrieve
from bot.answering.steps import Compose, Prove, Read, Steps, Write
from bot.answering.understand import Understand
from bot.composers.chat_model.composer import ChatModelWriter
from bot.composers.chat_model.opening import open_chat_model
from bot.composers.chat_model.stream import ChatModelStream
from bot.composers.extractive.composer import ExtractiveComposer
from bot.question.chatter import load_chatter
from bot.question.judging import QuestionJudge, load_judgements
from bot.question.landscape import CurrentLandscape
from bot.question.language import load_language
from bot.question.topics import TopicReader
from bot.question.understanding import Understander
from bot.reader.calibration import CALIBRATIONS, CALIBRATIONS_NAME, load_calibrations
from bot.reader.judging import Judge
from bot.reader.lexical import LexicalReader
from bot.reader.reading import Reader
from bot.reader.trained import MODEL, TrainedReader, Words, fault_in_model
from bot.settings import Settings
from ingest import regions, units
from ingest.policy import Clause
from prompts.templates import load_phrases
from vectorstore.agreement import Agreement
from vectorstore.catalog import Catalog
from vectorstore.catalog_file import make_folder
from vectorstore.context import context_of
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.sentence_transformer import SentenceTransformerEmbedder
from vectorstore.rerankers.cross_encoder import CrossEncoderReranker
from vectorstore.rerankers.none import NoReranker
from vectorstore.retriever import Retriever, Weights
from vectorstore.search import Reranker
from vectorstore.segmentation import tagged, tokens
from vectorstore.stores.chroma import ChromaStore

if TYPE_CHECKING:
    from bot.documents.publishing import Publishing
    from bot.reader.compressor import ReaderCompressor
    from vectorstore.indexer import Indexer

_CATALOG = "catalog.sqlite3"
_VECTORS = "chroma"
# The second holds a slip: how characters sound is read then too.
_FIRST_QUESTIONS = ("企业有什么补助？", "小微企业1有什么补住？")
Progress = Callable[[str, int, int], None]


def open_catalog(settings: Settings, *, create: bool = False) -> Catalog:
    """The catalog of the data folder; no model is loaded."""
    if create:
        make_folder(settings.data)
    return Catalog.open(settings.data / _CATALOG, create=create)


@contextmanager
def open_agreement(settings: Settings) -> Iterator[Agreement]:
    """What compares the vectors of the data folder with its catalog."""
    with open_catalog(settings) as catalog, _open_store(settings) as store:
        yield Agreement(catalog, store)


def open_embedder(
    settings: Settings, *, progress: Progress | None = None
) -> SentenceTransformerEmbedder | BundledEmbedder:
    """The embedder of the settings, not loaded yet; the bundled one where no model is named."""
    chosen = settings.embedder
    if chosen.model:
        return SentenceTransformerEmbedder(
            chosen.model,
            query_prompt=chosen.query_prompt,
            passage_prompt=chosen.passage_prompt,
            device=chosen.device,
        )
    return BundledEmbedder(settings.models_folder(), progress=progress)


def open_indexer(settings: Settings, *, progress: Progress | None = None) -> "Indexer":
    """The indexer of the data folder, which is made where it is missing."""
    from vectorstore.indexer import Indexer

    catalog = open_catalog(settings, create=True)
    return Indexer(
        catalog,
        _open_store(settings),
        lambda: open_embedder(settings, progress=progress),
        limits=settings.limits,
        embedded_text=context_of if settings.retrieval.context else _bare_text,
    )


def open_publishing(
    settings: Settings,
    open_catalog: Callable[[], Catalog],
    open_indexer: Callable[[Progress], "Indexer"],
) -> "Publishing":
    """What manages the documents of the data folder over HTTP; uploads and published files lie there."""
    from bot.documents.jobs import Jobs
    from bot.documents.publishing import Publishing
    from bot.documents.staging import Staging
    from vectorstore.confined import ConfinedParsing

    parsing = ConfinedParsing()
    staging = Staging(settings.data / "uploads", settings.data / "documents", settings.limits, parse=parsing)
    return Publishing(
        staging,
        Jobs(),
        open_catalog,
        lambda progress: open_indexer(progress).parsing_by(parsing),
        stop=parsing.close,
    )


def _bare_text(clause: Clause, title: str) -> str:
    del title
    return clause.text


def open_assistant(settings: Settings, *, progress: Progress | None = None) -> Assistant:
    """An assistant over the data folder; the model is loaded at the first question or by `warm_up`."""
    catalog = open_catalog(settings)
    embedder, store = open_embedder(settings, progress=progress), _open_store(settings)
    writer = _open_writer(settings, catalog)

    def warm_up() -> None:
        embedder.warm_up()
        if catalog.policies():
            # Dictionaries are read and the store is opened by a question; no user should wait for that.
            for text in _FIRST_QUESTIONS:
                assistant.composed(Question(text=text, on=settings.day_of_asking()))

    assistant = join_assistant(
        settings,
        catalog=catalog,
        retriever=Retriever(
            catalog,
            catalog.keywords,
            store,
            embedder,
            _open_reranker(settings),
            Weights(
                dense=settings.retrieval.dense,
                keyword=settings.retrieval.keyword,
                document=settings.retrieval.document,
            ),
        ),
        judge=open_judge(settings, embedder, progress=progress),
        understander=open_understander(settings, embedder, progress=progress),
        writer=writer,
        warm_up=warm_up,
        check_vectors=Agreement(catalog, store).check,
    )
    return assistant


def join_assistant(
    settings: Settings,
    *,
    catalog: Catalog,
    retriever: Retriever,
    judge: Judge,
    understander: Understander,
    writer: ChatModelWriter | None = None,
    warm_up: Callable[[], None],
    check_vectors: Callable[[], None],
) -> Assistant:
    """An assistant of these parts; the others are those of the settings."""
    landscape, phrases = CurrentLandscape(catalog), load_phrases()
    composer = ExtractiveComposer(phrases)
    return Assistant(
        catalog=catalog,
        landscape=landscape,
        retriever=retriever,
        judge=judge,
        steps=Steps(
            understand=Understand(understander, landscape),
            retrieve=Retrieve(
                corpus=catalog,
                document_frequency=catalog.keywords.document_frequency,
                retriever=retriever,
                understander=understander,
                order=load_calibrations(calibrations_of(settings)).order,
            ),
            read=Read(judge, composer.reads),
            compose=Compose(composer),
            write=Write(writer),
            prove=Prove(catalog.policy, phrases),
        ),
        phrases=phrases,
        candidates=settings.candidates,
        question_limit_characters=settings.question_limit_characters,
        warm_up=warm_up,
        check_vectors=check_vectors,
        close=writer.close if writer else _nothing_to_close,
    )


def _nothing_to_close() -> None:
    """No model answers."""


def open_judge(
    settings: Settings,
    embedder: SentenceTransformerEmbedder | BundledEmbedder | None = None,
    *,
    progress: Progress | None = None,
) -> Judge:
    """Judges clauses by the reader of the settings; the bundled embedder, if it is in use, is shared.

    SettingsError if the reader is not known to keep the risk that is set.
    """
    judge = Judge(
        lambda: _open_reader(settings, embedder, progress),
        risk=settings.risk,
        calibrations=calibrations_of(settings),
    )
    if settings.risk is not None:
        judge.check_risk()
    return judge


def calibrations_of(settings: Settings) -> Path:
    """The file of calibrations for the reader of the settings: its own, if one lies in its folder."""
    folder = settings.reader_folder()
    own = folder / CALIBRATIONS_NAME if folder else CALIBRATIONS
    return own if own.is_file() else CALIBRATIONS


def open_compressor(settings: Settings, *, top_n: int | None = None) -> "ReaderCompressor":
    """The reader of the settings as a document compressor of LangChain, which is loaded for it alone."""
    from bot.reader.compressor import ReaderCompressor

    return ReaderCompressor(reader=_open_reader(settings, None, None), top_n=top_n)


def _open_reader(
    settings: Settings,
    embedder: SentenceTransformerEmbedder | BundledEmbedder | None,
    progress: Progress | None,
) -> Reader:
    """The lexical reader also if the file of the one that comes with the program is not whole."""
    folder = settings.reader_folder()
    if settings.reader == "lexical" or (folder is None and fault_in_model()):
        return LexicalReader(tokens)
    shared = _bundled(settings, embedder, progress)
    return TrainedReader(Words(encode=shared.encode, table=shared.word_table), folder=folder or MODEL)


def _bundled(
    settings: Settings,
    embedder: SentenceTransformerEmbedder | BundledEmbedder | None,
    progress: Progress | None,
) -> BundledEmbedder:
    """The embedder in use if it is the bundled one, else one of its own: readers and judges need no other."""
    if isinstance(embedder, BundledEmbedder):
        return embedder
    return BundledEmbedder(settings.models_folder(), progress=progress)


def open_understander(
    settings: Settings,
    embedder: SentenceTransformerEmbedder | BundledEmbedder | None = None,
    *,
    progress: Progress | None = None,
) -> Understander:
    """Reads questions with the language table of the settings, and judges them by the bundled embedder.

    The embedder, if it is the bundled one, is shared; `progress` is told if another has to be built.
    """
    language = load_language(settings.language)
    return Understander(
        language=language,
        judge=QuestionJudge(
            judgements=load_judgements(), embed=_bundled(settings, embedder, progress).embed_query
        ),
        chatter=load_chatter(),
        topics=TopicReader(language=language, tagged=tagged),
        words=tokens,
        find_units=lambda text: [mention.name for mention in units.find_units(text)],
        find_regions=lambda text: regions.named_in(text, tokens(text)),
    )


def _open_writer(settings: Settings, catalog: Catalog) -> ChatModelWriter | None:
    """The chat model of the settings, not opened yet; None where none is set."""
    chosen = settings.chat_model
    if not chosen.model:
        return None
    return ChatModelWriter(
        ChatModelStream(lambda: open_chat_model(chosen, proxy=settings.proxy)),
        policy=catalog.policy,
        prompt=load_phrases("answer.zh.md"),
        phrases=load_phrases(),
        time_limit_seconds=chosen.time_limit_seconds,
    )


def _open_store(settings: Settings) -> ChromaStore:
    return ChromaStore(settings.data / _VECTORS, url=settings.store.url)


def _open_reranker(settings: Settings) -> Reranker:
    chosen = settings.reranker
    return CrossEncoderReranker(chosen.model) if chosen.model else NoReranker()
