"""The names of the seven emotions and of every possible answer, in the language of this tab.

The sentences stand inside functions because a name is looked up each time it is shown: the language can change.
"""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response
from core.translations import told
from pages.shared.words import _, language


def label(emotion: Emotion) -> str:
    """The noun people see for `emotion`."""
    return told(language(), emotion.noun)


def asked_emotion() -> Emotion | None:
    """The one that the address names (`?emotion=fear`)."""
    return next((emotion for emotion in Emotion if emotion.word == st.query_params.get("emotion")), None)


def response_label(response: Response) -> str:
    """The words of an answer: an emotion's name, or one of the two answers that name none."""
    if response.emotion is not None:
        return label(response.emotion)
    return _("not sure") if response is Response.NOT_SURE else _("I cannot see this picture")


def class_name(word: str) -> str:
    """A class of a network's card: one of the seven or of FER+’s in the language of the tab, any other as it is."""
    crowd = {
        "anger": label(Emotion.ANGRY),
        "happiness": label(Emotion.HAPPY),
        "sadness": label(Emotion.SAD),
        "contempt": _("contempt"),
    }
    return label(Emotion.from_word(word)) if word.upper() in Emotion.__members__ else crowd.get(word, word)
