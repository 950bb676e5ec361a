"""A patient who was not asked anything yet, and texts of a second version."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.services.accounts import accounts
from core.services.privacy import consent_texts
from core.storage.database import Store
from tests.support import PASSWORD


@pytest.fixture
def unasked(store: Store, clinician: str) -> str:
    """The sign-in of a patient of age who has not been asked yet."""
    return accounts.accept_invitation(store, accounts.invite_patient(store, clinician, "P-01"), PASSWORD, "es")


@pytest.fixture
def minor(store: Store, clinician: str) -> str:
    """The sign-in of a minor who has not been asked yet."""
    link = accounts.invite_patient(store, clinician, "P-01", minor=True)
    return accounts.accept_invitation(store, link, PASSWORD, "en")


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder in which every purpose has a version 2."""
    for path in consent_texts.FOLDER.glob("*/1.*.md"):
        words = path.read_text(encoding="utf-8")
        there = tmp_path / "texts" / path.parent.name
        there.mkdir(parents=True, exist_ok=True)
        (there / path.name).write_text(words, encoding="utf-8")
        (there / path.name.replace("1.", "2.", 1)).write_text(words.replace("**", "***"), encoding="utf-8")
    monkeypatch.setattr(consent_texts, "FOLDER", tmp_path / "texts")
    _forget()
    yield
    _forget()


def _forget() -> None:
    consent_texts.newest.cache_clear()
    consent_texts.text.cache_clear()
