"""Where brows, eyes, nose and mouth of the built-in people lie, and how far two of their faces differ there."""

import argparse

import pytest

from core.commands import places as command
from core.domain.exercise.places import Place, distances, place_of
from core.stimuli.builtin import read_builtin
from core.stimuli.places import Ellipse, places

MARKED = {  # by eye, as shares of the side
    "204": {Place.EYES: [(0.36, 0.46), (0.63, 0.465)], Place.NOSE: [(0.485, 0.62)], Place.MOUTH: [(0.49, 0.745)]},
    "205": {Place.EYES: [(0.36, 0.485), (0.62, 0.485)], Place.MOUTH: [(0.49, 0.76)]},
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
        assert list(of_one) == list(Place)
        heights = [of_one[place].y for place in Place]
        assert heights == sorted(heights)
        for ellipse in of_one.values():
            assert 0.15 < ellipse.x - ellipse.half_width < ellipse.x + ellipse.half_width < 0.85
            assert 0.25 < ellipse.y - ellipse.half_height < ellipse.y + ellipse.half_height < 0.97


def test_the_file_is_what_the_pictures_give() -> None:
    assert command.run(argparse.Namespace(check=True)) == 0


@pytest.mark.parametrize(
    ("muscle", "place"),
    [
        ("browDown_L", Place.BROWS),
        ("xBrowV_R", Place.BROWS),
        ("eyeWide_L", Place.EYES),
        ("noseSneer_L", Place.NOSE),
        ("mouthUpperUp_R", Place.NOSE),
        ("mouthStretch_L", Place.MOUTH),
        ("jawOpen", Place.MOUTH),
        ("cheekSquint_L", Place.MOUTH),
    ],
)
def test_each_muscle_is_seen_at_one_place(muscle: str, place: Place) -> None:
    assert place_of(muscle) is place


def test_the_distance_is_summed_over_the_muscles_of_a_place() -> None:
    found = distances({"browDown_L": 1.0, "jawOpen": 0.5}, {"browDown_L": 0.25, "xBrowIn_L": 0.5})
    assert found == {Place.BROWS: 1.25, Place.EYES: 0.0, Place.NOSE: 0.0, Place.MOUTH: 0.5}
