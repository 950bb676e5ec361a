"""The texts people agree to: there in every language, with a title and a question, and never changed."""

import hashlib

import pytest

from core.domain.patient.consent import Purpose
from core.services.privacy.consent_texts import FOLDER, newest, text
from core.translations import languages


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
