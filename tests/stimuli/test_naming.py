"""A manifest is written from the names of the common sets, and the faces are brought in with it."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

from core.__main__ import main
from core.commands.manifest import LIKE
from core.stimuli import naming
from core.stimuli.manifest import read_manifest
from core.stimuli.pictures import grey_png

Rows = list[dict[str, str]]
KDEF = [f"AF0{n}{e}S.JPG" for n in range(1, 4) for e in ("AF", "AN", "DI", "HA", "NE", "SA", "SU")]
RAFD = [
    f"Rafd090_{n:02d}_Caucasian_{s}_{e}_frontal.jpg"
    for n, s in ((1, "female"), (5, "male"))
    for e in ("sad", "fearful")
]
SETS = {
    "kdef": [*KDEF, "BM10HAS.JPG", "AF01HAHL.JPG", "readme.png"],
    "rafd": [*RAFD, "Rafd045_01_Caucasian_female_angry_frontal.jpg", "Rafd090_01_Caucasian_female_happy_left.jpg"],
    "jaffe": ["KA.AN1.39.tiff", "KA.HA2.30.tiff", "YM.SU3.60.tiff", "NM.NE1.90.tiff"],
    "adfes": ["F01-Anger-Face Forward.jpg", "M02_Joy.png", "M02-Contempt.jpg"],
    "folders": ["happy/1.jpg", "Tristeza/2.png", "people/sad/3.jpg", "calm/4.jpg"],
    "ck": ["S005/001/S005_001_00000001.png", "S005/001/S005_001_00000009.png", "S005/001/S005_001_00000011.png"],
}


def made(folder: Path, like: str) -> Path:
    for number, name in enumerate(SETS[like]):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(grey_png(np.full((60, 50), number, np.uint8)))
    if like == "ck":
        text = folder / "Emotion" / "S005_001_00000011_emotion.txt"
        text.parent.mkdir()
        text.write_text("   3.0000000e+00\n")
    return folder


def command(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["core", "manifest", *map(str, arguments)])
    return main()


def written(folder: Path) -> Rows:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_command_offers_every_naming() -> None:
    assert tuple(naming.LIKE) == LIKE


@pytest.mark.parametrize(
    ("like", "number", "first"),
    [
        ("kdef", 22, ("AF01AFS.JPG", "fear", "F01", "f")),
        ("rafd", 4, ("Rafd090_01_Caucasian_female_fearful_frontal.jpg", "fear", "01", "f")),
        ("jaffe", 4, ("KA.AN1.39.tiff", "angry", "KA", "f")),
        ("adfes", 2, ("F01-Anger-Face Forward.jpg", "angry", "F01", "f")),
        ("folders", 3, ("Tristeza/2.png", "sad", "", "")),
        ("ck", 2, ("S005/001/S005_001_00000001.png", "neutral", "S005", "")),
    ],
)
def test_every_set_s_names_give_rows_with_which_it_is_brought_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, like: str, number: int, first: tuple[str, str, str, str]
) -> None:
    folder = made(tmp_path / like, like)
    assert command(monkeypatch, folder, "--like", like) == 0
    rows = written(folder)
    assert len(rows) == number
    assert tuple(rows[0][name] for name in ("file", "emotion", "identity", "sex")) == first
    assert len(read_manifest(folder)[1]) == number


def test_the_peak_of_a_sequence_shows_what_its_text_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(monkeypatch, made(tmp_path, "ck"), "--like", "ck") == 0
    assert [(row["file"][-12:], row["emotion"]) for row in written(tmp_path)] == [
        ("00000001.png", "neutral"),
        ("00000011.png", "disgust"),
    ]


def test_what_is_left_out_is_counted_and_an_unknown_word_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kdef, adfes = made(tmp_path / "kdef", "kdef"), made(tmp_path / "adfes", "adfes")
    assert command(monkeypatch, kdef, "--like", "kdef") == 0
    said = capsys.readouterr().out
    assert "4 people: practice 2, A 1, B 1" in said
    assert "Left out, from the side: 1, for example AF01HAHL.JPG" in said
    assert "Left out, with a name that does not fit the others: 1, for example readme.png" in said
    assert read_manifest(kdef)[0].has_roles
    assert command(monkeypatch, adfes, "--like", "adfes", "--dry-run") == 0
    assert '--word "contempt=disgust"' in capsys.readouterr().out
    assert not (adfes / "manifest.csv").exists()
    assert command(monkeypatch, adfes, "--like", "adfes", "--word", "contempt=disgust") == 0
    assert len(written(adfes)) == 3


def test_a_manifest_that_is_there_and_other_names_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = made(tmp_path, "jaffe")
    (folder / "manifest.csv").write_text("mine")
    assert command(monkeypatch, folder, "--like", "jaffe") == 1
    assert "--force" in capsys.readouterr().err
    assert (folder / "manifest.csv").read_text() == "mine"
    assert command(monkeypatch, folder, "--like", "kdef", "--force") == 1
    assert "4 pictures with other names" in capsys.readouterr().err
    assert (folder / "manifest.csv").read_text() == "mine"
