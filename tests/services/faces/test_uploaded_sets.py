"""A zip of faces is looked at before anything is stored, by the reader of the commands, and leaves nothing behind."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Literal

import numpy as np
import pytest

from core.config import settings
from core.domain.emotions import Emotion
from core.domain.files import FileRefused
from core.domain.people import NotAllowed, Refusal, Role
from core.services.accounts import accounts
from core.services.faces import stimulus_sets, uploaded_sets
from core.services.faces.uploaded_sets import Choice, SetPreview
from core.stimuli.pictures import grey_png
from core.stimuli.unpacking import LINK, OTHER, PACKED
from core.storage import waiting_faces
from core.storage.database import Store
from core.storage.tables import PictureRow, StimulusSetRow
from tests.stimuli.generated import little_fer, table_text
from tests.stimuli.test_manifest import people, write
from tests.stimuli.test_naming import made
from tests.stimuli.zips import zip_by, zip_of, zip_with
from tests.support import PASSWORD, FakeRater, new_clinician


@pytest.fixture(autouse=True)
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path / "local"))
    settings.cache_clear()
    yield tmp_path / "local"
    settings.cache_clear()


def give(store: Store, token: str, content: bytes, name: str = "Our faces.zip") -> str:
    part = uploaded_sets.begin(store, token, name, len(content))
    part.write_bytes(content)
    return uploaded_sets.finish(part)


def left(local: Path) -> list[Path]:
    return [path for path in (local / "faces").rglob("*") if path.is_file()]


def stored(store: Store) -> tuple[int, int]:
    with store.begin() as db:
        return db.query(StimulusSetRow).count(), db.query(PictureRow).count()


def look(store: Store, token: str, content: bytes, choice: Choice | None = None) -> SetPreview:
    return uploaded_sets.preview(store, token, give(store, token, content), choice or Choice())


@pytest.mark.both_databases
def test_a_folder_with_a_manifest_is_previewed_and_stored_as_the_command_does(
    store: Store, tmp_path: Path, local: Path
) -> None:
    token, folder = new_clinician(store), write(tmp_path / "set", people(intensity="100"))
    (folder / "extra").mkdir()
    (folder / "extra" / "more.png").write_bytes(grey_png(np.full((60, 50), 200, np.uint8)))
    was = stored(store)
    upload = give(store, token, zip_of(folder, "deep/KDEF/"))
    seen = uploaded_sets.preview(store, token, upload, Choice())
    assert (seen.form, seen.faces, seen.fits) == ("manifest", 21, True)
    assert seen.emotions == dict.fromkeys(Emotion, 3)
    assert seen.people == {"practice": 1, "A": 1, "B": 1}
    assert seen.strengths == {100: 21}
    assert [emotion for emotion, _ in seen.samples] == list(Emotion)
    assert all(picture.startswith(b"\x89PNG") for _, picture in seen.samples)
    assert any("left out: 1, for example extra/more.png. Folders: extra (1)." in str(note) for note in seen.notes)
    assert stored(store) == was, "nothing is stored by looking"
    about = ("KDEF", "Lundqvist 1998", "held by the clinic")
    uploaded_sets.store_upload(store, token, upload, Choice("manifest"), *about, FakeRater())
    (own,) = (one for one in stimulus_sets.list_sets(store, token) if one.name == "kdef")
    assert (own.title, own.source, own.licence, own.faces, own.measures) == (*about, 21, True)
    assert left(local) == []


@pytest.mark.parametrize("like", ["kdef", "rafd", "ck", "jaffe", "adfes", "folders"])
def test_the_way_of_naming_is_found_and_its_words_are_asked_about(store: Store, tmp_path: Path, like: str) -> None:
    token = new_clinician(store)
    upload = give(store, token, zip_of(made(tmp_path / "set", like)))
    seen = uploaded_sets.preview(store, token, upload, Choice())
    assert seen.form == like
    asked = {"adfes": {"contempt": 1}, "folders": {"calm": 1}}.get(like, {})
    assert seen.unknown == asked
    assert seen.fits == (not asked)
    with pytest.raises(Refusal, match="look at the preview first") if asked else pytest.raises(Refusal, match="empty"):
        uploaded_sets.store_upload(store, token, upload, Choice(like), "", "", "", FakeRater())
        raise Refusal("empty")
    if asked:
        choice = Choice(like, dict.fromkeys(asked, "disgust"))
        answered = uploaded_sets.preview(store, token, upload, choice)
        assert answered.faces == seen.faces + 1
        uploaded_sets.store_upload(store, token, upload, choice, "Mine", "", "", FakeRater())
        assert "mine" in {one.name for one in stimulus_sets.list_sets(store, token)}


@pytest.mark.parametrize(("written", "composed"), [("utf-8", "NFD"), ("utf-8", "NFC"), ("cp850", "NFC")])
def test_a_zip_that_a_system_packed_has_its_names_as_they_were(
    store: Store, tmp_path: Path, written: str, composed: Literal["NFC", "NFD"]
) -> None:
    token, folder = new_clinician(store), write(tmp_path / "set", people(intensity="100"))
    members = {f"Ángela/niña {path.name}": path.read_bytes() for path in folder.glob("*.png")}
    rows = [f"Ángela/niña {row}" for row in (folder / "manifest.csv").read_text().splitlines()[1:]]
    members["Manifest.CSV"] = "\n".join(["file,emotion,identity,role,intensity", *rows]).encode()
    members = {unicodedata.normalize(composed, name): content for name, content in members.items()}
    seen = look(store, token, zip_by(written, members))
    assert (seen.form, seen.faces, seen.fits, seen.mistakes) == ("manifest", 21, True, ())


def test_a_manifest_s_mistakes_come_in_one_report_and_nothing_can_be_stored(store: Store, tmp_path: Path) -> None:
    token = new_clinician(store)
    rows = [
        {"file": "1.png", "emotion": "happy", "intensity": "1"},
        {"file": "2.png", "emotion": "contempt", "intensity": "100"},
        {"file": "3.png", "emotion": "sad", "intensity": "100"},
    ]
    folder = write(tmp_path / "set", rows)
    (folder / "3.png").write_bytes(b"no picture")
    upload = give(store, token, zip_of(folder))
    seen = uploaded_sets.preview(store, token, upload, Choice(words={"contempt": "-"}))
    assert len(seen.mistakes) == 2
    assert "Our faces/manifest.csv, row 1: intensity '1', which seems a share" in str(seen.mistakes[0])
    assert "row 3, 3.png" in str(seen.mistakes[1])
    assert not seen.fits
    assert uploaded_sets.preview(store, token, upload, Choice()).unknown == {"contempt": 1}
    with pytest.raises(Refusal, match="seems a share"):
        uploaded_sets.store_upload(store, token, upload, Choice("manifest", {"contempt": "-"}), "", "", "", FakeRater())


def test_what_is_no_picture_is_counted_by_why(store: Store, tmp_path: Path) -> None:
    token, folder = new_clinician(store), made(tmp_path / "set", "kdef")
    (folder / "readme.txt").write_text("read me")
    (folder / "more.zip").write_bytes(zip_with({"a.png": b"a"}))
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._AF01AFS.JPG").write_bytes(b"litter")
    why = {one.sentence: (one.number, one.first) for one in look(store, token, zip_of(folder)).left_out}
    assert why[OTHER] == (1, "readme.txt")
    assert why[PACKED] == (1, "more.zip")
    assert why["from the side"] == (1, "AF01HAHL.JPG")
    assert LINK not in why


def test_fer2013_is_told_by_what_it_is_and_not_stored_as_an_own_set(store: Store) -> None:
    token, fer = new_clinician(store), little_fer()
    pictures = {
        f"train/{'happy' if number % 2 else 'sad'}/{number}.png": grey_png(np.full((48, 48), number, np.uint8))
        for number in range(6)
    }
    for content in (zip_with({"archive/fer2013.csv": table_text(fer).encode()}), zip_with(pictures)):
        upload = give(store, token, content)
        seen = uploaded_sets.preview(store, token, upload, Choice())
        assert seen.fer2013
        assert not seen.fits
        with pytest.raises(Refusal, match="look at the preview"):
            uploaded_sets.store_upload(store, token, upload, Choice("folders"), "", "", "", FakeRater())
    other = {name: grey_png(np.full((60, 60), 9 + number, np.uint8)) for number, name in enumerate(pictures)}
    assert not look(store, token, zip_with(other)).fer2013, "another set divided in the same way"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "begins with b''"),
        (b"%PDF-1.7 ...", "begins with b'%PDF-1.7'"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"emotion,pixels,Usage\n0,1 2,Training\n", "FER-2013’s table"),
        (zip_with({"a.png": b"a" * 900})[:-30], "the beginning of a zip"),
        (zip_with({"../a.png": b"a"}), "tries to write outside"),
    ],
    ids=["empty", "PDF", "RAR", "table", "cut off", "outside"],
)
def test_what_is_no_zip_of_faces_is_refused_by_its_kind_and_deleted(
    store: Store, local: Path, content: bytes, said: str
) -> None:
    token = new_clinician(store)
    upload = give(store, token, content)
    with pytest.raises(Refusal) as refusal:
        uploaded_sets.preview(store, token, upload, Choice())
    assert said in str(refusal.value)
    assert left(local) == []
    assert not uploaded_sets.waits(store, token, upload)


def test_a_cancelled_a_replaced_and_an_old_upload_leave_nothing(store: Store, local: Path, tmp_path: Path) -> None:
    token, content = new_clinician(store), zip_of(made(tmp_path / "set", "jaffe"))
    first = give(store, token, content)
    uploaded_sets.preview(store, token, first, Choice())
    uploaded_sets.cancel(store, token, first)
    assert left(local) == []
    second, third = give(store, token, content), give(store, token, content)
    assert not uploaded_sets.waits(store, token, second)
    (folder,) = (local / "faces").glob("*/*")
    os.utime(folder, (1e9, 1e9))  # as a crashed server leaves it
    waiting_faces.delete_expired()
    assert left(local) == []
    with pytest.raises(Refusal, match="not here any more"):
        uploaded_sets.preview(store, token, third, Choice())


def test_two_administrators_have_an_upload_each_and_one_is_read_at_a_time(store: Store, tmp_path: Path) -> None:
    first = new_clinician(store)
    link = accounts.invite_colleague(store, first, "Dr Luz", Role.CLINICIAN)
    second = accounts.accept_invitation(store, link, PASSWORD, "en")
    with pytest.raises(NotAllowed):
        give(store, second, b"")
    (other,) = (one.id for one in accounts.colleagues(store, first) if one.code == "Dr Luz")
    accounts.set_administrator(store, first, other, True)
    second = accounts.sign_in(store, "Dr Luz", PASSWORD)
    content = zip_of(made(tmp_path / "set", "jaffe"))
    uploads = {token: give(store, token, content) for token in (first, second)}
    reading, go_on = Event(), Event()

    def slowly(_done: int, _of: int) -> None:
        reading.set()
        go_on.wait(20)

    looking = Thread(target=uploaded_sets.preview, args=(store, first, uploads[first], Choice(), slowly))
    looking.start()
    assert reading.wait(20)
    try:
        with pytest.raises(Refusal, match="just now"):
            uploaded_sets.preview(store, second, uploads[second], Choice())
    finally:
        go_on.set()
        looking.join()
    assert uploaded_sets.waits(store, second, uploads[second]), "a refusal for now deletes nothing"
    assert uploaded_sets.preview(store, second, uploads[second], Choice()).fits
    with pytest.raises(Refusal, match="not here any more"):
        uploaded_sets.preview(store, second, uploads[first], Choice())


def test_a_large_upload_and_a_full_disk_are_refused_before_they_arrive(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = new_clinician(store)
    with pytest.raises(FileRefused) as refusal:
        uploaded_sets.begin(store, token, "a.zip", uploaded_sets.most_bytes() + 1)
    assert refusal.value.name == "bytes"
    monkeypatch.setattr(waiting_faces, "RESERVE", 10**18)
    with pytest.raises(FileRefused) as refusal:
        uploaded_sets.begin(store, token, "a.zip", 1)
    assert refusal.value.name == "disk"


def test_a_folder_that_cannot_be_written_is_said_as_a_full_disk_is_and_nothing_is_left(
    store: Store, local: Path
) -> None:
    token = new_clinician(store)
    upload = give(store, token, zip_with({"happy/1.png": grey_png(np.zeros((60, 60), np.uint8))}))
    (folder,) = (local / "faces").glob("*/*")
    (folder / "Our faces").write_bytes(b"in the way")
    with pytest.raises(FileRefused) as refusal:
        uploaded_sets.preview(store, token, upload, Choice())
    assert refusal.value.name == "disk"
    assert left(local) == []
