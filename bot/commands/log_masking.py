"""Puts numbers that name a person out of every line of the log."""

import logging
from collections.abc import Mapping

from vectorstore.personal_numbers import masked

_tracebacks = logging.Formatter()


def mask_logs() -> None:
    """From now on; for the whole process, whoever writes the line."""
    make = logging.getLogRecordFactory()

    def masking(*given: object, **named: object) -> logging.LogRecord:
        record = make(*given, **named)
        record.msg = masked(str(record.msg))
        if isinstance(record.args, Mapping):
            record.args = {name: _masked(each) for name, each in record.args.items()}
        elif record.args:
            record.args = tuple(map(_masked, record.args))
        if record.exc_info and record.exc_info[0] is not None:
            # A formatter takes this text instead of making its own.
            record.exc_text = masked(_tracebacks.formatException(record.exc_info))
        return record

    logging.setLogRecordFactory(masking)


def _masked(value: object) -> object:
    if isinstance(value, int | float | None):
        return value
    shown, told = str(value), masked(str(value))
    return value if shown == told else told
