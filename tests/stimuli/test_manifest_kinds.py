"""Manifests as people write them: their own words, several mistakes at once, shares for percent, pictures forgotten."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from core.domain.emotions import Emotion
from core.stimuli.emotion_words import emotion_called, read_answers
from core.stimuli.manifest import read_manifest
from core.stimuli.records import StimulusError
from core.training.own_pictures import list_pictures
from tests.media.made import pattern, saved
from tests.stimuli.generated import SAVED_AS
from tests.stimuli.test_manifest import Rows, people, refused, write


@pytest.mark.parametrize(
    ("words", "emotion"),
    [
        ("angry anger ANGRY enfadado enfadada ira enojo AN ang 0 0.0", Emotion.ANGRY),
        ("disgust disgusted asco asqueada DI dis 1", Emotion.DISGUST),
        ("fear fearful afraid scared miedo asustado AF fe 2", Emotion.FEAR),
        ("happy happiness joy joyful feliz alegría contenta HA 3 3.0 \uff13", Emotion.HAPPY),
        ("sad sadness triste tristeza SA 4", Emotion.SAD),
        ("surprise surprised sorpresa sorprendida SU sp 5", Emotion.SURPRISE),
        ("neutral neutrality neutro neutra NE 6", Emotion.NEUTRAL),
    ],
)
def test_one_table_has_the_words_of_every_reader(tmp_path: Path, words: str, emotion: Emotion) -> None:
    assert [emotion_called(word) for word in words.split()] == [emotion] * len(words.split())
    rows = [{"file": f"{number}.png", "emotion": word} for number, word in enumerate(words.split())]
    folder = write(tmp_path / "set", rows)
    assert {face.target for face in read_manifest(folder)[1]} == {emotion}
    assert {picture.target for picture in list_pictures(folder)} == {emotion}


@pytest.mark.parametrize("word", ["contempt", "7", "-1", "1.5", "not happy", "happy sad", "", "x", "no", "face"])
def test_what_is_no_word_of_one_emotion_is_none(word: str) -> None:
    assert emotion_called(word) is None


def test_an_unknown_word_is_asked_about_and_the_answer_is_used(tmp_path: Path) -> None:
    rows: Rows = [{"file": f"{word}.png", "emotion": word} for word in ("happy", "contempt", "hapy", "calm")]
    folder = write(tmp_path / "set", rows)
    message = refused(folder)
    assert '--word "contempt=disgust"' in message
    assert "is it happiness?" in message
    info, faces = read_manifest(folder, answers=read_answers(["contempt=-", "hapy=happy", "Calm=neutral"]))
    assert [face.target for face in faces] == [Emotion.HAPPY, Emotion.HAPPY, Emotion.NEUTRAL]
    assert "1 rows were left out as asked, by their word for an emotion." in map(str, info.notes)
    with pytest.raises(ValueError, match="expected word=emotion"):
        read_answers(["contempt=dread"])


def test_all_kinds_of_mistake_are_in_one_report_with_the_first_of_each_and_how_many(tmp_path: Path) -> None:
    rows = people(intensity="80")
    for number in (2, 5, 9):
        rows[number]["emotion"] = "contempt"
    rows[4]["role"] = "C"
    for number in (6, 7):
        rows[number]["file"] = f"gone{number}.png"
    rows[8]["intensity"] = "0.8"
    folder = write(tmp_path / "set", [*rows[:6], *rows[8:]])
    write(folder, rows, pictures=False)
    (folder / "B_sad.png").write_bytes(b"no picture")
    lines = refused(folder).splitlines()
    assert len(lines) == 5
    assert "row 3: emotion 'contempt'" in lines[0]
    assert "(3 like this; this is the first.)" in lines[0]
    said = "\n".join(lines)
    assert "row 5: role 'C'" in said
    assert "row 7: the file 'gone6.png', which is not there" in said
    assert "row 9: intensity '0.8', which seems a share" in said
    assert "B_sad.png: the file begins with b'no pictu'" in said


@pytest.mark.parametrize("role", ["a", "A", "Practice", "PRACTICE", ""])
def test_a_role_is_read_in_any_case(tmp_path: Path, role: str) -> None:
    rows = people()
    rows[0]["role"] = role
    rows[0]["identity"] = "other"
    assert read_manifest(write(tmp_path / "set", rows))[1][0].role == (role or "practice").capitalize().replace(
        "P", "p"
    )


def test_paths_with_backslashes_and_names_in_another_case_are_found(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", [{"file": "x.png", "emotion": "happy"}])
    (folder / "sub").mkdir()
    (folder / "sub" / "A.PNG").write_bytes(saved(Image.fromarray(pattern()), "PNG"))
    for separator in ",;\t|":
        (folder / "manifest.csv").write_text(f"file{separator}emotion\nsub\\a.png{separator}happy\n")
        info, (face,) = read_manifest(folder)
        assert face.file == "sub/a.png"
        assert "Pictures in no row, which were left out: 1, for example x.png." in map(str, info.notes)
        assert [one.problem for one in list_pictures(folder)][1:] == ["no row names it"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("alegría/niña.png", "alegri\u0301a/nin\u0303a.png"), ("A/B.png", "a/b.PNG"), ("./a//b.png", "a/b.png")],
    ids=["accents of macOS", "folders in another case", "a path with nothing in it"],
)
def test_a_file_is_found_by_another_way_to_write_its_name(tmp_path: Path, given: str, kept: str) -> None:
    folder = write(tmp_path / "set", [{"file": "x.png", "emotion": "happy"}])
    (folder / kept).parent.mkdir(parents=True)
    (folder / "x.png").rename(folder / kept)
    (folder / "manifest.csv").write_text(f"file,emotion\n{given},happy\n")
    info, faces = read_manifest(folder)
    assert len(faces) == 1
    assert not [note for note in map(str, info.notes) if "in no row" in note]
    assert [(one.target, one.problem) for one in list_pictures(folder)] == [(Emotion.HAPPY, "")]


def test_two_files_of_one_name_in_other_cases_are_not_guessed_between(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", [{"file": "a.png", "emotion": "happy"}, {"file": "A.png", "emotion": "sad"}])
    (folder / "manifest.csv").write_text("file,emotion\na.PNG,happy\n")
    assert "the file 'a.PNG', which is not there" in refused(folder)


def test_a_name_longer_than_a_folder_takes_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", [{"file": "a.png", "emotion": "happy"}])
    (folder / "manifest.csv").write_text(f"file,emotion\n{'ñ' * 200}.png,happy\n")
    assert "which is not there" in refused(folder)


def test_the_table_s_own_name_may_be_in_another_case(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", [{"file": "a.png", "emotion": "happy"}])
    (folder / "manifest.csv").rename(folder / "Manifest.CSV")
    assert [face.target for face in read_manifest(folder)[1]] == [Emotion.HAPPY]
    assert [one.target for one in list_pictures(folder)] == [Emotion.HAPPY]


@pytest.mark.parametrize(("given", "percent"), [("80", 80), ("80,4", 80), ("80 %", 80), ("1e2", 100)])
def test_percent_are_read_as_people_write_them(tmp_path: Path, given: str, percent: int) -> None:
    folder = write(tmp_path / "set", [{"file": "a.png", "emotion": "happy"}])
    (folder / "manifest.csv").write_text(f"file;emotion;intensity\na.png;happy;{given}\n")
    assert [face.intensity for face in read_manifest(folder)[1]] == [percent]


@pytest.mark.parametrize("save", SAVED_AS.values(), ids=SAVED_AS)
def test_a_manifest_is_read_as_programs_save_text(tmp_path: Path, save: Callable[[str], bytes]) -> None:
    folder = write(tmp_path / "set", [{"file": "niña.png", "emotion": "alegría"}])
    (folder / "manifest.csv").write_bytes(save("file,emotion\nniña.png,alegría\n"))
    assert [(face.file, face.target) for face in read_manifest(folder)[1]] == [("niña.png", Emotion.HAPPY)]
    assert [(one.file, one.target) for one in list_pictures(folder)] == [("niña.png", Emotion.HAPPY)]


@pytest.mark.parametrize("form", ["HEIF", "AVIF", "TIFF", "BMP", "GIF"])
def test_a_picture_that_browsers_do_not_show_is_brought_in_as_a_png_and_said(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.xyz").write_bytes(saved(Image.fromarray(pattern()), form))
    (tmp_path / "manifest.csv").write_text("file,emotion\na.xyz,happy\n")
    info, (face,) = read_manifest(tmp_path, name="own")
    assert face.media_type == "image/png"
    assert f"1 pictures were converted from {form} to PNG, which every browser shows." in map(str, info.notes)


def test_a_share_for_a_strength_is_refused_and_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(StimulusError, match="Write percent: 100 for the full expression, not 1"):
        read_manifest(write(tmp_path / "set", people(intensity="1")))
    assert read_manifest(write(tmp_path / "set", people(intensity="0")))[1][0].intensity == 0
