from bot.evidence.relevance import Place, Relevance, relevance_of
from bot.question.language import load_language


def judge(*topics: str, frequencies: dict[str, int] | None = None) -> Relevance:
    return relevance_of(
        topics,
        language=load_language(),
        words=lambda text: [text[i : i + 2] for i in range(0, len(text), 2)],
        is_name=lambda word: True,
        frequencies=lambda words: {word: (frequencies or {}).get(word, 3) for word in words},
        total=100,
    )


def place(passage: str, *, heading: str = "", clause: str = "", path: str = "") -> Place:
    return Place(passage=passage, heading=heading, clause=clause, path=path)


def test_a_phrase_standing_in_the_passage_is_covered_wholly() -> None:
    assert judge("茶园改造").coverage(place("推进茶园改造。")) == 1.0


def test_a_synonym_of_the_documents_covers_the_asked_word() -> None:
    assert judge("高企").coverage(place("培育高新技术企业十家。")) == 1.0


def test_a_word_above_the_passage_counts_less_than_one_inside() -> None:
    inside = judge("茶园改造").coverage(place("茶园改造"))
    above = judge("茶园改造").coverage(place("推进。", path="三、茶园改造"))
    assert 0 < above < inside


def test_a_rare_word_missing_costs_more_than_a_common_one() -> None:
    frequencies = {"茶园": 1, "改造": 50}
    without_rare = judge("茶园", "改造", frequencies=frequencies).coverage(place("改造"))
    without_common = judge("茶园", "改造", frequencies=frequencies).coverage(place("茶园"))
    assert without_rare < without_common


def test_a_question_without_content_covers_nothing() -> None:
    assert judge().coverage(place("任何文字")) == 0.0


def test_of_a_flood_of_words_the_rarest_are_judged_by() -> None:
    common = [f"{chr(0x4E00 + place)}见" for place in range(100)]
    topics = (*common, "茶园", "磁浮")
    judged = judge(*topics, frequencies=dict.fromkeys(common, 50) | {"茶园": 1, "磁浮": 1})
    assert sum(len(phrase.words) for phrase in judged.phrases) == 32
    assert {"茶园", "磁浮"} <= {phrase.text for phrase in judged.phrases}
