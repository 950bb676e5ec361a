"""Whoever plans asks at the command line what the checks of a design find."""

import json
import subprocess
import sys

import pytest

from core.config import ROOT


def power(*words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "core", "power", *words]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_shares_of_courses_come_with_their_intervals_and_limits() -> None:
    found = json.loads(power("--json").stdout)
    assert set(found) == {"better_if_unchanged", "worse_if_unchanged", "found", "limits"}
    for name in ("better_if_unchanged", "worse_if_unchanged", "found"):
        assert found[name]["low"] < found[name]["share"] < found[name]["high"]
    assert found["better_if_unchanged"]["high"] <= 0.055
    assert found["found"]["share"] >= 0.81
    assert found["limits"]["end"] == {"better": 1.9796, "worse": 2.34}


def test_the_same_seed_says_the_same_and_another_nearly() -> None:
    first, again, other = (power("--preset", "short", "--json", "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == again != other
    assert json.loads(first)["found"]["share"] == pytest.approx(json.loads(other)["found"]["share"], abs=0.02)


def test_in_words_it_says_faces_days_and_minutes() -> None:
    said = power("--preset", "light", "--courses", "1000").stdout
    assert "364 faces in 26 checks of 14" in said
    assert "12 before training, 2 in the middle, 12 at the end; about 36 minutes" in said


def test_a_follow_up_is_told_of_people_who_keep_all_and_of_those_who_lose_all() -> None:
    found = json.loads(power("--follow-up", "6", "--json", "--courses", "4000").stdout)["follow_up"]
    assert found["kept"]["fewer"]["low"] < 0.025
    assert found["lost"]["still"]["low"] < 0.05
    assert found["lost"]["fewer"]["share"] > 0.5
    said = power("--follow-up", "6", "--courses", "4000").stdout
    assert f"kept, called fewer           {100 * found['kept']['fewer']['share']:5.1f} % of courses" in said
    assert "all lost, called fewer" in said


WRONG = [
    ("--rate", ".95"),
    ("--sd", "-1"),
    ("--correlation", "1"),
    ("--courses", "0"),
    ("--follow-up", "1"),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_simulated_is_refused_in_a_sentence(wrong: tuple[str, str]) -> None:
    refused = power(*wrong)
    assert refused.returncode == 1
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr
