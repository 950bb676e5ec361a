"""What travels to the trial component: JSON, in the right order, without the answer in it."""

import json
from dataclasses import replace

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind
from pages.shared.pictures import data_url
from pages.shared.recognise.view import Bars, Feedback, OpinionRow, TrialView

WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 "
VIEW = TrialView(block="b1", number=12, position=8, of=42, picture=data_url(WEBP), kind=Kind.CHECK, exposure_ms=200)
FEEDBACK = Feedback(
    target=Emotion.FEAR,
    sentence="Most people saw *fear*.",
    rows=(OpinionRow("You", "surprise", Emotion.SURPRISE, False), OpinionRow("People", "nobody has told us yet")),
    bars=(Bars("The computer", (0.0, 0.0, 1.5, 0.0, 0.0, 0.0, -0.5), ("0 %",) * 7),),
)


def test_a_face_travels_with_seven_answers_in_the_order_of_the_labels_and_no_target() -> None:
    data = VIEW.data()
    assert [answer["response"] for answer in data["answers"]] == [emotion.word for emotion in Emotion]  # type: ignore[attr-defined]
    assert data["stage"] == "ask"
    assert data["feedback"] is None
    assert set(data) == {
        *("block", "number", "stage", "picture", "preload", "exposure_ms"),
        *("asks_best_guess", "answers", "words", "feedback"),
    }
    assert json.loads(json.dumps(data)) == data


def test_the_words_for_the_face_say_its_place_and_not_its_emotion() -> None:
    words = VIEW.data()["words"]
    assert isinstance(words, dict)
    assert (words["progress"], words["face"]) == ("8 of 42", "A face, 8 of 42")


@pytest.mark.parametrize(("kind", "asks"), [(Kind.CHECK, True), (Kind.PRACTICE, False), (Kind.TRYOUT, False)])
def test_only_a_check_asks_for_a_best_guess(kind: Kind, asks: bool) -> None:
    assert replace(VIEW, kind=kind).data()["asks_best_guess"] is asks


def test_who_stops_a_try_out_is_not_promised_that_it_is_kept() -> None:
    notes = [replace(VIEW, kind=kind).data()["words"]["stop_note"] for kind in (Kind.PRACTICE, Kind.TRYOUT)]  # type: ignore[index]
    assert notes == ["Nothing is lost. You can go on later.", "Nothing of this is kept."]


def test_feedback_names_who_said_what_and_keeps_bars_between_0_and_1() -> None:
    data = replace(VIEW, feedback=FEEDBACK).data()
    assert data["stage"] == "feedback"
    feedback = data["feedback"]
    assert isinstance(feedback, dict)
    you, people = feedback["rows"]
    assert (you["answer"], you["emotion"], you["same"]) == ("Surprise", "surprise", False)
    assert (people["answer"], people["emotion"], people["same"]) == ("Nobody has told us yet", None, None)
    (bars,) = feedback["bars"]
    assert [bar["value"] for bar in bars["values"]] == [0, 0, 1, 0, 0, 0, 0]
    assert [bar["emotion"] for bar in bars["values"] if bar["target"]] == ["fear"]
    assert json.loads(json.dumps(data)) == data


def test_the_last_feedback_leads_to_the_result() -> None:
    def next_word(last: bool) -> object:
        return replace(VIEW, feedback=replace(FEEDBACK, last=last)).data()["feedback"]["words"]["next"]  # type: ignore[index]

    assert (next_word(False), next_word(True)) == ("Next", "See the result")


def test_bars_that_are_not_seven_are_refused_with_their_title() -> None:
    wrong = replace(FEEDBACK, bars=(Bars("Ten people", (1.0,), ("10 of 10",)),))
    with pytest.raises(ValueError, match="'Ten people' have 1 values and 1 texts: expected seven"):
        replace(VIEW, feedback=wrong).data()


@pytest.mark.parametrize(
    ("picture", "kind"), [(WEBP, "webp"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpeg")]
)
def test_a_picture_travels_as_what_it_is(picture: bytes, kind: str) -> None:
    assert data_url(picture).startswith(f"data:image/{kind};base64,")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="expected WebP, PNG or JPEG"):
        data_url(b"<svg/>")
