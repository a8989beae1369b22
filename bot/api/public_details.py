"""What strangers are told of an error: what to do, and nothing of this machine."""

import re
from collections.abc import Mapping

from bot import errors as bot
from ingest.errors import IngestError
from vectorstore import errors as store

_ASK_THE_OPERATOR = "; tell whoever runs this server: its log says what to do"
_NOTHING_WRITTEN = "nothing can be written now" + _ASK_THE_OPERATOR
# Their messages speak of the request; those of other kinds may name files and models of this machine.
_OF_THE_REQUEST = (
    bot.EmptyQuestionError,
    bot.UnreadableQuestionError,
    bot.QuestionTooLongError,
    bot.UnknownRegionError,
    bot.NoDocumentsError,
    bot.TooManyRequestsError,
    bot.TooManyWaitingError,
    bot.NotAdministratorError,
    bot.UploadNameError,
    bot.UnknownUploadError,
    bot.UnknownJobError,
    store.UnknownPolicyError,
    store.UnknownClauseError,
    store.UnknownNoteError,
)
_INSTEAD: Mapping[type[Exception], str] = {
    store.CatalogMissingError: "no document is here yet; on the server run: clausewise ingest PATH…",
    store.CatalogBusyError: "documents are being indexed; try again in a few seconds",
    store.DiskFullError: _NOTHING_WRITTEN,
    store.ReadOnlyFolderError: _NOTHING_WRITTEN,
    store.VectorsDifferError: (
        "some documents are found by their words alone; on the server run: clausewise doctor --repair"
    ),
    store.StoreError: "the documents cannot be read now" + _ASK_THE_OPERATOR,
    bot.BotError: "the server is not set up rightly" + _ASK_THE_OPERATOR,
    IngestError: "a document cannot be read" + _ASK_THE_OPERATOR,
}
_HIDDEN = "…"
# Two parts at least, from a root, a drive, a share, the home folder or a file address. Routes of ours are no
# paths of the machine.
_PATH = re.compile(
    r"(?:file:/{1,3}|\\\\|[A-Za-z]:[\\/]|~[\\/]|(?<![\w.…*/<])/(?!api/|openapi\.json))"
    r"[^\s\\/:;,'\"`()<>]+(?:[\\/][^\s\\/:;,'\"`()<>]*)*"
)


def public_detail(error: Exception) -> str:
    """The message for a stranger: never a path of this machine."""
    if not isinstance(error, _OF_THE_REQUEST):
        for kind in type(error).__mro__:
            if kind in _INSTEAD:
                return _INSTEAD[kind]
    return without_paths(str(error))


def without_paths(text: str) -> str:
    """The text with each path put out."""
    return _PATH.sub(_HIDDEN, text)
