"""Files of bare text have a bound of their own, well below that of other files."""

import pytest

from ingest.errors import LimitExceededError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers import read_content

LIMITS = Limits(text_bytes=64)


@pytest.mark.parametrize("name", ["a.txt", "a.htm", "a.HTML"])
def test_text_beyond_its_bound_is_refused_with_the_setting_that_raises_it(name: str) -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__TEXT_BYTES"):
        read_content(b"<p>a</p>" + b"a" * 64, name, LIMITS)
    assert read_content(b"<p>a</p>", name, LIMITS).text


def test_text_is_bounded_well_below_other_files() -> None:
    assert DEFAULT_LIMITS.text_bytes * 10 <= DEFAULT_LIMITS.file_bytes
