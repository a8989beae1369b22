"""What can go wrong before a set of questions is scored.

EvalError
├── UnknownSetError          no packaged set of this name and no such file
├── CaseError                a line of a set is no case; names the line and the id
├── DocumentMissingError     a document that a set refers to is not where it should be
├── DocumentRejectedError    a document of the set could not be read into the index
├── UnknownCaseError         --only names an id that the set does not have
├── UnknownMetricError       a bar names a metric that does not exist
├── BarError                 a bar is not METRIC=VALUE
├── GateMissingError         a set has no bars in gates.toml
├── UnknownRunError          no kept run has this name, or it cannot be read
├── ImportFileError          a file to import is not of its format
├── SweepError               --sweep names no setting, or a value it cannot have
├── CalibrationError         a set from which nothing can be fitted
├── PriceError               a price is not IN/OUT
├── JudgeError               no chat model is set that could judge
├── PeersMissingError        a framework to compare with is not installed
└── CheckoutNeededError      a benchmark is called for in an installation that lacks them
"""


class EvalError(Exception):
    """A set cannot be scored; the message says what to do."""


class UnknownSetError(EvalError):
    """No packaged set has this name and no file stands at this path."""


class CaseError(EvalError):
    """A line of a set is no case."""


class DocumentMissingError(EvalError):
    """A document that a set refers to is not where it should be."""


class DocumentRejectedError(EvalError):
    """A document of the set could not be read into the index."""


class UnknownCaseError(EvalError):
    """The set has no case of this id."""


class UnknownMetricError(EvalError):
    """No metric has this name."""


class BarError(EvalError):
    """A bar is not METRIC=VALUE."""


class GateMissingError(EvalError):
    """The set has no bars in gates.toml."""


class UnknownRunError(EvalError):
    """No kept run has this name, or what is kept of it cannot be read."""


class ImportFileError(EvalError):
    """A file to import is not of its format; names the place."""


class SweepError(EvalError):
    """What is to be swept is no setting, or a value is none it can have."""


class CalibrationError(EvalError):
    """A set from which nothing can be fitted."""


class PriceError(EvalError):
    """A price is not IN/OUT."""


class JudgeError(EvalError):
    """No chat model is set that could judge."""


class PeersMissingError(EvalError):
    """A framework to compare with is not installed; names the extra that brings it."""


class CheckoutNeededError(EvalError):
    """A benchmark is called for in an installation that lacks them; says how to have them."""
