"""ROUGE-L of Chinese text, its characters being the tokens.

The F-measure of the longest common subsequence (Lin: ROUGE, 2004, section 3.1, with β = 1); white
space does not count.
"""

from rapidfuzz.distance import LCSseq


def rouge_l(found: str, expected: str) -> float:
    """The F-measure, 0 to 1; 0 where either text is empty."""
    said, wanted = "".join(found.split()), "".join(expected.split())
    if not said or not wanted:
        return 0.0
    return 2 * LCSseq.similarity(said, wanted) / (len(said) + len(wanted))
