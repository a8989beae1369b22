"""What can go wrong between a question and its answer.

BotError
├── EmptyQuestionError       nothing was asked
├── UnreadableQuestionError  the characters are no text
├── QuestionTooLongError     more characters than the limit of the settings
├── UnknownRegionError       the region given as an argument is in no document
├── PathError                a path of the command line leads nowhere
├── SettingsError            a setting cannot be used; names the setting
├── ReaderUnavailableError   the file of the trained reader cannot be loaded
├── ChatModelError           the chat model gave no answer; the extractive one stands
├── TooManyRequestsError     one client asks too often; says how long to wait
├── NotAdministratorError    documents are managed by the administrator alone
├── UploadNameError          the name of an uploaded file cannot be used
├── UnknownUploadError       no such upload waits to be published
├── UnknownJobError          no such job
├── JobStoppedError          the program ends; the next one takes the job up again
├── JobGivenUpError          the job was begun again and again and never came to an end
├── TooManyWaitingError      as many answers wait as may; ask again later
└── NoDocumentsError         the data folder holds no document yet; names the command that fills it
"""

from typing import Literal


class BotError(Exception):
    """A question did not become an answer; the message says what to do."""


class EmptyQuestionError(BotError):
    """Nothing was asked."""


class UnreadableQuestionError(BotError):
    """The characters of the question are no text."""


class QuestionTooLongError(BotError):
    """The question is longer than the settings allow."""


class UnknownRegionError(BotError):
    """The region given as an argument is in no document."""


class PathError(BotError):
    """A path of the command line leads nowhere, or to what cannot be used there."""


class SettingsError(BotError):
    """A setting cannot be used."""


class ReaderUnavailableError(BotError):
    """The file of the trained reader cannot be loaded."""


class TooManyWaitingError(BotError):
    """As many answers wait as the settings allow."""


class NoDocumentsError(BotError):
    """The data folder holds no document yet."""


ChatModelTrouble = Literal["slow", "unreachable", "busy", "failed", "broken", "empty"]


class ChatModelError(BotError):
    """The chat model gave no answer that can be used: `trouble` tells why."""

    def __init__(self, trouble: ChatModelTrouble, detail: str = "") -> None:
        """`detail` is what the model or its server said."""
        super().__init__(f"the chat model gave no answer ({trouble}) {detail}".rstrip())
        self.trouble = trouble


class TooManyRequestsError(BotError):
    """One client asks too often."""

    def __init__(self, message: str, *, wait_seconds: int) -> None:
        """The message says what is allowed, the seconds when it is again."""
        super().__init__(message)
        self.wait_seconds = wait_seconds


class NotAdministratorError(BotError):
    """The request does not come from the administrator."""


class UploadNameError(BotError):
    """The name of an uploaded file cannot be used."""


class UnknownUploadError(BotError):
    """No upload of this id waits to be published."""

    def __init__(self, upload_id: str) -> None:
        """Names the id and what to do."""
        super().__init__(
            f"no upload {upload_id!r}; it was published, discarded or forgotten after a day: upload it again"
        )


class UnknownJobError(BotError):
    """No job of this id is known."""

    def __init__(self, job_id: str) -> None:
        """Names the id."""
        super().__init__(f"no job {job_id!r}; the last 200 that ended are kept")


class JobStoppedError(BotError):
    """The program ends in the middle of the job."""

    def __init__(self, job_id: str) -> None:
        """Names the job."""
        super().__init__(f"job {job_id}: stopped; it is taken up when the server starts again")


class JobGivenUpError(BotError):
    """The program ended in the middle of this job as often as can be chance."""

    def __init__(self, times: int) -> None:
        """Names how often."""
        super().__init__(
            f"begun {times} times, and each time the program ended before it was done; look into its log, "
            "leave out the document, or add it with `clausewise ingest`"
        )
