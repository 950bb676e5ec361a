"""The evaluate command: any network by any name, on FER-2013 or on one's own pictures."""

import json
import shutil
from argparse import ArgumentParser
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.commands import evaluate
from core.domain.emotions import Emotion
from core.stimuli.builtin import FOLDER
from core.stimuli.emotion_words import emotion_called
from core.training.checkpoint import BEST
from core.training.data import Fer2013, parts
from core.training.export import convert
from core.training.loop import train
from core.training.networks.registry import protocol
from core.vision.card import NETWORKS, read_card
from tests.media.made import png_of_16_bits, saved
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text

ARRAYS = little_fer(140)
FER = Fer2013(ARRAYS[0], ARRAYS[1], np.array(ARRAYS[2]))
HELD_OUT = ARRAYS[2].count("PrivateTest")


@cache
def data() -> tuple[str, str]:
    """FER-2013 and its votes, as files."""
    folder = Path(mkdtemp(prefix="lexithymia-test-"))
    (folder / "fer2013.csv").write_text(table_text(ARRAYS))
    (folder / "fer2013new.csv").write_text(votes_text(ARRAYS, unanimous(ARRAYS)))
    return str(folder / "fer2013.csv"), str(folder / "fer2013new.csv")


@cache
def a_run(key: str) -> Path:
    """A run of one epoch of the network `key`, in the folder that training would make."""
    out = Path(mkdtemp(prefix="lexithymia-test-")) / key
    faces = parts(FER, protocol(key), 3)
    votes = unanimous(ARRAYS)[FER.usages == "Training"] if protocol(key).crowd else None
    train(
        protocol(key),
        faces.training.faces(votes),
        faces.choosing.faces(),
        out / "seed-3",
        epochs=1,
        seed=3,
        say=lambda _: None,
    )
    return out


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    parser = ArgumentParser()
    evaluate.configure(parser)
    code = evaluate.run(parser.parse_args(list(words)))
    return code, *capsys.readouterr()


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    code, out, err = run(capsys, *words, "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_network_that_ships_is_measured_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "--data", data()[0])
    card = read_card(NETWORKS / "compact")
    assert found["network"] == {"key": card.key, "version": card.version, "hash": card.sha256}
    assert (found["split"], found["faces"]) == ("PrivateTest", HELD_OUT)
    assert found["accuracy"] == found["sets"]["PrivateTest"]["accuracy"]
    assert set(found["sets"]) == {"PrivateTest", "PublicTest + PrivateTest"}
    assert set(found["sets"]["PrivateTest"]) == set(vars(card.main))
    assert [curve["name"] for curve in found["curves"]] == [emotion.word for emotion in Emotion]


def test_every_field_that_json_prints_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "--data", data()[0])
    described = str(evaluate.__doc__)
    names = [*found, *found["sets"]["PrivateTest"], *found["sets"]["PrivateTest"]["classes"][0], *found["curves"][0]]
    assert [name for name in names if name not in described] == []


def test_a_file_a_folder_and_a_key_name_the_same_network(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copy(NETWORKS / "compact" / "network.tflite", tmp_path / "copy.tflite")
    names = (
        "compact",
        str(NETWORKS / "compact"),
        str(NETWORKS / "compact" / "network.tflite"),
        str(tmp_path / "copy.tflite"),
    )
    found = [printed(capsys, "--data", data()[0], "--network", name) for name in names]
    assert len({one["network"]["hash"] for one in found}) == 1
    assert len({one["accuracy"] for one in found}) == 1


def test_the_text_has_the_table_by_emotion(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--data", data()[0])
    assert "precision   recall  specificity      F1  accuracy" in out
    assert "macro F1" in out
    assert "kappa" in out
    assert "calibration error" in out


@pytest.mark.slow
def test_a_run_of_training_is_measured_with_a_temperature_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "--data", data()[0], "--network", str(a_run("quick")), "--votes", data()[1])
    assert found["network"]["version"] == "run of seed 3, epoch 1"
    assert found["temperature"] != 1
    assert [one["quality"]["faces"] for one in found["crowd"]] == [HELD_OUT, HELD_OUT]


@pytest.mark.slow
def test_a_random_split_is_measured_on_its_own_tenth_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "--data", data()[0], "--network", str(a_run("jaramillo2023_1")))
    assert list(found["sets"]) == ["a random tenth"]
    assert "its own held-out tenth alone, drawn again by its seed 3" in found["notes"][0]
    assert [one["name"] for one in found["sets"]["a random tenth"]["classes"]] == [
        emotion.word for emotion in Emotion if emotion is not Emotion.DISGUST
    ]


@pytest.mark.slow
def test_a_random_tenth_is_not_drawn_again_from_rows_in_another_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    turned = (ARRAYS[0][::-1], ARRAYS[1][::-1], ARRAYS[2][::-1])
    (tmp_path / "fer2013.csv").write_text(table_text(turned))
    asked = ("--data", str(tmp_path / "fer2013.csv"), "--network")
    for network in (str(a_run("jaramillo2023_1")), "jaramillo2023_1"):
        code, _, err = run(capsys, *asked, network)
        assert code == 1
        assert "cannot be drawn again from these rows: give fer2013.csv" in err


def test_it_is_said_which_file_was_measured_and_on_which_faces_its_epoch_was_chosen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "--data", data()[0], "--network", "quick", "--split", "PublicTest")
    assert out.startswith(f"quick 1, {NETWORKS / 'quick' / 'network.tflite'}\nThe epoch and temperature of")


