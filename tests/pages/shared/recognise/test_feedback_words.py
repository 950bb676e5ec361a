"""What is said after a practice answer, of every practice face and every answer."""

import itertools

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace, distances
from core.domain.exercise.trials import Response
from core.stimuli.builtin import read_builtin
from core.tasks.recognition.feedback import RIVAL, Opinions
from pages.shared.recognise.differences import difference, place_that_differs
from pages.shared.recognise.feedback_words import in_words

NAMES = {
    FacePlace.BROWS: ("eyebrow",),
    FacePlace.EYES: ("eyes", "eyelid"),
    FacePlace.NOSE: ("nose",),
    FacePlace.MOUTH: ("mouth", "lips", "jaw"),
}
ONLY = {place: dict.fromkeys(FacePlace, 0.0) | {place: 1.0} for place in FacePlace}


def said_of(target: Emotion, response: Response, votes: tuple[int, ...] | None = None) -> tuple[str, list[str]]:
    """The sentence, and the words of the pair of faces."""
    opinions = Opinions(
        target=target,
        network=None,
        network_learnt_it=False,
        computer_made=True,
        votes=votes,
        people=None,
        steps=(0,),
        rivals={other: ONLY[FacePlace.MOUTH] for other in Emotion if other is not target},
        builtin_person="204",
    )
    said = in_words(opinions).said[response]
    return said.sentence, [shown.words for shown in said.pair]


@pytest.mark.parametrize(("a", "b"), list(itertools.combinations(Emotion, 2)))
def test_the_sentence_of_a_difference_names_every_place_that_may_be_outlined(a: Emotion, b: Emotion) -> None:
    named = {place_that_differs(a, b, ONLY[place]) for place in FacePlace}
    for place in named:
        assert any(name in difference(a, b) for name in NAMES[place]), place


def test_what_is_outlined_differs_on_every_practice_person() -> None:
    shown: dict[tuple[str | None, int], dict[Emotion, dict[str, float]]] = {}
    for face in read_builtin()[1]:
        if face.role == "practice":
            for strength in [face.intensity] if face.target is not Emotion.NEUTRAL else (40, 60, 80, 100):
                shown.setdefault((face.identity, strength or 0), {})[face.target] = face.muscles or {}
    for strength in (40, 100):
        for faces in (of_one for (_, at), of_one in shown.items() if at == strength):
            for a, b in itertools.combinations(Emotion, 2):
                apart = distances(faces[a], faces[b])
                assert apart[place_that_differs(a, b, apart)] > 0.2 * sum(apart.values()), (a, b, apart)


def test_a_miss_is_told_with_the_difference_and_the_same_person_beside() -> None:
    sentence, pair = said_of(Emotion.FEAR, Response.SURPRISE)
    assert sentence.startswith("This face shows *fear*; you said *surprise*. In fear the eyebrows pull together")
    assert pair == ["This face: fear. The mouth is outlined.", "The same person: surprise. The mouth is outlined."]


def test_a_hit_is_told_and_no_more() -> None:
    assert said_of(Emotion.FEAR, Response.FEAR) == ("This face shows *fear*, as you said.", [])


def test_who_is_not_sure_sees_the_person_at_rest_beside() -> None:
    sentence, pair = said_of(Emotion.SAD, Response.NOT_SURE)
    assert "neutral" in sentence
    assert pair[1].startswith("The same person: neutral.")


@pytest.mark.parametrize("votes", [None, (10,) + (0,) * 9])
@pytest.mark.parametrize("response", Response)
def test_a_neutral_face_is_neutral_and_shows_nothing(votes: tuple[int, ...] | None, response: Response) -> None:
    sentence, _ = said_of(Emotion.NEUTRAL, response, votes)
    assert "is *neutral*" in sentence.split(".")[0]
    assert "shows *neutral*" not in sentence


def test_the_other_face_has_an_address_beyond_the_steps() -> None:
    assert len((0, 20, 40, 60, 80, 100)) < RIVAL
