"""What can go wrong while a file becomes policies.

IngestError
├── UnsupportedFormatError   no reader takes the file's suffix
├── UnreadableFileError      the bytes are not what the suffix promises, or cannot be read
│   ├── PasswordError        the file opens only with a password
│   └── ChangedFileError     the file changed while it was read
├── MissingProgramError      another program must be installed to read this format
├── LimitExceededError       reading the file would cost more than the limits allow
└── NoClausesError           the file was read and holds no text that could be cited
"""


class IngestError(Exception):
    """A file did not become policies; the message says what to do."""


class UnsupportedFormatError(IngestError):
    """No reader takes this suffix."""


class UnreadableFileError(IngestError):
    """The file cannot be read or decoded."""


class PasswordError(UnreadableFileError):
    """The file opens only with a password."""


class ChangedFileError(UnreadableFileError):
    """The file changed while it was read."""


class MissingProgramError(IngestError):
    """Another program must be installed to read this format."""


class LimitExceededError(IngestError):
    """Reading the file would cost more than the limits allow."""


class NoClausesError(IngestError):
    """The file holds no text that could be cited."""
