"""Votes are read from the columns in which FER+'s file keeps them."""

from core.domain.emotions import Emotion
from core.domain.network.votes import COLUMN, votes_for
from core.stimuli.records import VOTE_COLUMNS

NAMES = {"angry": "anger", "happy": "happiness", "sad": "sadness"}


def test_each_emotion_is_read_from_its_own_column_of_ferplus() -> None:
    for emotion in Emotion:
        assert VOTE_COLUMNS[COLUMN[emotion]] == NAMES.get(emotion.word, emotion.word)


def test_every_answer_counts_in_the_denominator_contempt_and_unknown_too() -> None:
    assert votes_for((1, 0, 0, 0, 0, 0, 5, 2, 1, 1), Emotion.FEAR) == (5, 10)
