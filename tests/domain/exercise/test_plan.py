"""Plans are checked when they are made, and blueprints say which checks can be compared."""

import json
from dataclasses import replace
from typing import Any

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.plan import BlueprintDifference, Plan, asks_for, blueprint, differences


def test_a_plan_survives_json_unchanged() -> None:
    plan = Plan(
        set_name="fer2013",
        practice_length=21,
        practice_intensities=(20, 80),
        adaptive=False,
        pairs=((Emotion.FEAR, Emotion.SURPRISE),),
        check_length=70,
        check_intensities=(40, 60, 60, 80, 100),
        exposure_ms=500,
        emotions=(Emotion.FEAR, Emotion.SURPRISE),
    )
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_an_older_plan_takes_the_defaults_for_what_it_lacks() -> None:
    assert Plan.from_json({"practice_length": 28}) == Plan(practice_length=28)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"practice_length": 0}, "practice_length is 0; expected a whole number from 7 to 70"),
        ({"practice_length": True}, "practice_length is True"),
        ({"practice_length": "14"}, "practice_length is '14'"),
        ({"practice_intensities": [80, 40]}, "the smaller first"),
        ({"practice_intensities": [45, 100]}, "each one of 20, 40, 60, 80, 100"),
        ({"practice_votes": [0, 10]}, "practice_votes is (0, 10)"),
        ({"practice_votes": 7}, "practice_votes is 7"),
        ({"check_length": 40}, "expected a multiple of 42 up to 210"),
        ({"check_intensities": []}, "one or more whole percentages"),
        ({"check_intensities": [40, 60, 0, 80, 80, 100]}, "check_intensities"),
        ({"check_votes": [5, 11]}, "check_votes is (5, 11)"),
        ({"exposure_ms": 300}, "exposure_ms is 300; expected 1000, 500, 200 or nothing"),
        ({"checks_planned": 0}, "checks_planned is 0"),
        ({"check_every": -1}, "check_every is -1"),
        ({"emotions": ["fear"]}, "at least two different emotions"),
        ({"emotions": ["fear", "angry"]}, "in the network's order"),
        ({"emotions": ["fear", "fear"]}, "two different emotions"),
        ({"emotions": ["fear", "joy"]}, "unknown emotion 'joy'"),
        ({"set_name": " "}, "set_name is ' '"),
        ({"lenght": 42}, "unknown setting 'lenght'"),
    ],
)
def test_a_wrong_plan_is_refused_with_the_value_and_what_was_expected(content: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"plan|emotion") as refused:
        Plan.from_json(content)
    assert sentence in str(refused.value)


def test_checks_are_comparable_when_all_that_matters_is_equal() -> None:
    first = blueprint(Plan(), "1a2b", "en", "computer")
    practises_otherwise = Plan(practice_length=28, check_every=2, emotions=(Emotion.FEAR, Emotion.SAD))
    reordered = Plan(check_intensities=(100, 80, 80, 60, 60, 40))
    assert blueprint(practises_otherwise, "1a2b", "en", "computer").key == first.key
    assert blueprint(reordered, "1a2b", "en", "computer").key == first.key
    assert len(first.key) == 64


def test_each_part_of_a_blueprint_changes_its_key() -> None:
    plan = Plan()
    keys = {
        blueprint(plan, "1a2b", "en", "computer").key,
        blueprint(plan, "3c4d", "en", "computer").key,
        blueprint(plan, "1a2b", "es", "computer").key,
        blueprint(plan, "1a2b", "en", "phone").key,
        blueprint(replace(plan, set_name="fer2013"), "1a2b", "en", "computer").key,
        blueprint(replace(plan, check_length=84), "1a2b", "en", "computer").key,
        blueprint(replace(plan, check_intensities=(60,)), "1a2b", "en", "computer").key,
        blueprint(replace(plan, check_votes=(7, 10)), "1a2b", "en", "computer").key,
        blueprint(replace(plan, exposure_ms=500), "1a2b", "en", "computer").key,
    }
    assert len(keys) == 9


def test_a_blueprints_key_never_changes_between_releases() -> None:
    """A stored key must stay comparable: a change here would restart every baseline."""
    key = blueprint(Plan(), "1a2b", "en", "computer").key
    assert key == "1276b18a99852e308e12086379f6ba83e5cd7232a40e25a0794536d4aa31e49e"


def test_a_plan_asks_for_checks_of_its_own_faces_length_and_time_wherever_they_are_done() -> None:
    made = blueprint(Plan(), "1a2b", "es", "phone").to_json()
    assert asks_for(Plan(check_every=9, checks_planned=2), made)
    for other in (Plan(check_length=84), Plan(exposure_ms=500), Plan(check_votes=(7, 10)), Plan(set_name="fer2013")):
        assert not asks_for(other, made)


def test_two_designs_differ_in_the_parts_that_are_others() -> None:
    first, second = (blueprint(Plan(), "1a2b", "en", device).to_json() for device in ("computer", "phone"))
    assert differences(first, first) == ()
    assert differences(first, second) == (BlueprintDifference("device", "computer", "phone"),)
