"""Words for the seven emotions in manifests, names of folders and of files: one table for every reader.

Nouns and adjectives of every language of the product, the codes of the common sets (KDEF, RaFD, CK+, JAFFE, NimStim,
ADFES) and FER-2013's numbers. What is none of them is asked about: the answer comes as `word=emotion`, and `word=-`
leaves its pictures out.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from core.domain.emotions import Emotion
from core.domain.language import Sentence, ToldError
from core.translations import N_, say_in_each

WORDS = {
    Emotion.ANGRY: N_("angry anger furious fury rage"),
    Emotion.DISGUST: N_("disgust disgusted disgusting"),
    Emotion.FEAR: N_("fear fearful afraid scared frightened"),
    Emotion.HAPPY: N_("happy happiness joy joyful"),
    Emotion.SAD: N_("sad sadness sorrow"),
    Emotion.SURPRISE: N_("surprise surprised"),
    Emotion.NEUTRAL: N_("neutral neutrality"),
}
"""What people call each, as noun and adjective; a translation has the usual words of its language."""
CODES = {
    Emotion.ANGRY: ("an", "ang"),
    Emotion.DISGUST: ("di", "dis"),
    Emotion.FEAR: ("fe", "fea", "af", "afr"),
    Emotion.HAPPY: ("ha", "hap"),
    Emotion.SAD: ("sa",),
    Emotion.SURPRISE: ("su", "sur", "sp"),
    Emotion.NEUTRAL: ("ne", "neu"),
}
"""Of KDEF (AF, AN …), JAFFE (FE …) and NimStim (SP)."""
LEFT_OUT = "-"
_NUMBER = re.compile(r"\s*(-?[0-9]+)(?:\.0*)?\s*")
_FILLERS = {"face", "faces", "image", "images", "img", "imgs", "picture", "pictures", "emotion", "expression"}


class AnswerError(ToldError):
    """An answer that says nothing of a word."""


Answers = Mapping[str, Emotion | None]
"""What somebody said of words that are in no table, by `plain` word: an emotion, or None to leave its pictures out."""


def emotion_called(word: str, answers: Answers | None = None) -> Emotion | None:
    """The emotion of `word` (case, accents and signs aside; alone or beside a number), or None for another word."""
    said = plain(word)
    if answers and said in answers:
        return answers[said]
    if said in _labels():
        return _labels()[said]
    parts = [part for part in said.split() if not part.isdigit() and part not in _FILLERS]
    return _labels().get(parts[0]) if len(parts) == 1 and len(parts[0]) > 2 else None


def is_left_out(word: str, answers: Answers | None) -> bool:
    """Whether somebody said that pictures with this word are to be left out."""
    said = plain(word)
    return bool(answers) and answers is not None and said in answers and answers[said] is None


def read_answers(said: Iterable[str]) -> dict[str, Emotion | None]:
    """Answers like "contempt=disgust" or "contempt=-"; raises AnswerError naming the one that is none."""
    answers: dict[str, Emotion | None] = {}
    for one in said:
        word, _, meant = (part.strip() for part in one.rpartition("="))
        emotion = None if meant == LEFT_OUT else emotion_called(meant)
        if not plain(word) or (emotion is None and meant != LEFT_OUT):
            raise AnswerError(
                Sentence(
                    "{answer}: expected word=emotion, for example contempt=disgust, or contempt=-", answer=repr(one)
                )
            )
        answers[plain(word)] = emotion
    return answers


def question(word: str) -> Sentence:
    """What to ask about a word that is in no table, with the nearest that is."""
    near = get_close_matches(plain(word), _labels(), 1, 0.84)
    meant = _labels()[near[0]] if near else Emotion.DISGUST
    asked = Sentence(
        "Say which emotion this is with --word {example}, or --word {left_out} to leave these out.",
        example=f'"{word}={meant.word}"',
        left_out=f'"{word}={LEFT_OUT}"',
    )
    return Sentence("is it {emotion}? {asked}", emotion=meant.noun, asked=asked) if near else asked


def plain(word: str) -> str:
    """Small letters and digits without accents, in words one blank apart; a number below zero keeps its sign, a whole
    one loses its ".0"."""
    if number := _NUMBER.fullmatch(word):
        return number[1]
    letters = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W\d_]+|\d+", kept))


@cache
def _labels() -> dict[str, Emotion]:
    said = {emotion: say_in_each(words, " ").split() for emotion, words in WORDS.items()}
    return {
        plain(word): emotion for emotion, words in said.items() for word in (*words, *CODES[emotion], str(int(emotion)))
    }
