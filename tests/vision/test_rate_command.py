"""`python -m core rate`: what it prints of good files and bad ones, and that it ends quietly where nobody reads on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.__main__ import main
from core.config import ROOT
from core.domain.emotions import Emotion
from tests.vision.test_files import PEOPLE, encoded, face, film


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with a happy face, a second of film of it, and a text that is called a picture."""
    happy = face(PEOPLE[0], "happy_100")
    (tmp_path / "happy.jpg").write_bytes(encoded(happy))
    (tmp_path / "smile.webm").write_bytes(film([happy] * 10, "libvpx", "webm"))
    (tmp_path / "text.png").write_text("no picture")
    return tmp_path


def rate(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["core", "rate", *map(str, arguments)])
    return main()


def test_a_picture_and_a_video_are_told_in_words(
    given: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rate(monkeypatch, given / "happy.jpg", given / "smile.webm") == 0
    picture, video = capsys.readouterr().out.split(f"{given / 'smile.webm'}:")
    assert ": happy " in picture
    assert "happy 100%" in video


def test_json_has_an_object_a_file_with_seven_probabilities_a_face(
    given: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rate(monkeypatch, given / "happy.jpg", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    (frame,) = told["frames"]
    (found,) = frame["faces"]
    assert (told["kind"], found["emotion"]) == ("picture", "happy")
    assert list(found["probabilities"]) == [emotion.word for emotion in Emotion]
    assert sum(found["probabilities"].values()) == pytest.approx(1, abs=0.001)


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(
    given: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rate(monkeypatch, given / "text.png", given / "missing.jpg", given / "happy.jpg") == 1
    told = capsys.readouterr()
    assert "text.png" in told.err
    assert "missing.jpg" in told.err
    assert "happy" in told.out


def test_it_ends_quietly_where_nobody_reads_on(given: Path) -> None:
    command = [sys.executable, "-m", "core", "rate", *[str(given / "happy.jpg")] * 2]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
    assert "Traceback" not in told
    assert "BrokenPipe" not in told
