"""Home of a programme in each of its states: few words, one button, no red mark; and what the clinician sets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.emotions import Emotion
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import LEFT_OUT, DayPart, FollowUp, six_weeks
from core.domain.exercise.trials import Kind
from core.domain.practice.ability import Ability
from core.domain.programme.today import LaterChecks, programme_today
from core.services.accounts import accounts
from core.services.clinic.record import review
from core.services.exercise import plans, programme, recognition
from core.storage.database import Store
from pages.shared.state import AppState
from tests.domain.programme.test_today import FACTS
from tests.history import answer_all, mistaken, run_through
from tests.services.exercise.led import Led
from tests.services.feelings.acting import agree_to_diary
from tests.support import BROWSER

pytestmark = pytest.mark.usefixtures("served_here")
PLAN = replace(Plan().in_blocks("standard"), programme=six_weeks())
MOST_WORDS = 40


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    found = accounts.patients(store, clinician)[0].id
    plans.set_plan(store, clinician, found, PLAN)
    return found


def page(script: str, token: str, language: str = "en", **query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / script), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, language=language)
    for name, value in query.items():
        at.query_params[name] = value
        at.session_state[f"tabs-{value}"] = "Plan"
    at.run()
    assert not at.exception
    return at


def home_of(monkeypatch: pytest.MonkeyPatch, token: str, language: str = "en", **facts: object) -> AppTest:
    """Home on a day on which this is so."""
    day = programme_today(PLAN, six_weeks(), replace(FACTS, **facts))  # type: ignore[arg-type]
    monkeypatch.setattr(programme, "today", lambda *_: day)
    return page("patient/home.py", token, language)


STATES: dict[str, tuple[dict[str, object], str, str]] = {
    "first day": (
        {"first": (0, 7), "warm_up": 14, "check": 21},
        "day 1 of 7. Today: 14 faces",
        "Begin: about 7 minutes",
    ),
    "a day": ({"trained": 2, "check": 21}, "a check with 21 faces, then a check-in, then", "Begin: about 9 minutes"),
    "begun": ({"checked_in": True}, "Still to come today: the lesson", "Go on: about 6 minutes"),
    "a long day": ({"checked_in": True, "enough": True}, "practised for a quarter of an hour", ""),
    "after a pause": ({"trained": 8, "away": 9}, "Today is short: a practice with 7", "Begin: about 2 minutes"),
    "over": ({"trained": 2, "done": frozenset({DayPart.PRACTICE})}, "**That was today.**", ""),
    "first day over": ({"first": (1, 7), "checked_in": True, "unread": ()}, "1 of 7 days are done", ""),
    "finished": ({"trained": 30}, "All your weeks are done.", ""),
    "finished, a follow-up ahead": (
        {"trained": 30, "later": LaterChecks(184, 80, 6)},
        "In about 11 weeks 6 short looks show whether it is kept.",
        "",
    ),
    "the follow-up": (
        {"trained": 30, "check": 21, "follow_up": (2, 6), "away": 84},
        "Is it kept? This is short look 3 of 6, one a day at most. Today: a check with 21 faces.",
        "Begin: about 3 minutes",
    ),
    "the follow-up, today done": (
        {"trained": 30, "checked": True, "follow_up": (3, 6)},
        "**That was today.** 3 of 6 short looks are done.",
        "",
    ),
    "all is over": ({"trained": 30, "kept": True}, "and so are the short looks afterwards", ""),
    "finished, a check due": ({"trained": 30, "check": 21}, "Today: a check with 21 faces.", "Begin: about 3 minutes"),
}


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_state_has_few_words_above_its_one_button(
    monkeypatch: pytest.MonkeyPatch, patient: str, patient_id: str, name: str, language: str
) -> None:
    facts, sentence, button = STATES[name]
    home = home_of(monkeypatch, patient, language, **facts)
    card = home.markdown[0].value
    assert len(card.split()) <= MOST_WORDS
    primary = [one.label for one in home.button if one.proto.type == "primary"]
    assert len(primary) == bool(button)
    if language == "en":
        assert sentence in card
        assert primary == ([button] if button else [])


def test_a_run_that_was_begun_comes_before_all_else_and_can_be_ended(
    store: Store, patient: str, patient_id: str
) -> None:
    recognition.begin(store, patient, BROWSER)
    home = page("patient/home.py", patient)
    assert "You have begun. 14 are left." in home.markdown[0].value
    next(button for button in home.button if button.label.startswith("End this run")).click()
    home.run()
    assert "a check with 21 faces" in home.markdown[0].value


def test_what_one_can_now_do_stands_below(monkeypatch: pytest.MonkeyPatch, patient: str, patient_id: str) -> None:
    monkeypatch.setattr(programme, "now_able", lambda *_: [Ability(Emotion.FEAR, 60)])
    home = home_of(monkeypatch, patient, trained=12)
    said = [one.value for one in home.markdown]
    assert any("Week 3 of 6: 12 of 30 days are done." in one for one in said)
    assert any("in most faces that show 60 % of it" in one for one in said)


def test_home_says_why_a_check_did_not_go_on_counting(
    monkeypatch: pytest.MonkeyPatch, store: Store, patient: str, patient_id: str
) -> None:
    agree_to_diary(store, patient, yes=False)
    led = Led(store, patient, monkeypatch)
    led.on(0).do_the_day()
    led.browser = replace(BROWSER, device="phone")
    led.on(1).do_the_day()
    day = led.on(2).today()
    assert (day.first, day.apart) == ((1, 7), 1)
    for language, said in (("en", "on another kind of device is kept"), ("es", "en otro tipo de dispositivo")):
        with monkeypatch.context() as patch:
            patch.setattr(programme, "today", lambda *_: day)
            shown = [one.value for one in page("patient/home.py", patient, language).markdown]
        assert any(said in one for one in shown)


@pytest.mark.usefixtures("old_default")
def test_without_a_programme_home_is_as_before(store: Store, clinician: str, patient: str) -> None:
    assert programme.today(store, patient) is None
    assert "A check with 42 faces" in page("patient/home.py", patient).markdown[0].value


def test_after_a_run_the_result_leads_on_to_the_next_part(store: Store, patient: str, patient_id: str) -> None:
    over = run_through(store, patient)
    assert over.kind is Kind.PRACTICE, "the warm-up"
    result = page("patient/result.py", patient)
    assert [b.label for b in result.button if b.proto.type == "primary"] == ["Go on: a check with 21 faces"]


def test_the_clinician_s_form_offers_it_to_who_has_not_begun_and_changes_it_in_plain_words(
    store: Store, clinician: str, patient: str
) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    form = page("clinician/patient.py", clinician, patient=patient_id)
    switch = next(one for one in form.toggle if one.label == "A programme leads through the days")
    assert switch.value is True
    next(one for one in form.multiselect if one.label == "In the programme").set_value(
        [part for part in LEFT_OUT if part is not DayPart.CHECK_IN]
    )
    next(one for one in form.toggle if one.label == "The programme rests for now").set_value(True)
    next(button for button in form.button if button.label == "Save the plan").click()
    form.run()
    plan = review(store, clinician, patient_id).plan
    assert plan.programme == six_weeks((DayPart.CHECK_IN,), paused=True)
    assert "lets the programme rest" in page("patient/home.py", patient).markdown[0].value


def test_it_can_be_switched_off(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    form = page("clinician/patient.py", clinician, patient=patient_id)
    next(one for one in form.toggle if one.label == "A programme leads through the days").set_value(False)
    next(button for button in form.button if button.label == "Save the plan").click()
    form.run()
    assert review(store, clinician, patient_id).plan == replace(PLAN, programme=None)


@pytest.mark.usefixtures("old_default")
def test_the_clinician_reads_days_pairs_strengths_and_what_was_expected(
    store: Store, clinician: str, patient: str
) -> None:
    patient_id = accounts.patients(store, clinician)[0].id
    answer_all(store, patient, recognition.begin(store, patient, BROWSER, Kind.PRACTICE), mistaken)
    plans.set_plan(store, clinician, patient_id, PLAN)
    record = page("clinician/patient.py", clinician, patient=patient_id)
    said = [one.value for one in record.markdown]
    assert "Getting to know: 0 of 7 days. Today is done." not in said
    assert "Getting to know: 0 of 7 days." in said
    pairs, levels, bands = (table.value for table in record.table[-3:])
    assert next(iter(pairs["Pair"])).endswith("(due)")
    assert len(levels) == len(Emotion)
    assert sum(int(faces) for faces in bands["Faces"]) == 14
    chosen = next(one for one in record.multiselect if one.label.startswith("Pairs to work on"))
    chosen.set_value([(Emotion.ANGRY, Emotion.SAD)])
    next(button for button in record.button if button.label == "Save the plan").click()
    record.run()
    assert review(store, clinician, patient_id).plan.pairs == ((Emotion.ANGRY, Emotion.SAD),)


def test_practice_is_offered_until_the_follow_up_and_not_in_it(
    monkeypatch: pytest.MonkeyPatch, patient: str, patient_id: str
) -> None:
    more = "A few faces more, if you like"
    ahead = home_of(monkeypatch, patient, trained=30, later=LaterChecks(184, 84, 6))
    assert [button.label for button in ahead.button] == [more]
    assert home_of(monkeypatch, patient, trained=30, checked=True, follow_up=(3, 6)).button.len == 0
    resting = programme_today(PLAN, six_weeks(paused=True), replace(FACTS, trained=30, follow_up=(3, 6)))
    monkeypatch.setattr(programme, "today", lambda *_: resting)
    assert page("patient/home.py", patient).button.len == 0


def test_until_the_follow_up_reminders_are_of_its_days(
    monkeypatch: pytest.MonkeyPatch, patient: str, patient_id: str
) -> None:
    first = date.today() + timedelta(days=84)
    home = home_of(monkeypatch, patient, trained=30, later=LaterChecks(first.toordinal(), 84, 6))
    assert [one.label for one in home.expander] == ["Reminders in my calendar"]
    assert any("The short looks begin on" in one.value for one in home.markdown)


def test_the_clinician_changes_the_follow_up_or_switches_it_off(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    form = page("clinician/patient.py", clinician, patient=patient_id)
    assert any("12 weeks after training follow 6 more: is it kept?" in one.value for one in form.markdown)
    next(one for one in form.number_input if one.label == "Weeks until then").set_value(26)
    next(one for one in form.number_input if one.label == "Checks then").set_value(8)
    next(button for button in form.button if button.label == "Save the plan").click()
    form.run()
    assert review(store, clinician, patient_id).plan == replace(PLAN, programme=six_weeks(follow_up=FollowUp(26, 8)))
    form = page("clinician/patient.py", clinician, patient=patient_id)
    off = next(one for one in form.toggle if one.label == "After the programme: short checks whether it is kept")
    off.set_value(False)
    next(button for button in form.button if button.label == "Save the plan").click()
    form.run()
    assert review(store, clinician, patient_id).plan == replace(PLAN, programme=six_weeks(follow_up=None))
