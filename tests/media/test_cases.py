"""The troublesome inputs that lie beside this checkout: each is read as its owner sees it, by every reader it has."""

from pathlib import Path

import pytest

from core.config import ROOT
from core.domain.camera.seen import FileReading
from core.domain.emotions import Emotion
from core.domain.files import FileRefused
from core.media.kinds import kind_of
from core.stimuli.fer2013.curate import read_fer2013
from core.stimuli.manifest import read_manifest
from core.stimuli.records import StimulusError
from core.vision.files import read_file
from core.vision.rater import load_default
from pages.shared.format import refusal_in_text
from pages.shared.words import speaking

CASES = ROOT.parent / "shared" / "cases" / "media"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the inputs are not beside this checkout")
HAPPY, SURPRISE = Emotion.HAPPY, Emotion.SURPRISE


def read(name: str) -> FileReading:
    content = (CASES / name).read_bytes()
    return FileReading(kind_of(content), tuple(seen for _, seen in read_file(content, load_default())))


@pytest.mark.parametrize(
    "name",
    [
        "control/face.jpg",
        "heic-photo/face.heic",
        "png-16-bit-grey/face16.png",
        "xmp-orientation/upright_with_xmp_orientation.jpg",
        "jpeg-data-after-end/face_samsung_trailer.jpg",
    ],
)
def test_a_picture_shows_one_happy_face(name: str) -> None:
    reading = read(name)
    assert (reading.kind, reading.moves) == ("picture", False)
    assert [face.top for face in reading.frames[0].faces] == [HAPPY]


@pytest.mark.parametrize("name", ["three_faces.webp", "three_faces_apng.png"])
def test_every_picture_of_one_that_moves_is_read(name: str) -> None:
    reading = read(f"animated/{name}")
    assert (reading.moves, len(reading.frames), reading.seconds) == (True, 3, 1.5)


WHOLE = ("h264.mp4", "h264.mov", "h264.m4v", "av1.mp4", "hevc10.mp4", "mpeg4.mp4", "mkv_h264.mkv", "vp8.webm")
MORE = ("h264_444.mp4", "odd_sizes.mp4", "vp9alpha.webm", "mvhd_10_hours.mp4", "matrix_flip.mp4")


@pytest.mark.parametrize("name", [*WHOLE, *MORE])
def test_a_film_shows_one_face_happy_then_surprised(name: str) -> None:
    reading = read(f"video/{name}")
    (shown,) = reading.shown().values()
    assert reading.damaged == 0
    assert reading.seconds == pytest.approx(2, abs=0.05)
    assert shown[HAPPY] / reading.seconds == pytest.approx(0.6, abs=0.1)
    assert shown[SURPRISE] / reading.seconds == pytest.approx(0.4, abs=0.1)


def test_seconds_are_counted_and_one_person_stays_one_over_a_gap() -> None:
    (shown,) = read("video/vfr_gap.mp4").shown().values()
    assert shown[HAPPY] == pytest.approx(2, abs=0.1)
    assert shown[SURPRISE] == pytest.approx(1, abs=0.1)


def test_damage_is_said() -> None:
    assert read("video/middle_zeroed.mp4").damaged > 0


@pytest.mark.parametrize("name", ["wmv.wmv", "flv.flv", "gp.3gp", "old_quicktime_wide_first.mov"])
def test_what_is_not_read_says_how_to_convert_it(name: str) -> None:
    with pytest.raises(FileRefused, match="ffmpeg -i"):
        read(f"video/{name}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("README.md", "Esto no es una imagen ni un vídeo que se pueda leer aquí."),
        ("video/zero.mp4", "Esto no es una imagen ni un vídeo que se pueda leer aquí."),
        ("video/cut_half.mp4", "Este archivo está dañado y no se puede leer."),
        ("video/only_ftyp.mp4", "Este archivo está dañado y no se puede leer."),
        ("video/flv.flv", "Este tipo de vídeo no se lee aquí. Guárdalo como MP4."),
        ("video/gp.3gp", "Este vídeo está guardado de una forma que no se lee aquí."),
        ("video/voice.m4a", "En este vídeo no hay imágenes."),
    ],
)
def test_why_a_file_is_refused_is_told_in_the_language_of_the_page(name: str, said: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(name)
    with speaking("es"):
        assert refusal_in_text(refusal.value).replace("\\", "").startswith(said)


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("fer-validation-left-out", 6, ""),
        ("fer-half-download/fer2013.csv", 2, "2 of FER-2013’s 35,887 pictures are in it"),
        ("fer-tar-gz/fer2013.tar.gz", 4, ""),
        ("fer-tar-gz", 4, ""),
        ("fer-apple-double", 6, ""),
        ("fer-folder-words", 7, ""),
    ],
)
def test_fer2013_is_read_whole_or_said_to_be_short(name: str, number: int, said: str) -> None:
    info, faces = read_fer2013(CASES / name)
    assert len(faces) == number
    assert said in " ".join(map(str, info.notes))


def test_ferplus_s_folders_are_joined_by_number(votes: Path) -> None:
    with pytest.raises(StimulusError, match="--votes"):
        read_fer2013(CASES / "ferplus-folders")
    for given in (votes, votes.parent):
        assert "6 of 6 were found" in " ".join(map(str, read_fer2013(CASES / "ferplus-folders", given)[0].notes))


@pytest.fixture
def votes() -> Path:
    path = ROOT.parent / "shared" / "fer2013" / "fer2013new.csv"
    if not path.exists():
        pytest.skip("FER+ is not beside this checkout")
    return path


@pytest.mark.parametrize(
    ("name", "emotion", "said"),
    [
        ("manifest-words", Emotion.FEAR, ""),
        ("manifest-roles", HAPPY, ""),
        ("manifest-trailer", HAPPY, ""),
        ("manifest-unlisted", HAPPY, "Pictures in no row, which were left out: 1"),
    ],
)
def test_a_manifest_is_read(name: str, emotion: Emotion, said: str) -> None:
    info, (face,) = read_manifest(CASES / name)
    assert face.target is emotion
    assert said in " ".join(map(str, info.notes))
