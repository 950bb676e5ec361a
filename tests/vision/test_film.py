"""The process that decodes a film: ended, crashed or left alone, it takes nothing with it."""

import signal
from collections.abc import Generator

import psutil
import pytest

from core.domain.files import FileRefused
from core.vision.film import FilmFrame, frames
from tests.vision.test_files import PEOPLE, face, film


@pytest.fixture
def decoded() -> Generator[FilmFrame]:
    """The frames of a film that is longer than what a pipe holds."""
    return frames(film([face(PEOPLE[0], "neutral_000")] * 80))


def decoders() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "core.vision.film" in one.cmdline()]


def test_frames_come_five_times_a_second_to_the_end(decoded: Generator[FilmFrame]) -> None:
    whole = list(decoded)
    assert [round(one.at, 1) for one in whole] == [round(0.2 * number, 1) for number in range(40)]
    assert all(one.share <= 1 for one in whole)
    assert decoders() == []


@pytest.mark.parametrize("sign", [signal.SIGSEGV, signal.SIGXCPU, signal.SIGKILL])
def test_a_decoder_that_crashes_or_takes_too_much_is_a_refusal(
    decoded: Generator[FilmFrame], sign: signal.Signals
) -> None:
    next(decoded)
    decoders()[0].send_signal(sign)
    with pytest.raises(FileRefused) as caught:
        list(decoded)
    assert caught.value.name == "work"


def test_a_decoder_ends_with_who_reads(decoded: Generator[FilmFrame]) -> None:
    next(decoded)
    assert len(decoders()) == 1
    decoded.close()
    assert decoders() == []
