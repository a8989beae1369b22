from bot.reader.reading import Passage
from eval.reading.examples import Example, Marked
from eval.reading.joined import joined_examples


def marked(key: str) -> Marked:
    return Marked(key=key, passage=Passage(title="汀岚市办法", headings=(), text=f"第{key}条"))


def example(name: str, document: str, right: str = "", tempting: str = "") -> Example:
    return Example(
        id=name,
        question=f"{name}多少？",
        document=document,
        right=tuple(map(marked, right)),
        tempting=tuple(map(marked, tempting)),
    )


def test_what_answers_either_question_answers_both() -> None:
    (joined,) = joined_examples([example("a", "one", "1", "23"), example("b", "one", "2", "4")])
    assert sorted(each.key for each in joined.right) == ["1", "2"]
    assert sorted(each.key for each in joined.tempting) == ["3", "4"]
    assert "a多少" in joined.question and "b多少" in joined.question


def test_questions_that_nothing_answers_are_not_joined() -> None:
    assert list(joined_examples([example("a", "one", tempting="1"), example("b", "one", tempting="2")])) == []


def test_questions_on_different_documents_are_not_joined() -> None:
    assert list(joined_examples([example("a", "one", "1"), example("b", "other", "2")])) == []
