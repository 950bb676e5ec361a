"""A face in a situation: what it shows is right or not, what is felt only likely; a run has every kind of fit."""

from collections import Counter
from dataclasses import replace

import pytest

from core.domain.emotions import Emotion
from core.domain.exercise.events import Answered, Batch, Given, NotUnderstood
from core.domain.feelings.words import feeling_words
from core.domain.people import NotAllowed
from core.domain.programme.today import SITUATIONS
from core.services.exercise import beside, runs
from core.storage.database import Store
from core.storage.queries import exercise_queries, summary_queries
from core.storage.tables import BlockRow, StimulusRow, TrialRow, now
from core.tasks.context.drawing import CLEAR, EASY, FAINT, LENGTH, OF_EACH
from core.tasks.context.feedback import ContextFeedback
from core.tasks.context.task import TASK
from core.tasks.context.vignettes import VIGNETTES, Fit
from tests.support import BROWSER
from tests.tasks.situations import do_situations, feedback_of, tell


def begin(store: Store, token: str) -> str:
    return runs.begin(store, token, BROWSER, TASK)


def do(store: Store, token: str) -> list[str]:
    """A whole run, answered as it is likely; its situations by name."""
    run = begin(store, token)
    do_situations(store, token, run)
    return [name for name, _ in rows_of(store, run)]


def rows_of(store: Store, run: str) -> list[tuple[str, TrialRow]]:
    with store.begin() as db:
        rows = db.query(TrialRow).filter_by(block_id=run).order_by(TrialRow.number).all()
        db.expunge_all()
    return [((row.more or {})["context_id"], row) for row in rows]


def test_there_are_24_of_our_own_half_of_them_with_a_face_that_does_not_show_what_is_likely() -> None:
    fits = Counter(one.fit for one in VIGNETTES.values())
    assert fits.total() == 24
    assert fits[Fit.STILL] + fits[Fit.DIFFERS] == 12
    assert {fit: 3 * times for fit, times in OF_EACH.items()} == fits, "three runs show each of them once"
    assert Counter(one.sex for one in VIGNETTES.values()) == {"f": 12, "m": 12}
    assert {one.face for one in VIGNETTES.values()} == set(Emotion)


@pytest.mark.parametrize("name", VIGNETTES)
def test_each_offers_six_words_and_its_face_goes_with_the_story_as_it_says(name: str) -> None:
    one = VIGNETTES[name]
    words = [*one.felt, *one.others]
    assert len(words) == len(set(words)) == 6
    assert set(words) <= feeling_words().keys()
    assert bool(one.felt) == (one.fit is not Fit.OPEN)
    families = {feeling_words()[key].family for key in one.felt}
    if one.fit is Fit.AGREES:
        assert one.face.word in families
    if one.fit is Fit.STILL:
        assert one.face is Emotion.NEUTRAL
    if one.fit is Fit.DIFFERS:
        assert one.face is not Emotion.NEUTRAL
        assert one.face.word != feeling_words()[one.felt[0]].family


def test_a_run_has_each_kind_begins_easily_and_shows_eight_people_of_the_practice_faintly(
    store: Store, patient: str
) -> None:
    run = begin(store, patient)
    with store.begin() as db:
        items = exercise_queries.run_items(db, run)
        faces = [db.get_one(StimulusRow, item.stimulus_id) for item in items]
        shown = [(face.sex, face.target, face.intensity, face.role) for face in faces]
        people = {face.identity for face in faces}
    assert len(items) == len(people) == LENGTH
    vignettes = [VIGNETTES[str(item.more["context_id"])] for item in items]
    assert Counter(one.fit for one in vignettes) == OF_EACH
    assert all(one.fit is Fit.AGREES for one in vignettes[:EASY])
    for one, (sex, target, strength, role) in zip(vignettes, shown, strict=True):
        assert (sex, target, role) == (one.sex, one.face.word, "practice")
        assert strength in ({0, None} if one.face is Emotion.NEUTRAL else {FAINT, CLEAR})


@pytest.mark.both_databases
def test_three_runs_show_every_situation_once_and_a_fourth_begins_anew(store: Store, patient: str) -> None:
    first = [name for _ in range(3) for name in do(store, patient)]
    assert sorted(first) == sorted(VIGNETTES)
    assert len(do(store, patient)) == LENGTH


