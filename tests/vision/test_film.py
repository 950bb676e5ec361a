"""The process that decodes a film: ended, crashed or left alone, it takes nothing with it."""

import signal
from collections.abc import Generator

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from core.domain.files import FileRefused
from core.vision.film import frames
from tests.vision.test_files import PEOPLE, face, film


@pytest.fixture
def decoded() -> Generator[tuple[float, float, NDArray[np.uint8]]]:
    """The frames of a film that is longer than what a pipe holds."""
    return frames(film([face(PEOPLE[0], "neutral_000")] * 80))


def decoders() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "core.vision.film" in one.cmdline()]


def test_frames_come_five_times_a_second_to_the_end(decoded: Generator[tuple[float, float, NDArray[np.uint8]]]) -> None:
    whole = list(decoded)
    assert [round(at, 1) for at, _, _ in whole] == [round(0.2 * number, 1) for number in range(40)]
    assert all(share <= 1 for _, share, _ in whole)
    assert decoders() == []


@pytest.mark.parametrize("sign", [signal.SIGSEGV, signal.SIGXCPU, signal.SIGKILL])
def test_a_decoder_that_crashes_or_takes_too_much_is_a_refusal(
    decoded: Generator[tuple[float, float, NDArray[np.uint8]]], sign: signal.Signals
) -> None:
    next(decoded)
    decoders()[0].send_signal(sign)
    with pytest.raises(FileRefused) as caught:
        list(decoded)
    assert caught.value.name == "work"


def test_a_decoder_ends_with_who_reads(decoded: Generator[tuple[float, float, NDArray[np.uint8]]]) -> None:
    next(decoded)
    assert len(decoders()) == 1
    decoded.close()
    assert decoders() == []
