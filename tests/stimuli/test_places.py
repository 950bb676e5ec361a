"""Where brows, eyes, nose and mouth of the built-in people lie, and how far two of their faces differ there."""

import argparse

import pytest

from core.commands.places import run
from core.domain.exercise.places import Ellipse, FacePlace, distances, place_of
from core.stimuli.builtin import read_builtin
from core.stimuli.places import places

MARKED = {  # by eye, as shares of the side
    "204": {
        FacePlace.EYES: [(0.36, 0.46), (0.63, 0.465)],
        FacePlace.NOSE: [(0.485, 0.62)],
        FacePlace.MOUTH: [(0.49, 0.745)],
    },
    "205": {FacePlace.EYES: [(0.36, 0.485), (0.62, 0.485)], FacePlace.MOUTH: [(0.49, 0.76)]},
}


def inside(ellipse: Ellipse, x: float, y: float) -> bool:
    return ((x - ellipse.x) / ellipse.half_width) ** 2 + ((y - ellipse.y) / ellipse.half_height) ** 2 <= 1


@pytest.mark.parametrize("identity", MARKED)
def test_what_is_outlined_holds_what_a_person_marked(identity: str) -> None:
    for place, points in MARKED[identity].items():
        for point in points:
            assert inside(places()[identity][place], *point), (place, point)


def test_every_built_in_person_has_four_places_one_below_the_other_within_the_picture() -> None:
    assert set(places()) == {face.identity for face in read_builtin()[1]}
    for of_one in places().values():
        assert list(of_one) == list(FacePlace)
        heights = [of_one[place].y for place in FacePlace]
        assert heights == sorted(heights)
        for ellipse in of_one.values():
            assert 0.15 < ellipse.x - ellipse.half_width < ellipse.x + ellipse.half_width < 0.85
            assert 0.25 < ellipse.y - ellipse.half_height < ellipse.y + ellipse.half_height < 0.97


def test_the_file_is_what_the_pictures_give() -> None:
    assert run(argparse.Namespace(check=True)) == 0


@pytest.mark.parametrize(
    ("muscle", "place"),
    [
        ("browDown_L", FacePlace.BROWS),
        ("xBrowV_R", FacePlace.BROWS),
        ("eyeWide_L", FacePlace.EYES),
        ("noseSneer_L", FacePlace.NOSE),
        ("mouthUpperUp_R", FacePlace.NOSE),
        ("mouthStretch_L", FacePlace.MOUTH),
        ("jawOpen", FacePlace.MOUTH),
        ("cheekSquint_L", FacePlace.MOUTH),
    ],
)
def test_each_muscle_is_seen_at_one_place(muscle: str, place: FacePlace) -> None:
    assert place_of(muscle) is place


def test_the_distance_is_summed_over_the_muscles_of_a_place() -> None:
    found = distances({"browDown_L": 1.0, "jawOpen": 0.5}, {"browDown_L": 0.25, "xBrowIn_L": 0.5})
    assert found == {FacePlace.BROWS: 1.25, FacePlace.EYES: 0.0, FacePlace.NOSE: 0.0, FacePlace.MOUTH: 0.5}
