"""Films as people have them: mirrored, turned, of uneven frames, damaged in the middle. All are made here."""

import io
import struct
from fractions import Fraction

import av
import numpy as np
import pytest
from av.container import InputContainer
from numpy.typing import NDArray

from core.domain.camera.seen import FileReading
from core.domain.emotions import Emotion
from core.domain.files import FileRefused
from core.media.kinds import kind_of
from core.vision.files import read_file
from core.vision.film import frames
from core.vision.rater import load_default
from tests.vision.test_files import PEOPLE, face, film

NEUTRAL, HAPPY, SURPRISE = (face(PEOPLE[0], name) for name in ("neutral_000", "happy_100", "surprise_100"))
ONE = 1 << 16


def read(content: bytes) -> FileReading:
    return FileReading(kind_of(content), tuple(seen for _, seen in read_file(content, load_default())))


def with_matrix(content: bytes, a: int, b: int, c: int, d: int) -> bytes:
    changed = bytearray(content)
    place = changed.index(b"tkhd") + 4 + 40
    changed[place : place + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    return bytes(changed)


def at_times(pictures: list[tuple[float, NDArray[np.uint8]]], codec: str = "libx264", between: int = 250) -> bytes:
    """A film with a picture at each of these seconds, and a key frame every `between` pictures."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=1000, options={"g": str(between), "bf": "0"})
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = pictures[0][1].shape[:2]
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, 1000)
        for at, picture in pictures:
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(1000 * at), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    ("matrix", "stored"),
    [
        ((-ONE, 0, 0, ONE), lambda upright: upright[:, ::-1]),
        ((ONE, 0, 0, -ONE), lambda upright: upright[::-1]),
        ((-ONE, 0, 0, -ONE), lambda upright: upright[::-1, ::-1]),
        ((0, ONE, -ONE, 0), lambda upright: np.rot90(upright)),
        ((0, -ONE, ONE, 0), lambda upright: np.rot90(upright, -1)),
        ((0, ONE, ONE, 0), lambda upright: np.swapaxes(upright, 0, 1)),
    ],
)
def test_a_mirror_in_a_film_is_no_turn_and_a_turn_is_one(matrix: tuple[int, int, int, int], stored: object) -> None:
    assert callable(stored)
    upright = np.ascontiguousarray(NEUTRAL[:, :256])
    plain = next(frames(film([upright] * 3))).grey.astype(int)
    turned = next(frames(with_matrix(film([np.ascontiguousarray(stored(upright))] * 3), *matrix))).grey
    assert turned.shape == plain.shape
    assert np.abs(plain - turned).mean() < 2


def test_shares_count_seconds_and_one_person_stays_one_over_a_gap() -> None:
    quick = [(number / 30, HAPPY) for number in range(6)]
    reading = read(at_times([*quick, (2.0, SURPRISE), (2.033, SURPRISE), (3.0, SURPRISE)]))
    (shown,) = reading.shown().values()
    assert reading.seconds == pytest.approx(3, abs=0.1)
    assert shown[Emotion.HAPPY] == pytest.approx(2, abs=0.05)
    assert reading.damaged == 0


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg4"])
def test_a_damaged_middle_is_said_and_the_rest_is_read(codec: str) -> None:
    whole = at_times([(number / 10, NEUTRAL if number < 20 else HAPPY) for number in range(40)], codec, between=10)
    with av.open(io.BytesIO(whole)) as container:
        assert isinstance(container, InputContainer)
        packets = [packet for packet in container.demux(video=0) if packet.pos is not None and packet.pts is not None]
        hurt = [packet for packet in packets if 1 <= float((packet.pts or 0) * packet.time_base) < 2]
        places = [(int(packet.pos or 0), packet.size) for packet in hurt]
    damaged = bytearray(whole)
    for place, size in places:
        damaged[place + 4 : place + size] = bytes(size - 4)
    reading = read(bytes(damaged))
    assert reading.damaged > 0
    assert read(whole).damaged == 0
    if codec != "mpeg4":  # which needs its first head again
        assert reading.damaged < 2.5
        assert reading.frames[-1].faces[0].top is Emotion.HAPPY


def test_a_film_that_is_not_read_says_how_to_make_one_that_is() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mov") as container:
        stream = container.add_stream("mjpeg", rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width, stream.pix_fmt = 96, 96, "yuvj420p"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(NEUTRAL[:96, :96], format="rgb24")))
        container.mux(stream.encode(None))
    with pytest.raises(FileRefused, match="ffmpeg -i OLD"):
        read(file.getvalue())
