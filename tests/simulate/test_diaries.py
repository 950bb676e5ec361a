"""Diaries of invented people: of a known granularity, which the statistics find again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from core.domain.feelings.check_in import PLEASANT_WORDS, UNPLEASANT_WORDS, BodyMark, CheckIn, Sensation, Zone
from core.domain.feelings.diary import together
from core.domain.feelings.granularity import granularity, rated
from core.domain.feelings.words import known_words
from core.simulate.cast import cast
from core.simulate.feelings import SimulatedDiary, simulate_diary

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
YEARS = timedelta(days=700)


def diaries(number: int) -> list[SimulatedDiary]:
    people = [replace(patient, joined=NOW - YEARS) for patient in cast(number, NOW, 5)]
    return [simulate_diary(patient, NOW, np.random.default_rng(place)) for place, patient in enumerate(people)]


def read(row: dict[str, Any]) -> CheckIn:
    body = {
        Zone(z): BodyMark(m["amount"], m["sensation"] and Sensation(m["sensation"])) for z, m in row["body"].items()
    }
    return CheckIn(row["id"], row["at"], row["day"], body, words=tuple(row["words"]), ratings=row["ratings"])


def test_the_granularity_from_which_they_were_drawn_is_found_again() -> None:
    errors = []
    for diary in diaries(30):
        entries = [read(row) for row in diary.check_ins]
        for side, words in (("unpleasant", UNPLEASANT_WORDS), ("pleasant", PLEASANT_WORDS)):
            found = granularity(rated(entries, words))
            assert found is not None
            errors.append(found.value - (1 - diary.icc[side]))
    assert abs(float(np.mean(errors))) < 0.12, "rounding to 0-4 takes a little of the correlation"
    assert float(np.std(errors)) < 0.09


def test_a_feeling_comes_with_its_place_in_the_body_and_a_word_of_the_list() -> None:
    [diary] = diaries(3)[:1]
    entries = [read(row) for row in diary.check_ins]
    assert all(known_words(entry.words) for entry in entries)
    assert (Zone.CHEST, Sensation.TIGHT) in {(one.zone, one.sensation) for one in together(entries)}
    days = [entry.at for entry in entries]
    assert days == sorted(days)
    assert days[-1] < NOW
