"""A check-in is kept part by part, by the person who agreed to it, whatever the line does."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from core.domain.days import day_of
from core.domain.emotions import Emotion
from core.domain.exercise.programme import DayPart
from core.domain.feelings.check_in import BodyMark, Part, PartNotUnderstood, Sensation, Zone
from core.domain.feelings.diary import RUNNING
from core.domain.feelings.words import THIRD_GRADE, feeling_words
from core.domain.patient.consent import NotAgreed, Purpose
from core.domain.people import NotAllowed
from core.services.exercise.left_out import leave_out
from core.services.feelings import check_ins, diary
from core.services.feelings.check_ins import GOES_ON
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import CheckInRow, now
from tests.history import run_through
from tests.services.feelings.acting import TIGHT_CHEST, agree_to_diary, check_in, tell
from tests.support import BROWSER, earlier, new_patient, says


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    token = new_patient(store, clinician)
    agree_to_diary(store, token)
    return token


@pytest.mark.both_databases
def test_a_whole_check_in_is_read_again_as_it_was_told(store: Store, patient: str) -> None:
    told = check_in(store, patient, words=("worried", "nervous"), own_word="like fog", note="Before the exam")
    [entry] = diary.mine(store, patient).entries
    assert entry.id == told
    assert entry.body == {Zone.CHEST: BodyMark(2, Sensation.TIGHT)}
    assert (entry.pleasant, entry.energy, entry.strength) == (-1, 2, 3)
    assert (entry.words, entry.own_word, entry.unnamed) == (("worried", "nervous"), "like fog", False)
    assert entry.ratings == {"angry": 0, "sad": 1, "afraid": 3, "ashamed": 0}
    assert (entry.with_whom, entry.place, entry.note, entry.shared) == ("alone", "home", "Before the exam", False)


def test_nothing_is_asked_of_who_did_not_agree_and_nothing_kept_of_who_took_it_back(
    store: Store, clinician: str
) -> None:
    patient = new_patient(store, clinician)
    with pytest.raises(NotAgreed):
        check_ins.begin(store, patient, BROWSER)
    agree_to_diary(store, patient)
    begun = check_ins.begin(store, patient, BROWSER).entry.id
    tell(store, patient, begun, ("body", TIGHT_CHEST))
    agree_to_diary(store, patient, False)
    with pytest.raises(NotAgreed):
        tell(store, patient, begun, ("words", {"words": ["sad"]}))
    [kept] = diary.mine(store, patient).entries
    assert kept.words == ()


def test_who_takes_back_the_consent_to_a_record_checks_in_no_more(store: Store, patient: str) -> None:
    consents.decide(store, patient, Purpose.TREATMENT, newest(Purpose.TREATMENT), False)
    with pytest.raises(NotAgreed):
        check_ins.begin(store, patient, BROWSER)


def test_a_check_in_of_which_every_part_was_left_out_is_kept_as_unnamed(store: Store, patient: str) -> None:
    begun = check_ins.begin(store, patient, BROWSER).entry.id
    state = tell(store, patient, begun, *((part, None) for part in Part))
    assert (state.told, state.over, state.help) == (tuple(Part)[:-1], True, False)
    [entry] = diary.mine(store, patient).entries
    assert entry.unnamed
    assert (entry.body, entry.pleasant, entry.words, entry.ratings, entry.note) == (None, None, (), {}, None)


def test_a_page_that_was_only_opened_is_no_check_in(store: Store, patient: str) -> None:
    check_ins.begin(store, patient, BROWSER)
    assert diary.mine(store, patient).entries == ()


def test_who_comes_back_soon_goes_on_where_they_were_and_later_begins_anew(store: Store, patient: str) -> None:
    begun = check_ins.begin(store, patient, BROWSER).entry.id
    tell(store, patient, begun, ("body", TIGHT_CHEST), ("grid", None))
    again = check_ins.begin(store, patient, BROWSER)
    assert (again.entry.id, again.told) == (begun, (Part.BODY, Part.GRID))
    with store.begin() as db:
        db.execute(update(CheckInRow).values(at=now() - GOES_ON - timedelta(minutes=1)))
    later = check_ins.begin(store, patient, BROWSER)
    assert later.entry.id != begun
    assert [entry.id for entry in diary.mine(store, patient).entries] == [begun], "kept as far as it came"


def test_a_part_that_is_told_twice_or_anew_is_kept_once_as_it_was_last(store: Store, patient: str) -> None:
    begun = check_ins.begin(store, patient, BROWSER).entry.id
    for strength in (2, 2, 5):
        tell(store, patient, begun, ("grid", {"pleasant": 1, "energy": 0, "strength": strength}))
    [entry] = diary.mine(store, patient).entries
    assert entry.strength == 5
    assert check_ins.begin(store, patient, BROWSER).told == (Part.GRID,)


def test_of_a_batch_that_is_not_understood_nothing_is_kept(store: Store, patient: str) -> None:
    begun = check_ins.begin(store, patient, BROWSER).entry.id
    with pytest.raises(PartNotUnderstood):
        tell(store, patient, begun, ("body", TIGHT_CHEST), ("grid", {"pleasant": 9, "energy": 0}))
    assert diary.mine(store, patient).entries == ()


def test_a_check_in_is_its_person_s_alone(store: Store, clinician: str, patient: str) -> None:
    told = check_in(store, patient)
    other = new_patient(store, clinician, "P-02")
    agree_to_diary(store, other)
    with pytest.raises(NotAllowed):
        tell(store, other, told, ("words", {"words": ["sad"]}))
    with pytest.raises(NotAllowed):
        check_ins.again(store, other, told)
    with pytest.raises(NotAllowed):
        diary.delete(store, other, told)
    assert diary.mine(store, other).entries == ()


def test_finer_words_are_offered_after_eight_check_ins_with_three_words(store: Store, patient: str) -> None:
    assert check_ins.begin(store, patient, BROWSER).grade == 1
    for word in ("sad", "angry", "calm", "sad", "sad", "sad", "sad", "sad"):
        check_in(store, patient, words=(word,))
    assert check_ins.begin(store, patient, BROWSER).grade == 2


def test_whoever_chose_a_finer_word_is_offered_such_words_from_then_on(store: Store, patient: str) -> None:
    check_in(store, patient, words=("disappointed",))
    assert feeling_words()["disappointed"].grade == 2
    assert check_ins.begin(store, patient, BROWSER).grade == 2


@pytest.mark.both_databases
def test_beginning_and_ending_one_reads_no_more_after_a_hundred(store: Store, patient: str) -> None:
    first = check_in(store, patient, own_word="fog", note="Before the exam")
    few = _rows_read(store, patient)
    with store.begin() as db:
        whose = db.scalars(select(CheckInRow.person_id).where(CheckInRow.id == first)).one()
        for number in range(100):
            at = earlier(now(), number + 1)
            row = CheckInRow(person_id=whose, day=day_of(at, zone_of(db, whose)), at=at, told=["grid"])
            feelings_queries.fill(db, row, {"pleasant": -1, "strength": 2, "note": f"day {number}"})
            db.add(row)
    assert _rows_read(store, patient) <= few + THIRD_GRADE + RUNNING
    assert check_ins.begin(store, patient, BROWSER).grade == 3


def _rows_read(store: Store, patient: str) -> int:
    """Check-ins that are loaded for a whole one."""
    loaded: list[object] = []

    def count(row: object, _context: object) -> None:
        loaded.append(row)

    event.listen(CheckInRow, "load", count)
    check_in(store, patient)
    event.remove(CheckInRow, "load", count)
    return len(loaded)


def test_a_diary_reads_its_key_once(store: Store, patient: str) -> None:
    for _ in range(3):
        check_in(store, patient, own_word="fog", note="Before the exam")
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    assert [entry.own_word for entry in diary.mine(store, patient).entries] == ["fog"] * 3
    assert sum("person_keys" in one for one in said) == 1


def test_where_help_is_is_said_after_three_strong_unpleasant_ones_running(store: Store, patient: str) -> None:
    for _ in range(2):
        check_in(store, patient, grid=(-2, 2, 5))
        assert not diary.mine(store, patient).help
    begun = check_ins.begin(store, patient, BROWSER).entry.id
    hard = ("grid", {"pleasant": -1, "energy": -1, "strength": 4})
    assert not tell(store, patient, begun, hard).help, "not before its end"
    assert tell(store, patient, begun, ("done", None)).help
    assert diary.mine(store, patient).help


def test_an_entry_is_answered_anew_as_it_stands_and_deleted_for_good(store: Store, patient: str) -> None:
    told = check_in(store, patient, own_word="fog", note="Before the exam")
    again = check_ins.again(store, patient, told)
    assert (again.entry.note, again.told, again.asked, again.anew) == ("Before the exam", (), tuple(Part)[:-1], True)
    tell(store, patient, told, ("words", {"words": ["sad"]}), ("done", None))
    [entry] = diary.mine(store, patient).entries
    assert (entry.words, entry.own_word, entry.note) == (("sad",), None, "Before the exam")
    diary.delete(store, patient, told)
    assert diary.mine(store, patient).entries == ()
    with store.begin() as db:
        row = db.scalars(select(CheckInRow)).one()
        assert (row.note, row.own_word, row.words, row.ratings, row.body) == (None, None, [], {}, None)


def test_answering_anew_is_no_further_check_in_and_asks_for_the_consent(store: Store, patient: str) -> None:
    first, second = check_in(store, patient), check_in(store, patient)
    check_ins.again(store, patient, first)
    tell(store, patient, first, ("grid", {"pleasant": 2, "energy": 0}), ("done", None))
    assert [(one.id, one.pleasant) for one in diary.mine(store, patient).entries] == [(first, 2), (second, -1)]
    agree_to_diary(store, patient, False)
    with pytest.raises(NotAgreed):
        check_ins.again(store, patient, first)


def test_what_a_browser_without_a_line_kept_does_not_bring_a_deleted_entry_back(store: Store, patient: str) -> None:
    told = check_in(store, patient)
    diary.delete(store, patient, told)
    tell(store, patient, told, ("situation", {"note": "late"}), ("done", None))
    with pytest.raises(NotAllowed):
        check_ins.again(store, patient, told)
    assert diary.mine(store, patient).entries == ()


def test_the_end_of_the_day_s_first_run_may_ask_about_oneself_and_no_other_run(store: Store, clinician: str) -> None:
    patient = new_patient(store, clinician)
    run_through(store, patient, lambda trial: says(Emotion.SAD))
    assert not check_ins.is_to_be_asked(store, patient), "who keeps no diary is not asked"
    agree_to_diary(store, patient)
    assert check_ins.is_to_be_asked(store, patient)
    run_through(store, patient, lambda trial: says(Emotion.SAD))
    assert not check_ins.is_to_be_asked(store, patient)


def test_who_has_checked_in_today_is_not_asked(store: Store, patient: str) -> None:
    run_through(store, patient, lambda trial: says(Emotion.SAD))
    assert check_ins.is_to_be_asked(store, patient)
    check_in(store, patient)
    assert not check_ins.is_to_be_asked(store, patient)


def test_who_has_left_the_check_in_out_today_is_not_asked(store: Store, patient: str) -> None:
    run_through(store, patient, lambda trial: says(Emotion.SAD))
    leave_out(store, patient, DayPart.CHECK_IN)
    assert not check_ins.is_to_be_asked(store, patient)