def test_both_answers_stand_in_one_row_and_the_run_makes_a_day_of_training(store: Store, patient: str) -> None:
    run = begin(store, patient)
    said = feedback_of(store, patient, run)
    likely = next(number for number, one in said.items() if one.vignette.felt)
    for number, one in said.items():
        response = "not_sure" if number == likely else one.vignette.face.word
        tell(store, patient, run, number, response, context_felt=f"ask {one.offered[0]}", context_ms=800.5)
    rows = dict(enumerate((row for _, row in rows_of(store, run)), 1))
    assert (rows[likely].scored, rows[likely].correct) == (None, False)
    for number, one in said.items():
        more = rows[number].more or {}
        assert (more["context_felt"], more["context_ms"]) == (f"ask {one.offered[0]}", 800.5)
        assert more["context_likely"] == (one.offered[0] in one.vignette.felt if one.vignette.felt else None)
        assert more["context_fit"] == one.vignette.fit
        assert more["context_offered"].split() == list(one.offered)
    score = beside.score(store, patient, run)
    assert score is not None
    assert (score.right, score.shown) == (LENGTH - 1, LENGTH)
    assert score.hardest is said[likely].vignette.face, "what was not found: here the only one"
    with store.begin() as db:
        row = db.get_one(BlockRow, run)
        assert row.ended_at is not None
        days = summary_queries.training_days(db, row.person_id, now().date().replace(year=2000))
    assert len(days) == 1


def test_who_would_only_ask_is_neither_right_nor_wrong_and_who_cannot_see_is_asked_no_more(
    store: Store, patient: str
) -> None:
    run = begin(store, patient)
    tell(store, patient, run, 1, "fear", context_felt="ask", context_ms=10)
    tell(store, patient, run, 2, "cannot_see")
    first, second = [row for _, row in rows_of(store, run)][:2]
    assert (first.more or {})["context_likely"] is None
    assert (second.correct, "context_felt" in (second.more or {})) == (None, False)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"context_felt": "", "context_ms": 5},
        {"context_felt": "hungry", "context_ms": 5},
        {"context_felt": "ask ask", "context_ms": 5},
        {"context_felt": "ask"},
        {"context_felt": "ask", "context_ms": True},
        {"context_felt": "ask", "context_ms": -1},
        {"context_felt": "ask", "context_ms": 5, "context_id": "milk"},
    ],
)
def test_only_words_that_were_offered_are_taken(
    store: Store, patient: str, more: dict[str, str | float | bool]
) -> None:
    run = begin(store, patient)
    with pytest.raises(NotUnderstood):
        tell(store, patient, run, 1, "fear", **more)
    tell(store, patient, run, 1, "fear", context_felt="ask", context_ms=5)


def test_no_best_guess_and_no_other_picture_belongs_to_it(store: Store, patient: str) -> None:
    run = begin(store, patient)
    given = Given("not_sure", 900.0, now(), now(), "fear", more={"context_felt": "ask", "context_ms": 5})
    with pytest.raises(NotUnderstood):
        runs.take(store, patient, run, Batch((Answered(1, given),), 1, 0), BROWSER)
    taken = replace(given, best_guess=None)
    runs.take(store, patient, run, Batch((Answered(1, taken),), 1, 0), BROWSER)
    with pytest.raises(NotAllowed):
        runs.picture(store, patient, run, 2, 0)


def test_what_is_said_names_the_face_what_is_likely_and_that_one_cannot_know_in_both_languages() -> None:
    for one in VIGNETTES.values():
        offered = (*one.felt, *one.others)
        english, spanish = (ContextFeedback(one, offered).data(language) for language in ("en", "es"))
        assert english.keys() == spanish.keys()
        for part in ("story", "why", "likely", "closing"):
            assert english[part] != spanish[part], part
        assert "One can ask." in str(english["closing"])
        assert "Pero se puede preguntar." in str(spanish["closing"])
    said = ContextFeedback(VIGNETTES["late_friend"], ("irritated", "disappointed")).data("en")
    faces = said["face"]
    assert isinstance(faces, dict)
    assert faces["neutral"] == "This face is *neutral*, as you said."
    assert faces["angry"] == "This face is *neutral*; you said *anger*."
    assert faces["not_sure"] == "This face is *neutral*."
    assert said["likely"] == "What happened makes this likely: *irritation*, *disappointment*, *anger*."


def test_the_programme_says_as_many_situations_as_a_run_has() -> None:
    assert LENGTH == SITUATIONS
