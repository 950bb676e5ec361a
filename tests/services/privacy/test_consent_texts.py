"""The texts people agree to: there in every language, with a title and a question, and never changed."""

import hashlib
import re

import pytest

from core.domain.patient.consent import FIRST, ConsentText, Purpose
from core.services.privacy.consent_texts import FOLDER, newest, text
from core.translations import languages, say


def test_a_text_that_was_shown_has_not_changed_since() -> None:
    sums = (line.split("  ") for line in (FOLDER / "SHA256SUMS").read_text().splitlines())
    kept = {file: digest for digest, file in sums}
    there = {
        str(path.relative_to(FOLDER)): hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()
        for path in FOLDER.glob("*/*.md")
    }
    assert there == kept, "other words are a new version; see data/consent/README.md"


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("language", languages())
def test_each_purpose_has_its_text_in_force_in_every_language(purpose: Purpose, language: str) -> None:
    shown = text(purpose, language)
    assert (shown.language, shown.version) == (language, newest(purpose))
    assert shown.title
    assert shown.body.endswith("?")
    assert "**" in shown.body


def test_a_language_without_a_text_gets_the_english_one_and_says_so() -> None:
    assert text(Purpose.NORMS, "fr").language == "en"


def words_at_once(shown: ConsentText) -> int:
    """What somebody reads before they unfold anything: title, points and the two answers."""
    first = [point.first for point in shown.points(say(shown.language, "Who sees it"))]
    return len(" ".join((shown.title, *first, "No", "Yes, I agree")).split())


@pytest.mark.parametrize("language", languages())
def test_all_questions_before_and_after_the_first_run_are_250_words_at_once_and_the_first_80(language: str) -> None:
    counted = [words_at_once(text(purpose, language)) for purpose in FIRST]
    assert counted[0] <= 80
    assert sum(counted) <= 250


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("language", languages())
def test_unfolded_a_text_is_read_word_for_word_and_what_who_and_how_to_stop_are_in_sight(
    purpose: Purpose, language: str
) -> None:
    shown = text(purpose, language)
    points = shown.points(say(language, "Who sees it"))
    whole = " ".join(f"{point.first} {point.more}" for point in points)
    assert plain(whole) == plain(shown.body)
    what, *_, stop, question = points
    who = next(point for point in points if say(language, "Who sees it") in point.first)
    for point in (what, who, stop):
        assert len(point.first.split("**")[2].split()) >= 2, "a sentence, and not only its heading"
    assert (question.more, question.first[-1]) == ("", "?")


def test_a_text_that_heads_its_points_otherwise_shows_the_first_sentence_of_each() -> None:
    shown = ConsentText(
        Purpose.NORMS, "9", "en", "Ours", "**One.** A b. C d.\n\n**Two.** E f. G h.\n\nPlain.\n\nWell?", ""
    )
    assert [(point.first, point.more) for point in shown.points("Who sees it")] == [
        ("**One.** A b.", "C d."),
        ("**Two.** E f.", "G h."),
        ("Plain.", ""),
        ("Well?", ""),
    ]


def plain(markdown: str) -> list[str]:
    return re.findall(r"\w+", markdown)
