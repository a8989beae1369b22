"""What can go wrong while a file becomes policies.

IngestError
├── UnsupportedFormatError   no reader takes the file's suffix
├── UnreadableFileError      the bytes are not what the suffix promises, or cannot be read
└── NoClausesError           the file was read and holds no text that could be cited
"""


class IngestError(Exception):
    """A file did not become policies; the message says what to do."""


class UnsupportedFormatError(IngestError):
    """No reader takes this suffix."""


class UnreadableFileError(IngestError):
    """The file cannot be read or decoded."""


class NoClausesError(IngestError):
    """The file holds no text that could be cited."""
