"""The only reader of the environment: every setting is CLAUSEWISE_… there."""

from datetime import date
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.limits import Limits
from vectorstore.notes import NOTE_BYTES, NoteBounds


class EmbedderSettings(BaseModel):
    """Which model turns text into vectors; empty `model` is the bundled one."""

    model: str = ""
    query_prompt: str = ""
    passage_prompt: str = ""
    device: str = "cpu"


class StoreSettings(BaseModel):
    """Where vectors are kept; empty `url` keeps them in the data folder."""

    url: str = ""


class RerankerSettings(BaseModel):
    """The cross-encoder that reorders candidates; empty `model` uses none."""

    model: str = ""


class ChatModelSettings(BaseModel):
    """The chat model that words answers; empty `model` uses none and nothing leaves the machine."""

    model: str = ""
    provider: str = "openai"  # any OpenAI-compatible server; else one that LangChain's init_chat_model knows
    url: str = ""  # of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1
    key: SecretStr = SecretStr("")
    time_limit_seconds: float = Field(default=20.0, gt=0)  # for all that one question needs of it
    max_tokens: int = Field(default=1500, gt=0)
    json_mode: bool = True  # asks for a JSON object; turn off for servers that refuse response_format
    report_usage: bool = False  # asks the server how many tokens a streamed reply took; some refuse that


class RetrievalSettings(BaseModel):
    """What counts when clauses are looked for; `clausewise eval ablate` measures what each part is worth."""

    dense: float = 1.0  # worth of the clause nearest in meaning
    keyword: float = 1.5  # of the clause that shares most with the question's wording
    document: float = 2.0  # of the document that does
    context: bool = True  # whether clauses are embedded with their headings; takes effect at ingestion


class ServerSettings(BaseModel):
    """What clients of the server may cost."""

    answers_at_once: int = Field(default=4, gt=0)  # answers that are worked at
    answers_waiting: int = Field(default=64, ge=0)  # that wait for one of those; more get 503
    header_seconds: float = Field(default=10.0, gt=0)  # a request whose header takes longer is cut
    body_seconds: float = Field(default=30.0, gt=0)  # one whose body does, unless it comes at 16 KiB a second


class FeedbackSettings(BaseModel):
    """What is kept of questions without an answer and of what users say of answers."""

    keep: bool = True  # off: nothing is kept of questions
    days: int = Field(default=90, ge=1, le=36_500)  # older notes are deleted
    log_bytes: int = Field(default=32 << 20, ge=NOTE_BYTES)  # of all notes together
    per_minute: int = Field(default=20, ge=1)  # requests of one client to keep something
    per_day: int = Field(default=50, ge=1)  # notes of one client

    def bounds(self) -> NoteBounds:
        """How long notes are kept and how much room they may take."""
        return NoteBounds(days=self.days, log_bytes=self.log_bytes)


class Settings(BaseSettings):
    """Everything that can be set, with its default."""

    model_config = SettingsConfigDict(env_prefix="CLAUSEWISE_", env_nested_delimiter="__", extra="ignore")

    data: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("clausewise", appauthor=False))
    )
    models: Path | None = None  # where the bundled model is built; in the data folder without it
    shared: Path = Path("../shared")  # holds corpus/, the documents of the eval set "seeds"
    today: date | None = None  # the day of asking where a question gives none
    language: Path | None = None  # a table like bot/data/language.toml
    admin_token: SecretStr = SecretStr("")  # of whoever manages the documents over HTTP; empty: nobody
    trusted_proxies: str = ""  # addresses with commas: these may name a client in X-Forwarded-For
    proxy: str = ""  # by which a chat model or a hub elsewhere is reached; proxies of the environment are not
    question_limit_characters: int = 2000
    candidates: int = 60  # clauses retrieved for composing
    risk: float | None = Field(
        default=None, gt=0, lt=1
    )  # the highest share of wrong answers that is accepted
    # What judges whether a clause answers: the model of the program, shared words, or the folder of another.
    reader: Literal["trained", "lexical"] | Path = "trained"
    embedder: EmbedderSettings = EmbedderSettings()
    store: StoreSettings = StoreSettings()
    reranker: RerankerSettings = RerankerSettings()
    chat_model: ChatModelSettings = ChatModelSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    server: ServerSettings = ServerSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    limits: Limits = Limits()

    def models_folder(self) -> Path:
        """The folder set for models, else the one in the data folder."""
        return self.models or self.data / "models"

    @field_validator("reader")
    @classmethod
    def _known_reader(cls, reader: str | Path) -> str | Path:
        if not isinstance(reader, Path):
            return reader
        folder = reader.expanduser()
        if not (folder / "reader.json").is_file():
            raise ValueError(
                f"expected trained, lexical or the folder of a reader, found {str(reader)!r}, which holds no "
                "reader.json; `clausewise eval train-reader` writes such a folder"
            )
        return folder

    def reader_folder(self) -> Path | None:
        """The folder of a reader of the user's own; None for those that come with the program."""
        return self.reader if isinstance(self.reader, Path) else None

    def day_of_asking(self) -> date:
        """The day set, else the local date."""
        return self.today or date.today()
