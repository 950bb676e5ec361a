"""Of a note nothing is found in any file: not while it is kept, and after an erasure not even in its encrypted form."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from core.config import settings
from core.services.accounts import accounts
from core.services.feelings import sharing
from core.services.privacy import erasure
from core.storage.backups.backup import back_up
from core.storage.tables import CheckInRow
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import new_clinician, new_patient, new_store

NOTE, OWN_WORD = "The river was loud that night.", "Foggishness"


def found_in(folder: Path, words: list[bytes]) -> set[Path]:
    """The files below `folder` that hold one of `words`."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path for path in files if any(word in path.read_bytes() for word in words)}


def test_a_note_is_in_no_file_in_the_clear_and_after_an_erasure_in_none_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(erasure, "settings", lambda: replace(settings(), local=tmp_path / "local"))
    store = new_store(tmp_path)
    clinician = new_clinician(store)
    patient = new_patient(store, clinician)
    agree_to_diary(store, patient)
    sharing.share_entry(store, patient, check_in(store, patient, note=NOTE, own_word=OWN_WORD), True)
    with store.begin() as db:
        row = db.scalars(select(CheckInRow)).one()
        hidden = [text.encode() for text in (row.note, row.own_word) if text]
        row_id = row.id.encode()
    assert len(hidden) == 2
    clear = [NOTE.encode(), OWN_WORD.encode()]
    back_up(store, tmp_path / "before")
    assert found_in(tmp_path, clear) == set()
    assert found_in(tmp_path, hidden) != set(), "the search finds what is there"

    [account] = accounts.patients(store, clinician)
    erasure.erase(store, clinician, account.id, "P-01")
    for path in (tmp_path / "before").iterdir():
        path.unlink()
    back_up(store, tmp_path / "after")
    assert found_in(tmp_path, [*clear, *hidden, row_id]) == set()
    store.close()
    assert found_in(tmp_path, [*clear, *hidden, row_id]) == set()
    assert not any(word in caplog.text for word in (NOTE, OWN_WORD))
