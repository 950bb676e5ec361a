"""A researcher's folder of pictures becomes a set, or an error says which cell to mend."""

import csv
from pathlib import Path

import numpy as np
import pytest

from core.domain.emotions import Emotion
from core.stimuli.manifest import read_manifest
from core.stimuli.pictures import grey_png
from core.stimuli.records import StimulusError

Rows = list[dict[str, str]]


def write(folder: Path, rows: Rows, pictures: bool = True) -> Path:
    """A folder with a manifest of `rows`, and a picture of its own for each file that is a plain name."""
    folder.mkdir(exist_ok=True)
    with (folder / "manifest.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    for number, row in enumerate(rows):
        if pictures and row["file"] and "/" not in row["file"]:
            (folder / row["file"]).write_bytes(grey_png(np.full((60, 50), number, np.uint8)))
    return folder


def people(**more: str) -> Rows:
    """Three people with seven faces each: P practises, A and B are for the forms."""
    return [
        {"file": f"{who}_{e.word}.png", "emotion": e.word, "identity": who, "role": role} | more
        for who, role in {"P": "practice", "A": "A", "B": "B"}.items()
        for e in Emotion
    ]


def refused(folder: Path) -> str:
    with pytest.raises(StimulusError) as error:
        read_manifest(folder)
    return str(error.value)


def test_a_full_manifest_gives_a_set_for_checks(tmp_path: Path) -> None:
    rows = people(sex="f", skin="2.5", intensity="80", variant="a", weights='{"jawOpen": 0.3}')
    info, faces = read_manifest(write(tmp_path / "My Faces", rows), licence="held by the clinic")
    assert (info.name, info.title, info.licence) == ("my-faces", "my-faces", "held by the clinic")
    assert (info.has_identities, info.has_roles, info.has_intensities, info.has_votes) == (True, True, True, False)
    assert info.notes == ()
    assert [face.file for face in faces] == [row["file"] for row in rows]
    happy = faces[10]
    assert (happy.target, happy.identity, happy.role, happy.checkable) == (Emotion.HAPPY, "A", "A", True)
    assert (happy.sex, happy.skin, happy.intensity, happy.variant) == ("f", 2.5, 80, "a")
    assert happy.muscles == {"jawOpen": 0.3}
    assert happy.picture == (tmp_path / "My Faces" / happy.file).read_bytes()
    assert not faces[0].checkable


def test_two_columns_are_enough_and_what_is_lacking_is_named(tmp_path: Path) -> None:
    rows = [{"file": f"{e.word}.png", "target": e.word} for e in list(Emotion)[:5]]
    info, faces = read_manifest(write(tmp_path / "set", rows))
    assert {(face.role, face.checkable) for face in faces} == {("practice", False)}
    assert (info.has_identities, info.has_roles, info.has_intensities) == (False, False, False)
    notes = " ".join(map(str, info.notes))
    assert "5 of 5 faces have no identity: the set serves practice but no check." in notes
    for lacking in ("role", "intensity", "sex", "skin", "weights", "No face shows surprise, neutral."):
        assert lacking in notes


def test_without_an_identity_for_every_face_nothing_is_checkable(tmp_path: Path) -> None:
    rows = people()
    rows[20]["identity"] = ""
    info, faces = read_manifest(write(tmp_path / "set", rows))
    assert not any(face.checkable for face in faces)
    assert not info.has_roles
    assert "1 of 21 faces have no identity: the set serves practice but no check." in map(str, info.notes)


def test_excels_semicolons_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", people())
    text = (folder / "manifest.csv").read_text().replace(",", ";")
    (folder / "manifest.csv").write_text("\ufeff" + text, encoding="utf-8")
    assert len(read_manifest(folder)[1]) == 21


def test_a_corrected_cell_makes_a_new_version(tmp_path: Path) -> None:
    first, _ = read_manifest(write(tmp_path / "set", people(sex="f")))
    second, _ = read_manifest(write(tmp_path / "set", people(sex="m")))
    assert first.version != second.version


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("emotion", "contempt", "emotion 'contempt'"),
        ("emotion", "", "emotion ''"),
        ("role", "check", "role 'check'"),
        ("intensity", "140", "intensity '140'"),
        ("intensity", "strong", "intensity 'strong'"),
        ("skin", "nan", "skin 'nan'"),
        ("weights", "{'jawOpen': 1}", "weights"),
        ("weights", '{"jawOpen": "wide"}', "weights"),
        ("weights", "[" * 9_999, "weights"),
        ("identity", "x" * 65, "at most 64 characters"),
        ("file", "", "the file ''"),
        ("file", "none.png", "not there"),
        ("file", "../secret.png", "a path inside the folder"),
        ("file", "/etc/hostname", "a path inside the folder"),
        ("file", "..\\secret.png", "a path inside the folder"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(tmp_path: Path, column: str, value: str, found: str) -> None:
    rows = people(intensity="50", skin="1", weights="{}")
    folder = write(tmp_path / "set", rows)
    (tmp_path / "secret.png").write_bytes(grey_png(np.zeros((50, 50), np.uint8)))
    rows[4][column] = value
    message = refused(write(folder, rows, pictures=False))
    assert "set/manifest.csv, row 5" in message
    assert found in message


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", people())
    (tmp_path / "secret.png").write_bytes(grey_png(np.zeros((50, 50), np.uint8)))
    (folder / "A_happy.png").unlink()
    (folder / "A_happy.png").symlink_to(tmp_path / "secret.png")
    assert "a path inside the folder" in refused(folder)


def test_the_same_file_or_the_same_picture_twice_is_refused(tmp_path: Path) -> None:
    rows = people()
    folder = write(tmp_path / "set", rows)
    (folder / "P_fear.png").write_bytes((folder / "P_angry.png").read_bytes())
    assert "row 3: the picture of row 1 again" in refused(folder)
    rows[2]["file"] = "./P_angry.png"
    assert "row 3: the file of row 1 again" in refused(write(folder, rows, pictures=False))


def test_one_person_in_practice_and_in_a_check_is_refused(tmp_path: Path) -> None:
    rows = people()
    rows[7]["identity"] = "P"
    assert "identity 'P' has the roles practice and A" in refused(write(tmp_path / "set", rows))


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(99), b"<svg/>", b"\x89PNG\r\n\x1a\n", b"II*\0" + bytes(99)])
def test_a_file_that_is_no_picture_is_named(tmp_path: Path, data: bytes) -> None:
    folder = write(tmp_path / "set", people())
    (folder / "A_happy.png").write_bytes(data)
    assert "row 11, A_happy.png" in refused(folder)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the columns ''"),
        (b"picture,emotion\na.png,happy\n", "the columns 'picture, emotion'"),
        (b"file,emotion\n", "no rows"),
        (b"file,emotion\n" + 200_001 * b"\n", "more than 200,000 lines"),
        (b"file,emotion\na.png,happy,f\n", "row 1: 3 cells"),
        (b"file,emotion\nni\xf1o.png,happy\n", "byte 15 is not UTF-8"),
        (b"file,emotion\na\0.png,happy\n", "NUL byte"),
        (b'file,emotion\n"' + b"x" * 200_000, "no readable line"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, found: str) -> None:
    (tmp_path / "manifest.csv").write_bytes(content)
    assert found in refused(tmp_path)


def test_a_folder_without_a_manifest_and_a_taken_name_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path)
    with pytest.raises(StimulusError, match="--name"):
        read_manifest(write(tmp_path / "set", people()), name="FER2013")
