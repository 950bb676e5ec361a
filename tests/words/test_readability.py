"""How easily the texts that patients read are read, in English and in Spanish.

English by Flesch (1948), as textstat counts it. Spanish by Fernández Huerta (1959), 206.84 − 60 · syllables a word −
1.02 · words a sentence, with syllables counted by the rules of Spanish: textstat's hyphenation has "alegría" in two.
Both scales call 70 to 80 fairly easy, as at the age of twelve or thirteen.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from textstat import textstat

from core.commands.words import read
from core.domain.exercise.programme import FIRST_DAYS
from core.domain.feelings.words import feeling_words
from core.domain.language import SOURCE, in_language
from core.domain.patient.consent import Purpose
from core.services.privacy.consent_texts import text
from core.tasks.reading.pages import page_names, reading_page
from core.translations import FOLDER

EASY = 70
LONGEST = 26
"""Words of a sentence."""
MOST_OF_A_MEANING = 17
"""The same of a word for a feeling."""
MOST_ON_A_SCREEN = 40
"""Words above the button of a screen of the day."""
PATIENTS = re.compile(
    r"pages/(account|patient)/|pages/everybody/about\.py|core/tasks/|core/services/(exercise|feelings)/"
    r"|pages/shared/(consent|express|feelings|player|recognise)/"
)
ENOUGH = 60
"""Words of a file that is scored by itself; smaller ones are scored with the others of their folder."""
VOWELS = "aeiouáéíóúü"
_SENTENCE_ENDS = re.compile(r"(?<=[.?!:])[”»)]?\s+")


def syllables(word: str) -> int:
    """Of a Spanish word: each group of vowels is one, and each further strong or accented vowel in it another."""
    silent = re.sub(r"qu(?=[eéií])", "k", re.sub(r"gu(?=[eéií])", "g", word.lower()))
    groups = re.findall(f"[{VOWELS}]+", silent)
    return max(1, sum(max(1, sum(vowel in "aeoáéíóú" for vowel in group)) for group in groups))


def words_of(shown: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*", shown)


def sentences_of(shown: str) -> list[str]:
    return [one for one in _SENTENCE_ENDS.split(shown) if words_of(one)]


def ease(shown: str, language: str) -> float:
    if language == SOURCE:
        textstat.set_lang("en")
        return float(textstat.flesch_reading_ease(shown))
    found = words_of(shown)
    return 206.84 - 60 * sum(map(syllables, found)) / len(found) - 1.02 * len(found) / len(sentences_of(shown))


def plain(shown: str) -> str:
    """Without the signs of Markdown; a value is the word "5"."""
    return re.sub(r"[*_`#]", "", re.sub(r"\{[^}]*\}", "5", shown))


def texts_of(language: str) -> dict[str, str]:
    """Whole sentences of patients' pages by the file that says them, or by the folder of small files."""
    by_file = defaultdict[str, list[str]](list)
    for message in read(FOLDER / "es.po"):
        ids, strings = (
            [str(form) for form in (one if isinstance(one, list | tuple) else (one,))]
            for one in (message.id, message.string)
        )
        for file in {str(place) for place, _ in message.locations if PATIENTS.match(str(place))}:
            for english, spanish in zip(ids, strings, strict=True):
                if english.endswith((".", "?")) and len(words_of(english)) > 3:
                    by_file[file].append(plain(english if language == SOURCE else spanish))
    found = defaultdict[str, list[str]](list)
    for file, said in by_file.items():
        enough = sum(len(words_of(one)) for one in said) >= ENOUGH
        found[file if enough else str(Path(file).parent)] += said
    return {place: " ".join(said) for place, said in found.items()}


@pytest.mark.parametrize(("word", "number"), [("alegría", 4), ("país", 2), ("muy", 1), ("seguir", 2), ("aéreo", 4)])
def test_spanish_syllables_are_counted_as_they_are_spoken(word: str, number: int) -> None:
    assert syllables(word) == number


@pytest.mark.parametrize("language", [SOURCE, "es"])
def test_what_patients_read_is_easy_to_read(language: str) -> None:
    hard = {place: round(score) for place, said in texts_of(language).items() if (score := ease(said, language)) < EASY}
    assert hard == {}


@pytest.mark.parametrize("language", [SOURCE, "es"])
def test_no_sentence_that_patients_read_is_long(language: str) -> None:
    assert [
        one for said in texts_of(language).values() for one in sentences_of(said) if len(words_of(one)) > LONGEST
    ] == []


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("language", [SOURCE, "es"])
def test_what_they_agree_to_is_easy_to_read(purpose: Purpose, language: str) -> None:
    assert ease(plain(text(purpose, language).body), language) >= EASY


@pytest.mark.parametrize("language", [SOURCE, "es"])
def test_what_a_feeling_means_is_easy_to_read(language: str) -> None:
    by_grade = defaultdict[int, list[str]](list)
    for word in feeling_words().values():
        by_grade[word.grade] += [in_language(word.meaning, language), in_language(word.question, language)]
    assert {grade for grade, said in by_grade.items() if ease(" ".join(said), language) < EASY} == set()
    said = [one for part in by_grade.values() for text in part for one in sentences_of(text)]
    assert max(len(words_of(one)) for one in said) <= MOST_OF_A_MEANING


@pytest.mark.parametrize("language", [SOURCE, "es"])
def test_pages_to_read_are_easy_to_read_short_and_name_their_sources(language: str) -> None:
    pages = [reading_page(name, language) for name in page_names()]
    assert len(pages) == FIRST_DAYS
    assert all(page.sources for page in pages)
    hard = {page.name: score for page in pages if (score := ease(plain(" ".join(page.screens)), language)) < EASY}
    assert hard == {}
    screens = [f"{page.title} {screen}" for page in pages for screen in page.screens]
    assert [screen for screen in screens if len(screen.split()) > MOST_ON_A_SCREEN] == []
    assert [one for screen in screens for one in sentences_of(screen) if len(words_of(one)) > LONGEST] == []


def test_every_page_to_read_is_in_both_languages() -> None:
    for name in page_names():
        pages = [reading_page(name, language) for language in (SOURCE, "es")]
        assert len({page.title for page in pages}) == 2
        assert len({len(page.screens) for page in pages}) == len({page.sources for page in pages}) == 1
