"""What the player shows after an answer: JSON, in the right order."""

import json
from dataclasses import replace
from typing import Any

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response
from pages.shared.pictures import data_url
from pages.shared.recognise.view import Bars, Feedback, OpinionRow, Said

WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 "
FEEDBACK = Feedback(
    target=Emotion.FEAR,
    said={Response.SURPRISE: Said("Most people saw *fear*.", OpinionRow("You", "surprise", Emotion.SURPRISE, False))},
    rows=(OpinionRow("People", "nobody has told us yet"),),
    bars=(Bars("The computer", (0.0, 0.0, 1.5, 0.0, 0.0, 0.0, -0.5), ("0 %",) * 7),),
)


def test_feedback_names_who_said_what_and_keeps_bars_between_0_and_1() -> None:
    data: Any = FEEDBACK.data()
    you = data["said"]["surprise"]["row"]
    (people,) = data["rows"]
    assert (you["answer"], you["emotion"], you["same"]) == ("Surprise", "surprise", False)
    assert (people["answer"], people["emotion"], people["same"]) == ("Nobody has told us yet", None, None)
    (bars,) = data["bars"]
    assert [bar["value"] for bar in bars["values"]] == [0, 0, 1, 0, 0, 0, 0]
    assert [bar["emotion"] for bar in bars["values"] if bar["target"]] == ["fear"]
    assert json.loads(json.dumps(data)) == data


def test_bars_that_are_not_seven_are_refused_with_their_title() -> None:
    wrong = replace(FEEDBACK, bars=(Bars("Ten people", (1.0,), ("10 of 10",)),))
    with pytest.raises(ValueError, match="'Ten people' have 1 values and 1 texts: expected seven"):
        wrong.data()


@pytest.mark.parametrize(
    ("picture", "kind"), [(WEBP, "webp"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpeg")]
)
def test_a_picture_travels_as_what_it_is(picture: bytes, kind: str) -> None:
    assert data_url(picture).startswith(f"data:image/{kind};base64,")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="expected WebP, PNG or JPEG"):
        data_url(b"<svg/>")
