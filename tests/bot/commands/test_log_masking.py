"""Lines of the log name no person by a number."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.commands.log_masking import mask_logs

MOBILE, ID = "13800138000", "11010519491231002X"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    before = logging.getLogRecordFactory()
    mask_logs()
    written = io.StringIO()
    handler, logger = logging.StreamHandler(written), logging.getLogger("clausewise.test")
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_numbers_are_masked_in_messages_values_and_tracebacks(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    logger.warning(f"asked by {MOBILE}")
    logger.warning("asked by %s, %d times: %s", MOBILE, 3, [ID])
    logger.warning("asked by %(who)s", {"who": ID})
    try:
        raise ValueError(f"cannot read {ID}")
    except ValueError:
        logger.exception("it failed")
    told = written.getvalue()
    assert MOBILE not in told and ID not in told
    assert "3 times" in told and "Traceback" in told and "手机号已隐去" in told
