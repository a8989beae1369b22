"""When two files hold the same policy."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.input_files import InputFile, find_file
from ingest.limits import Limits
from ingest.policy import Metadata, Policy

_FEWEST_CHARACTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A policy of the catalog that another file also holds."""

    policy_id: str
    source: str  # what the catalog knows its file by
    truncated: bool

    @property
    def path(self) -> Path:
        """Its file, to show."""
        return Path(self.source)


class CopyFiles(Protocol):
    """The part of the catalog's files that copies are settled in."""

    def copies_of(self, policy: Policy) -> list[Copy]:
        """What other files gave of the same policy."""

    def supersede(self, path: str, *, winner: str, loser: str | None = None) -> None:
        """Notes that a policy of the path gave way to its copy `winner`."""


def identity_of(metadata: Metadata) -> str:
    """What all copies of a policy share; empty where too little is known to tell.

    Its title with its 发文字号, or with issuers and date where it has none.
    """
    title = folded(metadata.title)
    if len(title) < _FEWEST_CHARACTERS:
        return ""
    if metadata.document_number:
        return f"{folded(metadata.document_number)} {title}"
    day = metadata.signed_on or metadata.published_on
    if day is None or not metadata.issuers:
        return ""
    return f"{day} {folded('、'.join(metadata.issuers))} {title}"


class Rivalry:
    """The policies of a file against the copies that other files gave: which of them are kept.

    A whole copy is better than one that breaks off; of two such the one written later is.
    """

    def __init__(self, files: CopyFiles, file: InputFile, policies: Sequence[Policy], limits: Limits) -> None:
        """Looks the copies up; changes nothing yet."""
        self._files = files
        self._path = file.source()
        # What the same path gave before is no rival: it goes with the content it came from.
        self._copies = {
            policy.policy_id: [copy for copy in files.copies_of(policy) if copy.source != self._path]
            for policy in policies
        }
        self._winners: dict[str, Copy] = {}
        for policy in policies:
            for copy in self._copies[policy.policy_id]:
                if _is_better(copy, policy, file, limits):
                    self._winners[policy.policy_id] = copy
        self._policies = policies
        self.kept = [policy for policy in policies if policy.policy_id not in self._winners]
        self.gone = [copy.policy_id for policy in self.kept for copy in self._copies[policy.policy_id]]

    def settle(self) -> Iterator[str]:
        """Lets the worse copies go from the catalog, and says which file each policy is kept of."""
        for policy in self._policies:
            title = policy.metadata.title
            winner = self._winners.get(policy.policy_id)
            if winner is not None:
                self._files.supersede(self._path, winner=winner.policy_id)
                yield f"《{title}》 is kept as {winner.path} has it, which is newer or more complete"
                continue
            for copy in self._copies[policy.policy_id]:
                self._files.supersede(copy.source, winner=policy.policy_id, loser=copy.policy_id)
                yield f"《{title}》 takes the place of its older or less complete copy in {copy.path}"


def _is_better(copy: Copy, policy: Policy, file: InputFile, limits: Limits) -> bool:
    if policy.metadata.truncated != copy.truncated:
        return policy.metadata.truncated
    other = find_file(copy.source, limits)
    return other is not None and other.changed_at() > file.changed_at()


def folded(text: str) -> str:
    """The text without white space, its brackets and letters in one form."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(plain.translate(str.maketrans("〔〕[]【】《》", "()()()  ")).split())