def test_training_faces_are_no_measure_and_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "trained on these very faces" in printed(capsys, "--data", data()[0], "--split", "Training")["notes"][0]


@pytest.mark.slow
def test_a_file_with_six_answers_is_measured_on_six_emotions(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "six.tflite").write_bytes(convert(protocol("jaramillo2023_1").build(), 1.0))
    found = printed(capsys, "--data", data()[0], "--network", str(tmp_path / "six.tflite"))
    assert found["faces"] == sum(label != 1 for label, usage in zip(*ARRAYS[1:], strict=True) if usage == "PrivateTest")


def test_a_file_with_another_number_of_answers_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from core.training.protocol import answers, grey

    faces, x = grey()
    from keras import layers

    (tmp_path / "five.tflite").write_bytes(convert(answers(faces, layers.Flatten()(x), 5, "five"), 1.0))
    code, _, err = run(capsys, "--data", data()[0], "--network", str(tmp_path / "five.tflite"))
    assert code == 1
    assert "answers with 5 classes; expected one of 4, 6, 7" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--data", "nowhere.csv"), "nowhere.csv: there is no such file"),
        (("--data", "DATA", "--split", "Valid"), "no Valid faces, only PrivateTest, PublicTest, Training"),
        (("--data", "DATA", "--network", "nobody"), "there is no network 'nobody': give default, a key (compact"),
        (("--data", "DATA", "--network", "README.md"), "README.md is no LiteRT network"),
        (("--data", "DATA", "--network", "tests"), f"tests holds no network: expected network.tflite, or {BEST}"),
        (("--images", "nowhere"), "nowhere is no folder"),
        (("--images", "tests/training"), "holds no labelled picture"),
    ],
)
def test_what_cannot_be_measured_is_named(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, *(data()[0] if word == "DATA" else word for word in words))
    assert code == 1
    assert said in err


def test_only_figures_of_a_network_are_no_network(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copy(NETWORKS / "compact" / "card.json", tmp_path)
    code, _, err = run(capsys, "--data", data()[0], "--network", str(tmp_path))
    assert code == 1
    assert "only the figures are kept: train it first" in err


def test_one_s_own_folder_is_measured_and_what_cannot_be_read_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for folder, picture in (("Alegría", "happy_100"), ("miedo", "fear_100"), ("6", "neutral_000"), ("else", "sad_100")):
        (tmp_path / folder).mkdir()
        shutil.copy(FOLDER / "200" / f"{picture}.webp", tmp_path / folder)
    (tmp_path / "miedo" / "broken.jpg").write_bytes(b"no picture")
    found = printed(capsys, "--images", str(tmp_path))
    assert (found["faces"], found["accuracy"]) == (3, 1)
    assert {one["target"] for one in found["pictures"]} == {"happy", "fear", "neutral"}
    assert all(one["face_found"] for one in found["pictures"])
    assert {one["file"] for one in found["unreadable"]} == {"miedo/broken.jpg", "else/sad_100.webp"}
    _, out, _ = run(capsys, "--images", str(tmp_path))
    assert "miedo/broken.jpg: not used: This is no picture" in out


def test_a_manifest_names_the_pictures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copy(FOLDER / "200" / "happy_100.webp", tmp_path / "a.webp")
    (tmp_path / "manifest.csv").write_text("file;emotion\na.webp;feliz\nb.webp;sad\na.webp;hungry\n../c.webp;sad\n")
    found = printed(capsys, "--images", str(tmp_path))
    assert found["faces"] == 1
    assert [one["problem"] for one in found["unreadable"]] == [
        "there is no such file in the folder",
        "'hungry' is in no table of emotions: Say which emotion this is with --word \"hungry=disgust\", "
        'or --word "hungry=-" to leave these out.',
        "there is no such file in the folder",
    ]


def test_a_folder_of_phone_and_laboratory_pictures_is_measured_and_what_moves_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Image.open(FOLDER / "200" / "happy_100.webp") as image:
        happy = image.convert("RGB")
    (tmp_path / "alegre").mkdir()
    for form in ("HEIF", "AVIF", "TIFF", "GIF"):
        (tmp_path / "alegre" / f"a.{form.lower()}").write_bytes(saved(happy, form))
    deep = np.asarray(happy.convert("L")).astype(np.uint16) * 257
    (tmp_path / "alegre" / "deep.png").write_bytes(png_of_16_bits(deep, 0))
    (tmp_path / "alegre" / "moves.webp").write_bytes(
        saved(happy, "WEBP", save_all=True, append_images=[happy.rotate(1)])
    )
    found = printed(capsys, "--images", str(tmp_path))
    assert (found["faces"], found["accuracy"], found["unreadable"]) == (6, 1, [])
    assert [one["unread"] for one in found["pictures"]] == [0, 0, 0, 0, 0, 1]


def test_a_single_picture_gets_its_shares(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "--images", str(FOLDER / "200" / "happy_100.webp"))
    assert (found["accuracy"], found["pictures"][0]["answer"]) == (None, "happy")
    assert sum(found["pictures"][0]["probabilities"].values()) == pytest.approx(1, abs=1e-4)
    _, out, _ = run(capsys, "--images", str(FOLDER / "200" / "happy_100.webp"))
    assert out.splitlines()[2].startswith("happy_100.webp: happy, ")


def test_emotions_are_known_in_english_in_spanish_and_by_number() -> None:
    words = ("Anger", "asco", "FEARFUL", "alegria", "tristeza", "5", "Neutro")
    assert [emotion_called(word) for word in words] == list(Emotion)
    assert emotion_called("7") is emotion_called("") is None
