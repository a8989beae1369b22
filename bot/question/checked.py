"""A question as it is taken up: checked, in simplified characters, a long one condensed."""

import re
from dataclasses import replace

from bot.answer import Question
from bot.errors import EmptyQuestionError, QuestionTooLongError, UnreadableQuestionError
from bot.question.condensing import condensed, condensed_history
from bot.question.simplified import simplified
from ingest.instructions import without_orders

_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")


def checked(question: Question, *, limit_characters: int) -> Question:
    """The question with as much of it and of its history as is read.

    Raises EmptyQuestionError, UnreadableQuestionError and QuestionTooLongError.
    """
    if not question.text.strip():
        raise EmptyQuestionError(
            "expected a question, found nothing; ask in a sentence, such as 「谁牵头这项工作？」"
        )
    for text in (question.text, *question.history):
        if _HALF_A_CHARACTER.search(text):
            raise UnreadableQuestionError("expected text, found half a character; send the question as UTF-8")
    if (length := len(question.text)) > limit_characters:
        raise QuestionTooLongError(
            f"expected at most {limit_characters} characters, found {length}; shorten the question"
        )
    text = simplified(question.text)
    if condensed(text) != text:
        # What an order to the program leaves is condensed, lest half of an order be taken for a question.
        text = condensed(without_orders(text))
    return replace(question, text=text, history=condensed_history(question.history))
