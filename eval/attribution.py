"""What an answer owes its reader of the documents it cites: of which place they are, whether they hold."""

import re

from bot.answer import Answer
from eval.folding import fold
from ingest.regions import short_name

_NO_LONGER = re.compile(r"过期|有效期|失效|废止|到期|届满|停止(?:执行|施行)|不再(?:有效|执行|适用)")


def unsaid_stale(answer: Answer) -> tuple[str, ...]:
    """The titles of cited documents that are expired or repealed while the answer does not say so."""
    stale = dict.fromkeys(
        citation.policy_title for citation in answer.citations if citation.validity in ("expired", "repealed")
    )
    lines = [fold(line) for line in _lines(answer) if _NO_LONGER.search(line)]
    # With one document in play a warning need not repeat its title.
    alone = len({citation.policy_id for citation in answer.citations}) == 1
    return tuple(title for title in stale if not any(alone or fold(title) in line for line in lines))


def unnamed_regions(answer: Answer) -> tuple[str, ...]:
    """The regions of cited documents that the answer does not name, where it cites several regions."""
    regions = dict.fromkeys(citation.region for citation in answer.citations if citation.region)
    if len(regions) < 2:
        return ()
    said = "\n".join(_lines(answer))
    return tuple(region for region in regions if short_name(region) not in said)


def _lines(answer: Answer) -> list[str]:
    said = [*answer.text.split("\n"), *answer.notices, *(statement.text for statement in answer.statements)]
    return [line for line in said if line]
