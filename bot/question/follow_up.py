"""A question that leans on the one before it, read with it."""

import re
from dataclasses import replace

from bot.answer import Question
from bot.question.asked import Understanding
from bot.question.condensing import joined

_POINTS_BACK = re.compile(r"^(?:那)?[这该其它此他]|(?:这|该|此|上述|前述)[项个条笔种些事类]|其中")
# What is longer says itself what is talked of.
_LONG = 80


def following(current: Understanding, earlier: Understanding) -> Understanding:
    """What the follow-up leaves open, taken from the question before it."""
    moved = bool(current.regions or current.unknown_regions or current.policy_ids)
    if (current.topics or current.policy_ids) and not current.leans_on_history:
        # A question that says what it is about takes over no more than the place that is being talked of.
        return current if moved else replace(current, regions=earlier.regions)
    kinds = earlier.kinds if current.kind == "content" else current.kinds
    units = current.units
    if not units and earlier.units and current.asks_duties:
        units, kinds = earlier.units, ("unit_duties",)
    elif not units and kinds == ("unit_duties",):
        units = earlier.units
    # 「那2021年呢」 asks for the same thing of another year; a topic of its own replaces the earlier one.
    topics = (
        current.topics if current.topics and kinds != ("members",) else (*current.topics, *earlier.topics)
    )
    same = not set(kinds).isdisjoint(earlier.kinds)
    return replace(
        current,
        text=joined(earlier.text, current.text),
        searched=joined(earlier.searched, current.searched),
        kinds=kinds,
        measures=current.measures or (earlier.measures if same and not current.topics else ()),
        roles=current.roles or (earlier.roles if same and not current.any_role else ()),
        asks_list=current.asks_list or (earlier.asks_list and current.leans_on_history),
        units=units,
        regions=current.regions if moved else earlier.regions,
        unknown_regions=current.unknown_regions if moved else earlier.unknown_regions,
        policy_ids=current.policy_ids if moved else earlier.policy_ids,
        locators=current.locators or (() if current.topics else earlier.locators),
        topics=tuple(dict.fromkeys(topics)),
        context=earlier.topics or earlier.context,
        quoted=current.quoted or (earlier.quoted if not current.topics else ()),
        # What another place plans is planned for its own years.
        years=current.years or (() if current.topics or moved else earlier.years),
    )


def points_back(question: Question, understood: Understanding) -> bool:
    """Whether the question points at what answered the question before it."""
    if not question.history or not understood.context or len(question.text) > _LONG:
        return False
    pointing = _POINTS_BACK.search(question.text) is not None
    return pointing or set(understood.context) <= set(understood.topics)


def stands_alone(understood: Understanding, alone: Understanding) -> bool:
    """Whether a question with a history, read without it as `alone`, also says by itself what is asked."""
    # The place that is being talked of still holds: another one would be no answer.
    leaves_place = bool(understood.regions) and not alone.regions
    says_what = bool(alone.topics or alone.policy_ids or alone.units)
    return not understood.leans_on_history and not leaves_place and says_what
