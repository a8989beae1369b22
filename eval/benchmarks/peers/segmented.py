"""Words for BM25: the frameworks look for blanks between them, which Chinese has not."""

import rjieba


def words(text: str) -> list[str]:
    """The words of the text, marks and blanks left out."""
    return [word for word in rjieba.cut_for_search(text.lower()) if word.isalnum()]
