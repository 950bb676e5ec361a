"""Pictures and videos that somebody gives: every face of them, and what is refused. All files are made here."""

import io
import struct
import tracemalloc
from contextlib import suppress

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.domain.camera.seen import SeenFrame
from core.domain.emotions import Emotion
from core.domain.files import MOST_WORK, FileRefused
from core.media.kinds import kind_of
from core.stimuli.builtin import FOLDER
from core.vision.files import read_file, read_picture, read_video
from core.vision.rater import load_default

from .test_crop import png_that_claims

PEOPLE = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def face(person: str, name: str) -> NDArray[np.uint8]:
    with Image.open(FOLDER / person / f"{name}.webp") as image:
        return np.asarray(image.convert("RGB"))


def encoded(pixels: NDArray[np.uint8], form: str = "JPEG", **more: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, form, quality=92, **more)
    return file.getvalue()


def film(pictures: list[NDArray[np.uint8]], codec: str = "libx264", form: str = "mp4") -> bytes:
    """The pictures as a video, each for a tenth of a second."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return file.getvalue()


def seen_in(content: bytes) -> list[SeenFrame]:
    return [seen for _, seen in read_file(content, load_default())]


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        seen_in(content)
    return caught.value.name


def test_every_face_of_a_picture_is_found_and_rated_in_colour_and_in_grey() -> None:
    both = np.hstack([face(PEOPLE[0], "happy_100"), face(PEOPLE[1], "surprise_100")])
    for picture in (both, both.mean(axis=2).astype(np.uint8)):
        (seen,) = seen_in(encoded(picture))
        tops = {found.box[0] > 0.5: found.top for found in seen.faces}
        assert tops == {False: Emotion.HAPPY, True: Emotion.SURPRISE}
        assert [found.id for found in seen.faces] == [1, 2]


def test_a_picture_that_its_exif_says_lies_on_its_side_is_read_upright() -> None:
    turned = np.rot90(face(PEOPLE[0], "happy_100"))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter to the right to see it upright
    assert len(read_picture(encoded(turned, exif=exif), load_default()).faces) == 1


def test_a_picture_of_48_by_48_is_a_face_as_a_whole() -> None:
    tiny = np.asarray(Image.fromarray(face(PEOPLE[0], "neutral_000")).convert("L").resize((48, 48)))
    assert read_picture(encoded(tiny, "PNG"), load_default()).faces[0].box == (0, 0, 1, 1)


def test_a_picture_without_a_face_has_none() -> None:
    assert seen_in(encoded(np.full((300, 300, 3), 120, np.uint8)))[0].faces == ()


@pytest.mark.parametrize(("codec", "form"), [("libx264", "mp4"), ("libvpx", "webm")])
def test_a_video_is_read_five_times_a_second_and_shows_how_a_face_changes(codec: str, form: str) -> None:
    neutral, happy = face(PEOPLE[0], "neutral_000"), face(PEOPLE[0], "happy_100")
    found = list(read_video(film([neutral] * 15 + [happy] * 25, codec, form), load_default()))
    shares, seen = [share for share, _ in found], [seen for _, seen in found]
    assert shares == sorted(shares)
    assert shares[-1] > 0.5
    assert [one.at for one in seen] == pytest.approx([n / 5 for n in range(20)], abs=0.06)
    assert {face.id for one in seen for face in one.faces} == {1}
    assert seen[-1].faces[0].top is Emotion.HAPPY
    assert seen[3].faces[0].top is not Emotion.HAPPY


def test_what_is_neither_picture_nor_video_is_refused_whatever_it_could_make_a_reader_fetch() -> None:
    for content in (b"", b"GIF90a" + bytes(50), b"#EXTM3U\nhttp://localhost/x", b"ffconcat version 1.0"):
        assert refusal(content) == "kind"


def test_broken_files_are_refused() -> None:
    whole = film([face(PEOPLE[0], "neutral_000")] * 5)
    assert refusal(whole[: len(whole) // 2]) == "broken"
    assert refusal(encoded(face(PEOPLE[0], "neutral_000"))[:500]) == "broken"
    assert refusal(b"\x00\x00\x00\x18ftypmp42" + bytes(200)) == "broken"
    assert refusal(b"\x1aE\xdf\xa3" + bytes(200)) == "broken"


def test_noise_in_the_place_of_files_is_refused_and_nothing_else_happens() -> None:
    chance = np.random.default_rng(0)
    whole = film([face(PEOPLE[0], "neutral_000")] * 5)
    for _ in range(15):
        damaged = bytearray(whole)
        for place in chance.integers(0, len(whole), 40):
            damaged[int(place)] = int(chance.integers(256))
        with suppress(FileRefused):
            assert all(0 <= share <= 1 for seen in seen_in(bytes(damaged)) for face in seen.faces for share in face.box)


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() -> None:
    tracemalloc.start()
    assert refusal(png_that_claims(40_000, 40_000)) == "pixels"
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_what_is_too_large_too_long_or_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = film([face(PEOPLE[0], "neutral_000")] * 30)
    monkeypatch.setattr("core.vision.film.MOST_WORK", 0.0)
    assert refusal(whole) == "work"
    monkeypatch.setattr("core.vision.film.MOST_WORK", MOST_WORK)
    monkeypatch.setattr("core.vision.film.MOST_SECONDS", 1.0)
    assert refusal(whole) == "long"
    monkeypatch.setattr("core.vision.film.MOST_VIDEO_PIXELS", 300 * 300)
    assert refusal(whole) == "wide"
    monkeypatch.setattr("core.media.kinds.MOST_BYTES", 100)
    assert refusal(whole) == "bytes"


def test_a_video_that_lies_about_its_length_is_refused_when_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = film([face(PEOPLE[0], "neutral_000")] * 40)
    short = bytearray(whole)
    place = short.index(b"mvhd") + 4 + 12  # version and flags, two times, then the time scale and the length
    short[place + 4 : place + 8] = struct.pack(">I", struct.unpack(">I", short[place : place + 4])[0] // 10)
    monkeypatch.setattr("core.vision.film.MOST_SECONDS", 2.0)
    assert refusal(bytes(short)) == "long"


def test_a_video_in_another_code_is_refused() -> None:
    assert refusal(film([face(PEOPLE[0], "neutral_000")] * 3, "mjpeg", "mp4")) == "codec"


def test_sound_alone_is_refused() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100)
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        sound.sample_rate = 44100
        container.mux(stream.encode(sound))
        container.mux(stream.encode(None))
    assert refusal(file.getvalue()) == "empty"


def test_a_webp_and_a_png_are_pictures() -> None:
    assert kind_of(encoded(face(PEOPLE[0], "neutral_000"), "WEBP")) == "picture"
    assert kind_of(encoded(face(PEOPLE[0], "neutral_000"), "PNG")) == "picture"


def test_smoothing_lets_a_noisy_face_be_read() -> None:
    chance = np.random.default_rng(0)
    named = {False: 0, True: 0}
    for person in PEOPLE[:6]:
        small = np.asarray(Image.fromarray(face(person, "happy_100")).convert("L").resize((150, 150)))
        noisy = encoded((small + chance.normal(0, 25, small.shape)).clip(0, 255).astype(np.uint8), "PNG")
        for denoise in (False, True):
            faces = read_picture(noisy, load_default(), denoise=denoise).faces
            named[denoise] += bool(faces) and faces[0].top is Emotion.HAPPY
    assert named[True] >= 5
    assert named[True] > named[False]


def test_a_video_that_a_telephone_took_upright_is_read_upright() -> None:
    lying = np.ascontiguousarray(np.rot90(face(PEOPLE[0], "happy_100")))
    video = bytearray(film([lying] * 5))
    matrix = video.index(b"tkhd") + 4 + 40
    a_quarter_to_the_right = (0, 1 << 16, 0, -(1 << 16), 0, 0, lying.shape[0] << 16, 0, 1 << 30)
    video[matrix : matrix + 36] = struct.pack(">9i", *a_quarter_to_the_right)
    assert [len(seen.faces) for seen in seen_in(bytes(video))] == [1, 1, 1]
