"""Which policies of a catalog are repealed by others of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ingest.policy import Metadata
from vectorstore.copies import folded

_FEWEST_CHARACTERS = 6


def with_repeals(policies: Mapping[str, Metadata]) -> dict[str, Metadata]:
    """The metadata by id, each with the document that repeals it and the day from which it does.

    A document is meant by its 发文字号 or by its whole title. One that gives no date counts from the
    beginning of time: what is said to be repealed is never cited as if it held.
    """
    named: dict[str, list[str]] = {}
    for policy_id, metadata in policies.items():
        for name in (metadata.document_number, metadata.title):
            if name and len(folded(name)) >= _FEWEST_CHARACTERS:
                named.setdefault(folded(name), []).append(policy_id)
    found = dict(policies)
    for policy_id, metadata in policies.items():
        begins = metadata.effective_on or metadata.signed_on or metadata.published_on or date.min
        for repealed_id in {each for name in metadata.repeals for each in named.get(folded(name), ())}:
            if repealed_id != policy_id and _is_older(policies[repealed_id], metadata):
                found[repealed_id] = replace(
                    found[repealed_id], repealed_by=metadata.title, repealed_on=begins
                )
    return found


def _is_older(repealed: Metadata, repealing: Metadata) -> bool:
    """A title may be used anew: a later document of the same title is not the one that is repealed."""
    first = repealed.signed_on or repealed.published_on or repealed.effective_on
    second = repealing.effective_on or repealing.signed_on or repealing.published_on
    return first is None or second is None or first < second
