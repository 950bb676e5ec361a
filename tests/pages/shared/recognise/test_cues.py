"""Every emotion and every pair has its words, in each language, within reach of a young reader."""

import re
from itertools import combinations, permutations

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response
from core.translations import languages
from pages.shared import words
from pages.shared.emotions import label, response_label
from pages.shared.recognise.cues import confused_with, cue, muscles, when
from pages.shared.recognise.differences import difference
from pages.shared.recognise.help import where_to_find_help
from pages.shared.state import AppState


@pytest.fixture(params=list(languages()), autouse=True)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    chosen = str(request.param)
    monkeypatch.setattr(words, "state", lambda: AppState(language=chosen))
    return chosen


def test_the_seven_are_called_as_the_screens_say(language: str) -> None:
    names = {
        "en": ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"],
        "es": ["enfado", "asco", "miedo", "alegría", "tristeza", "sorpresa", "neutral"],
    }
    assert [label(emotion) for emotion in Emotion] == names[language]


def test_every_response_has_its_own_words() -> None:
    assert len({response_label(response) for response in Response}) == len(Response)


def test_each_of_the_21_pairs_has_its_own_difference_whichever_comes_first() -> None:
    assert all(difference(a, b) == difference(b, a) for a, b in permutations(Emotion, 2))
    assert len({difference(a, b) for a, b in combinations(Emotion, 2)}) == 21


def test_a_difference_names_two_emotions() -> None:
    with pytest.raises(ValueError, match="two different emotions"):
        difference(Emotion.FEAR, Emotion.FEAR)


def test_every_sentence_is_short_enough_for_a_reader_of_twelve() -> None:
    texts = [text(emotion) for text in (cue, when) for emotion in Emotion]
    texts += [difference(a, b) for a, b in combinations(Emotion, 2)]
    for text in texts:
        assert max(len(re.findall(r"\w+", part)) for part in re.split(r"[.;:]", text)) <= 30, text


def test_every_emotion_is_confused_with_others_only() -> None:
    for emotion in Emotion:
        assert emotion not in confused_with(emotion)
        assert confused_with(emotion)


def test_the_muscles_are_those_of_the_built_in_faces() -> None:
    units = {
        emotion: [int(u) for line in muscles(emotion) for u in re.findall(r"AU (\d+)", line)] for emotion in Emotion
    }
    assert units == {
        Emotion.ANGRY: [4, 5, 7, 23, 24, 25],
        Emotion.DISGUST: [9, 10, 15, 16, 25],
        Emotion.FEAR: [1, 2, 4, 5, 20, 25],
        Emotion.HAPPY: [6, 12, 25],
        Emotion.SAD: [1, 4, 15, 17],
        Emotion.SURPRISE: [1, 2, 5, 26],
        Emotion.NEUTRAL: [],
    }


def test_help_names_emergency_numbers_and_opens_nothing() -> None:
    text = where_to_find_help()
    assert all(number in text for number in ("112", "911", "988", "024", "116 123", "800 911 2000"))
    assert "http" not in text
    assert "](" not in text
