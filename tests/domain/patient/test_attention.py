"""What needs attention, and how much was practised."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.exercise.plan import BlueprintDifference
from core.domain.exercise.trials import Kind
from core.domain.patient.attention import Attention, Concern, RunFacts, attention
from core.domain.statistics.dose import PracticeRun, dose, minutes, practice_days

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def sitting(days: float, kind: Kind | None = Kind.PRACTICE, **more: object) -> RunFacts:
    began = days_ago(days)
    facts = {"ended_at": began + timedelta(minutes=3), "stopped": False, "hard": None, **more}
    return RunFacts(kind, began, **facts)  # type: ignore[arg-type]


def concerns(*sittings: RunFacts, finished: bool = False) -> list[Concern]:
    return [one.concern for one in attention(sittings, days_ago(100), NOW, finished)]


def test_a_person_who_practises_quietly_needs_no_attention() -> None:
    assert concerns(sitting(20), sitting(3)) == []


def test_hard_and_stopped_are_said_for_four_weeks_with_the_last_day() -> None:
    found = attention([sitting(9, hard=True), sitting(2, hard=True), sitting(1, stopped=True)], days_ago(100), NOW)
    assert found == (Attention(Concern.HARD, 2, days_ago(2)), Attention(Concern.STOPPED, 1, days_ago(1)))
    assert concerns(sitting(29, hard=True, stopped=True), sitting(1)) == []


def test_checks_that_do_not_count_are_named_with_the_reason() -> None:
    assert concerns(sitting(1, Kind.CHECK, stopped=True)) == [Concern.CHECK_STOPPED]
    assert concerns(sitting(2, Kind.CHECK, ended_at=None)) == [Concern.LEFT]
    assert concerns(sitting(0.5, Kind.CHECK, ended_at=None)) == []
    device = BlueprintDifference("device", "phone", "computer")
    others = [sitting(9, Kind.CHECK, differs=(device,)), sitting(8, Kind.CHECK, differs=(device,)), sitting(1)]
    assert attention(others, days_ago(100), NOW) == (Attention(Concern.EXCLUDED, 2, days_ago(8), (device,)),)
    unseen = attention([sitting(3, Kind.CHECK, unseen=32), sitting(1, Kind.CHECK)], days_ago(100), NOW)
    assert unseen == (Attention(Concern.UNSEEN, 32, days_ago(3)),)
    void = attention([sitting(3, Kind.CHECK, void=2), sitting(1, Kind.CHECK, void=1)], days_ago(100), NOW)
    assert void == (Attention(Concern.VOID, 3, days_ago(1)),)


def test_what_was_wrong_with_a_check_is_said_for_four_weeks() -> None:
    differs = (BlueprintDifference("length", 42, 84),)
    assert concerns(sitting(29, Kind.CHECK, void=2, unseen=9, differs=differs), sitting(1)) == []


def test_two_weeks_without_practice_are_said_while_the_plan_goes_on() -> None:
    assert concerns(sitting(13)) == []
    assert concerns(sitting(15)) == [Concern.SILENT]
    assert concerns(sitting(15), finished=True) == []
    assert concerns() == [Concern.NOT_BEGUN]
    assert attention([], days_ago(3), NOW) == ()


def test_a_run_before_the_camera_is_no_silence() -> None:
    assert concerns(sitting(30), sitting(1, kind=None)) == []


def test_minutes_stop_counting_when_the_telephone_is_put_aside() -> None:
    assert minutes(PracticeRun(NOW, NOW + timedelta(minutes=3), 14)) == 3
    assert minutes(PracticeRun(NOW, NOW + timedelta(hours=9), 14)) == 14
    assert minutes(PracticeRun(NOW, None, 14)) == 0


def test_the_dose_counts_minutes_and_days_of_the_last_four_weeks() -> None:
    runs = [PracticeRun(days_ago(n), days_ago(n) + timedelta(minutes=4), 14) for n in (40, 27, 27.01, 3, 3.02)]
    days = practice_days(runs)
    found = dose(days, NOW.date())
    assert found.minutes == pytest.approx(16)
    assert found.days == 2
    assert dose(days, days_ago(27).date()).days == 2
    assert dose(days, days_ago(-1).date()).days == 1
