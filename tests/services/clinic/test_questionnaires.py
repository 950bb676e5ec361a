"""Totals are what their authors say they can be, and change is called change by the published rule."""

import json
from datetime import date, timedelta

import pytest

from core.domain.patient.questionnaires import (
    Direction,
    Questionnaire,
    QuestionnaireScore,
    Retest,
    change,
    from_json,
    rci,
    standard_error,
)
from core.domain.people import NotAllowed, Refusal
from core.services.clinic import questionnaires
from core.services.clinic.questionnaires import FOLDER, enter, known, remove, scores
from core.storage.database import Store
from core.storage.tables import now
from core.translations import languages

DAY = date(2026, 9, 1)


def test_the_published_questionnaires_are_there_with_their_ranges_and_bands() -> None:
    found = known()
    ranges = {one.name: (one.items, one.low, one.high) for one in found.values()}
    assert ranges == {"TAS-20": (20, 20, 100), "PAQ": (24, 24, 168), "BVAQ-B": (20, 20, 100), "OAS": (33, 0, 99)}
    tas20, bvaq = found["tas20"], found["bvaqb"]
    assert [tas20.band(total).label["en"] for total in (51, 52, 60, 61)] == [  # type: ignore[union-attr]
        "no alexithymia",
        "possible alexithymia",
        "possible alexithymia",
        "alexithymia",
    ]
    assert [bvaq.band(total).label["en"] for total in (43, 44, 53)] == [  # type: ignore[union-attr]
        "no alexithymia",
        "possible alexithymia",
        "alexithymia",
    ]
    assert found["paq"].band(100) is None


def test_bands_leave_no_total_out_and_every_text_is_in_every_language() -> None:
    for one in known().values():
        if one.bands:
            assert all(one.band(total) for total in range(one.low, one.high + 1)), one.name
        for words in (one.title, one.note, *(band.label for band in one.bands)):
            assert words.keys() == languages().keys()


def test_the_rule_is_the_one_of_jacobson_and_truax() -> None:
    """Their example (1991, p. 14): SD 7.5, r .80, from 47.5 to 32.5 is an RCI of −3.16, with S_diff 4.74."""
    assert standard_error(7.5, 0.80) == pytest.approx(4.74, abs=0.005)
    assert rci(47.5, 32.5, 7.5, 0.80) == pytest.approx(-3.16, abs=0.005)
    assert 1.96 * standard_error(11.5, 0.77) == pytest.approx(15.3, abs=0.05), "the TAS-20's"


def of(*totals: int) -> list[QuestionnaireScore]:
    return [
        QuestionnaireScore(place, "tas20", DAY + timedelta(days=place), total, None)
        for place, total in enumerate(totals)
    ]


def test_the_first_and_the_last_total_are_compared_in_the_questionnaires_own_direction() -> None:
    tas20 = known()["tas20"]
    assert [change(tas20, of(70, 40, last)).direction for last in (54, 55, 85, 86)] == [  # type: ignore[union-attr]
        Direction.BETTER,
        Direction.WITHIN,
        Direction.WITHIN,
        Direction.WORSE,
    ]
    upward = Questionnaire(**{**vars(tas20), "lower_is_better": False})
    assert change(upward, of(70, 54)).direction is Direction.WORSE  # type: ignore[union-attr]


def test_nothing_is_said_of_one_total_or_without_published_figures() -> None:
    assert change(known()["tas20"], of(70)) is None
    assert change(known()["paq"], of(70, 24)) is None


@pytest.mark.parametrize("broken", [{"better": "lefter"}, {"range": [20]}, {"bands": [{"range": [0, 9], "label": {}}]}])
def test_a_file_that_says_nonsense_is_named(broken: dict[str, object]) -> None:
    content = json.loads((FOLDER / "tas20.json").read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match=r"data/questionnaires/mine\.json"):
        from_json("mine", {**content, **broken})
    with pytest.raises(ValueError, match="r between 0 and 1"):
        from_json("mine", {**content, "retest": vars(Retest(1.0, 1.0, "nowhere"))})
    with pytest.raises(ValueError, match=r"mine\.json: KeyError\('en'\)"):
        from_json("mine", {**content, "note": {"fr": "Chacun la remplit."}})


@pytest.mark.both_databases
def test_a_total_is_kept_corrected_and_removed(store: Store, clinician: str, patient_id: str) -> None:
    enter(store, clinician, patient_id, "tas20", DAY + timedelta(days=9), 50)
    enter(store, clinician, patient_id, "tas20", DAY, 66)
    enter(store, clinician, patient_id, "tas20", DAY, 64, former=66)
    found = scores(store, clinician, patient_id)
    assert [(score.total, score.on, score.entered_by) for score in found] == [
        (64, DAY, "Dr Vega"),
        (50, DAY + timedelta(days=9), "Dr Vega"),
    ]
    remove(store, clinician, patient_id, found[0].id)
    assert [score.total for score in scores(store, clinician, patient_id)] == [50]
    with pytest.raises(NotAllowed, match="not there any more"):
        remove(store, clinician, patient_id, found[0].id)


def test_what_cannot_be_is_refused_in_words(store: Store, clinician: str, patient_id: str) -> None:
    with pytest.raises(Refusal, match="19 is no total of the TAS-20: it goes from 20 to 100"):
        enter(store, clinician, patient_id, "tas20", DAY, 19)
    with pytest.raises(Refusal, match="has not come yet"):
        enter(store, clinician, patient_id, "tas20", now().date() + timedelta(days=3), 50)
    with pytest.raises(Refusal, match="no questionnaire called “mbti”"):
        enter(store, clinician, patient_id, "mbti", DAY, 50)
    assert scores(store, clinician, patient_id) == []


def test_nobody_else_sees_or_enters_totals(store: Store, patient: str, other: str, patient_id: str) -> None:
    for token in (patient, other):
        with pytest.raises(NotAllowed):
            scores(store, token, patient_id)
        with pytest.raises(NotAllowed):
            enter(store, token, patient_id, "tas20", DAY, 50)
        with pytest.raises(NotAllowed):
            remove(store, token, patient_id, 1)
    assert questionnaires.known()
