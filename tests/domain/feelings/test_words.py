"""The list of words: whole in both languages, found by the grid, finer with use."""

import itertools

import pytest

from core.domain.emotions import Emotion
from core.domain.feelings.words import (
    CELLS,
    FEW,
    UNNAMED,
    FeelingWord,
    feeling_words,
    grade,
    nearest,
    word_of,
)
from core.domain.language import in_language

LANGUAGES = ("en", "es")


def test_there_are_48_words_in_three_grades_each_with_a_meaning_and_a_question_in_both_languages() -> None:
    words = list(feeling_words().values())
    assert [sum(word.grade == number for word in words) for number in (1, 2, 3)] == [9, 22, 17]
    for word, language in itertools.product(words, LANGUAGES):
        assert word.name[language]
        assert word.meaning[language].endswith(".")
        assert word.question[language].endswith("?")
        assert language == "en" or word.question[language].startswith("¿")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_meanings_are_unlike_and_short_enough_to_be_read_by_a_child(language: str) -> None:
    words = list(feeling_words().values())
    for texts in ([w.name for w in words], [w.meaning for w in words], [w.question for w in words]):
        assert len({text[language] for text in texts}) == len(words)
    sentences = [s for w in words for s in w.meaning[language].rstrip(".").split(". ")]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert max(lengths) <= 17
    assert sum(lengths) / len(lengths) < 11


def test_every_emotion_of_a_face_has_a_family_of_words_for_oneself() -> None:
    families = {word.family for word in feeling_words().values()}
    assert {emotion.word for emotion in Emotion} <= families
    plain = [word_of(emotion).name["en"] for emotion in Emotion]
    assert plain == ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "nothing much"]


def test_finer_words_come_after_eight_check_ins_with_three_words_and_after_twenty() -> None:
    assert [grade(7, 9), grade(8, 2), grade(8, 3), grade(19, 9), grade(20, 1)] == [1, 1, 2, 2, 3]
    assert [grade(1, 1, 2), grade(1, 1, 3), grade(8, 3, 1)] == [2, 3, 2], "or by choice"


def on_the_other_side(word: FeelingWord, pleasant: int, energy: int) -> bool:
    return word.pleasant * pleasant < 0 or word.energy * energy < 0


@pytest.mark.parametrize("grade", [1, 2, 3])
def test_every_cell_of_the_grid_offers_fitting_words_of_the_grade(grade: int) -> None:
    for cell in itertools.product(CELLS, CELLS):
        found = nearest(cell, grade)
        assert len(found) >= 2, cell
        assert not [word.key for word in found if word.grade > grade or on_the_other_side(word, *cell)]
        assert len({word.key for word in found}) == len(found)


def test_the_first_words_are_the_nearest_and_of_unlike_families() -> None:
    first = nearest((-2, 2), 2)[:FEW]
    assert {word.key for word in first} >= {"angry", "afraid", "disgusted"}
    assert nearest((2, -2), 1)[0].key == "calm"
    assert nearest((-2, -2), 3)[0].key == "sad"
    assert nearest((0, 0), 1)[0].key == "nothing_much"


def test_without_the_grid_all_words_of_the_grade_are_offered_and_never_the_one_that_is_none() -> None:
    assert len(nearest(None, 1)) == 8
    assert len(nearest(None, 3)) == 47
    assert UNNAMED not in {word.key for word in nearest(None, 3)}


def test_a_language_that_has_no_text_gets_the_english_one() -> None:
    assert in_language(feeling_words()["sad"].name, "fr") == "sadness"


def test_a_programme_brings_the_second_grade_in_its_third_week_and_a_finer_word_once_chosen_stays() -> None:
    assert [grade(30, 9, week=week) for week in (0, 2, 3, 6)] == [1, 1, 3, 3]
    assert [grade(5, 1, week=week) for week in (0, 2, 3, 6)] == [1, 1, 2, 2]
    assert grade(5, 1, chosen=2, week=0) == 2
