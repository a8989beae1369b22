"""Tells greetings, thanks and other chatter from questions: bot/data/chatter.toml holds the words."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

# Digits are left: 88 says goodbye, 8 may be a choice.
_REPEATED = re.compile(r"([^\W\d])\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chatter:
    """Words that ask nothing, folded."""

    words: frozenset[str]
    before: tuple[str, ...]  # courtesy at the beginning of a question
    behind: tuple[str, ...]  # and at its end

    def is_all_of(self, text: str) -> bool:
        """Whether the text is made of such words alone; one of marks and pictures alone is so too."""
        folded = _folded(text)
        longest = max(map(len, self.words))
        # The places up to which the text can be read as words.
        ends = {0}
        for end in range(1, len(folded) + 1):
            starts = range(max(0, end - longest), end)
            # A word may share its first letter with the last of the word before: test, test is "testest".
            if any({start, start + 1} & ends and folded[start:end] in self.words for start in starts):
                ends.add(end)
        return len(folded) in ends

    def without_courtesy(self, text: str) -> str:
        """What is asked, folded: the same for 「补助多少？」 and 「您好，请问补助多少呢，谢谢」."""
        rest = found = _folded(text)
        while True:
            for word in self.before:
                found = found.removeprefix(word)
            for word in self.behind:
                found = found.removesuffix(word)
            if found in ("", rest):
                return rest
            rest = found


def load_chatter() -> Chatter:
    """The packaged words."""
    table = tomllib.loads(resources.files("bot").joinpath("data/chatter.toml").read_text("utf-8"))
    return Chatter(
        words=frozenset(map(_folded, table["words"])),
        before=_longest_first(table["before"]),
        behind=_longest_first(table["behind"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(_folded, words), key=len, reverse=True))


def _folded(text: str) -> str:
    """Letters and digits, in one case and width; a repeated letter counts as one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _REPEATED.sub(r"\1", "".join(filter(str.isalnum, plain)))
