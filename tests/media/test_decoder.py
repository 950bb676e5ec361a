"""Pictures that ask for more work or memory than any picture needs."""

import time

import numpy as np
import pytest

from core.domain.files import MOST_SIDE, FileRefused
from core.media import decoder
from core.media.decoder import decode, decode_given
from tests.vision.test_crop import png_that_claims
from tests.vision.test_files import encoded


def bomb(scans: int) -> bytes:
    """A black progressive JPEG of nine million pixels, whose last scan comes so often."""
    whole = encoded(np.zeros((3_000, 3_000), np.uint8), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + scans * whole[last:-2] + whole[-2:]


def column(height: int) -> bytes:
    """A black PNG of one column."""
    return png_that_claims(1, height, bytes(2 * height))


def refusal(picture: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        decode_given(picture)
    return caught.value.name


@pytest.mark.parametrize(("form", "more"), [("PNG", {}), ("WEBP", {"lossless": True}), ("JPEG", {"progressive": True})])
def test_the_levels_are_those_of_a_picture_of_ours(form: str, more: dict[str, object]) -> None:
    picture = encoded(np.random.default_rng(1).integers(0, 256, (30, 50)).astype(np.uint8), form, **more)
    assert np.array_equal(decode_given(picture), decode(picture))


def test_one_whose_work_has_no_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "MOST_DECODING", 1)
    began = time.process_time()
    assert refusal(bomb(2_000)) == "work"
    assert time.process_time() - began < 1, "none of it was done here"


def test_one_of_endless_length_is_refused_by_its_head() -> None:
    assert refusal(column(39_000_000)) == "side"
    assert decode_given(column(MOST_SIDE)).shape == (MOST_SIDE, 1)


@pytest.mark.parametrize("picture", [b"", b"\xff\xd8\xff", b"no picture", bomb(1)[:1_000]])
def test_what_is_no_whole_picture_is_called_broken(picture: bytes) -> None:
    assert refusal(picture) == "broken"
