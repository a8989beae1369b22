"""The kinds of questions."""

from typing import Literal

QuestionKind = Literal[
    "duty",
    "unit_duties",
    "amount",
    "target",
    "deadline",
    "members",
    "validity",
    "metadata",
    "content",
    "out_of_scope",
    "chatter",
]

# What asks nothing of documents: that nothing answers it is no gap in them.
ASKS_NOTHING: frozenset[QuestionKind] = frozenset(("out_of_scope", "chatter"))
OF_DOCUMENTS: frozenset[QuestionKind] = frozenset(("validity", "metadata"))  # said of themselves
# What a document says of itself, a unit's duties and a group's members are looked up, not searched for.
LOOKED_UP: frozenset[QuestionKind] = frozenset(("metadata", "validity", "unit_duties", "members"))
