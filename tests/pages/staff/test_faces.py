"""The sets of faces as staff see them, and an own set as an administrator does, in the language of their tab."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from core.config import ROOT, settings
from core.services.faces import stimulus_sets, uploaded_sets
from core.services.faces.uploaded_sets import Choice
from core.storage.database import Store
from core.storage.tables import StimulusSetRow
from pages.shared.state import AppState
from pages.staff.own_set import OwnSetState
from tests.stimuli.test_manifest import people, write
from tests.stimuli.test_naming import made
from tests.stimuli.zips import zip_of, zip_with
from tests.support import FakeRater, new_clinician, new_store, served

ENGLISH = re.compile(r"\b(the|of|and|is|are|with|which|were|expected|faces|pictures|row|no)\b")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path / "local"))
    settings.cache_clear()
    with closing(new_store(tmp_path)) as store, served(store):
        yield store
    settings.cache_clear()


@pytest.fixture
def token(store: Store) -> str:
    return new_clinician(store)


def give(store: Store, token: str, content: bytes) -> str:
    part = uploaded_sets.begin(store, token, "Caras.zip", 0)
    part.write_bytes(content)
    return uploaded_sets.finish(part)


def page(token: str, language: str, upload: str = "") -> list[str]:
    """All that the page says."""
    at = AppTest.from_file(str(ROOT / "pages" / "staff" / "faces.py"), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, administrator=True, language=language)
    at.session_state["lexithymia own set"] = OwnSetState(upload=upload)
    at.run()
    assert not at.exception
    return [re.sub(r"\\(\W)", r"\1", one.value) for one in (*at.markdown, *at.warning, *at.info, *at.subheader)]


def english(said: list[str]) -> list[str]:
    return [one for one in said if len(set(ENGLISH.findall(one))) > 1]


def test_mistakes_are_told_in_the_language_of_the_tab(store: Store, token: str, tmp_path: Path) -> None:
    rows = people(intensity="50")
    rows[0]["role"], rows[1]["intensity"], rows[2]["file"] = "C", "1", "gone.png"
    upload = give(store, token, zip_of(write(tmp_path / "set", rows)))
    said = {language: page(token, language, upload) for language in ("en", "es")}
    assert any("role 'C'; expected practice or A or B, in any case." in one for one in said["en"])
    (role,) = (one for one in said["es"] if "'C'" in one)
    assert role == (
        "Caras/manifest.csv, fila 1: en la columna role pone 'C'. Se esperaba: practice, A o B, en mayúsculas o "
        "minúsculas. Corrige la celda o déjala vacía."
    )
    assert len(said["es"]) == len(said["en"])
    assert english(said["en"])
    assert english(said["es"]) == []


def test_what_a_stored_set_lacks_is_told_in_the_language_of_the_tab(store: Store, token: str, tmp_path: Path) -> None:
    rows = people()[:5]
    upload = give(store, token, zip_of(write(tmp_path / "set", rows)))
    seen = page(token, "es", upload)
    assert "- Ninguna cara muestra: sorpresa, neutral." in seen
    assert english(seen) == []
    uploaded_sets.store_upload(store, token, upload, Choice("manifest"), "Caras", "", "", FakeRater())
    listed = page(token, "es")
    assert "- Ninguna cara muestra: sorpresa, neutral." in listed
    assert "no indicada; la tiene quien añadió el conjunto" in listed
    assert english(listed) == []
    assert "- No face shows surprise, neutral." in page(token, "en")


def test_what_an_older_version_stored_is_still_shown(store: Store, token: str, tmp_path: Path) -> None:
    old = "5 of 5 faces have no sex: checks cannot be balanced over women and men."
    upload = give(store, token, zip_of(write(tmp_path / "set", people())))
    uploaded_sets.store_upload(store, token, upload, Choice("manifest"), "Caras", "", "", FakeRater())
    with store.begin() as db:
        db.execute(update(StimulusSetRow).where(StimulusSetRow.name == "caras").values(notes=[old]))
    for language in ("en", "es"):
        assert f"- {old}" in page(token, language)


def test_pictures_left_out_by_their_name_are_told_once(store: Store, token: str, tmp_path: Path) -> None:
    upload = give(store, token, zip_of(made(tmp_path / "set", "kdef")))
    said = page(token, "es", upload)
    (aside,) = (one for one in said if "AF01HAHL.JPG" in one)
    assert aside.startswith("- 1: de perfil")
    assert english(said) == []
    uploaded_sets.store_upload(store, token, upload, Choice("kdef"), "KDEF", "", "", FakeRater())
    (stored,) = (one for one in stimulus_sets.list_sets(store, token) if one.name == "kdef")
    assert any("Pictures in no row" in str(note) for note in stored.notes)


def test_a_picture_that_is_wrong_is_told_by_its_name_where_there_is_no_table(
    store: Store, token: str, tmp_path: Path
) -> None:
    folder = made(tmp_path / "set", "kdef")
    first, second, third = sorted(path.name for path in folder.glob("A*S.JPG"))[:3]
    (folder / first).write_bytes(b"no picture")
    (folder / third).write_bytes((folder / second).read_bytes())
    wrong = [one for one in page(token, "es", give(store, token, zip_of(folder))) if "Se esperaba" in one]
    assert wrong == [
        f"{first}: el archivo empieza por b'no pictu', y no es una imagen que se lea aquí. Se esperaba: una imagen "
        "completa. Conviértela, por ejemplo con: magick imagen.xyz imagen.png",
        f"{third}: la imagen de {second} otra vez ('{third}'). Se esperaba: cada imagen una sola vez. "
        "Quita una de las dos imágenes.",
    ]


@pytest.mark.parametrize(
    ("content", "spanish"),
    [
        (b"", "un archivo que empieza por b''. Se esperaba: un zip. Comprime la carpeta en un zip."),
        (b"Rar!\x1a\x07", "un archivo RAR. Se esperaba: FER-2013 en csv, zip, tar o una carpeta."),
        (b"emotion,pixels,Usage\n", "la tabla de FER-2013. Se esperaba: un zip con imágenes. Añádelo como FER-2013."),
        (zip_with({"a.png": b"a" * 900})[:-30], "solo el principio de un zip. Se esperaba: un archivo zip completo."),
        (zip_with({"../a.png": b"a"}), "un archivo con el nombre '../a.png'."),
        (zip_with({"a.txt": b"a"}), "ninguna imagen dice qué emoción muestra. Mira «python -m core manifest»."),
    ],
    ids=["empty", "RAR", "table", "cut off", "outside", "no picture"],
)
def test_what_is_no_zip_of_faces_is_refused_in_the_language_of_the_tab(
    store: Store, token: str, content: bytes, spanish: str
) -> None:
    said = page(token, "es", give(store, token, content))
    (why,) = (one for one in said if spanish in one)
    refused = "Estas caras no se pueden añadir. Caras.zip: "
    assert why.startswith((refused + spanish, f"Caras: {spanish}")), "no folder of ours is named"
    assert english(said) == []
