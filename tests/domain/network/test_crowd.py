"""What FER+'s ten people saw, by the paper's rule and by the plain one."""

import numpy as np
import pytest

from core.domain.network.crowd import CROWD, People, majority, people, plurality

# neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, NF
UNANIMOUS = [0, 10, 0, 0, 0, 0, 0, 0, 0, 0]
HALF = [5, 5, 0, 0, 0, 0, 0, 0, 0, 0]
SCATTERED = [5, 1, 1, 1, 1, 1, 0, 0, 0, 0]  # single votes fall away: all of what remains
FIVE_OF_TEN = [5, 3, 2, 0, 0, 0, 0, 0, 0, 0]  # not more than half
CONTEMPT = [0, 0, 0, 0, 2, 0, 0, 6, 2, 0]
UNKNOWN = [2, 0, 0, 0, 0, 0, 0, 0, 8, 0]
NO_FACE = [0, 0, 0, 0, 0, 0, 0, 0, 0, 10]
NOT_KNOWN = [-1] * 10
VOTES = np.array([UNANIMOUS, HALF, SCATTERED, FIVE_OF_TEN, CONTEMPT, UNKNOWN, NO_FACE, NOT_KNOWN])


def test_the_paper_s_rule_wants_more_than_half_after_single_votes_are_dropped() -> None:
    seen = [CROWD[i] if i >= 0 else None for i in majority(VOTES)]
    assert seen == ["happiness", None, "neutral", None, "contempt", None, None, None]


def test_the_plain_rule_wants_one_emotion_before_all_other_answers() -> None:
    seen = [CROWD[i] if i >= 0 else None for i in plurality(VOTES)]
    assert seen == ["happiness", None, "neutral", "neutral", "contempt", None, None, None]


def test_people_s_line_counts_votes_by_label_and_names_no_picture() -> None:
    labels = np.array([3, 3, 0, 0])
    usages = np.array(["PrivateTest", "PrivateTest", "PrivateTest", "Training"])
    votes = np.array([UNANIMOUS, HALF, CONTEMPT, UNANIMOUS])
    found = people("PrivateTest", labels, usages, votes)
    assert found.faces == 3
    assert found.matrix[3] == (0, 0, 0, 15, 0, 0, 5)
    assert found.matrix[0] == (2, 0, 0, 0, 0, 0, 0)
    assert found.other == (8, 0, 0, 0, 0, 0, 0)
    assert (found.recalls[3], found.recalls[1], found.agreement) == (0.75, 0, 17 / 22)
    assert found.distribution == {"PrivateTest": (1, 0, 0, 2, 0, 0, 0), "Training": (1, 0, 0, 0, 0, 0, 0)}
    assert People.from_json(found.to_json()) == found


def test_a_file_without_a_field_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="missing fields distribution"):
        People.from_json('{"split": "a", "faces": 1, "rule": "", "matrix": [], "other": []}')
