"""Questionnaires that patients fill in: kept item by item, scored at the end, beside what clinicians enter."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from core.domain.exercise.events import NotUnderstood
from core.domain.exercise.selection import Selection
from core.domain.patient.consent import NotAgreed, Purpose
from core.domain.patient.questionnaire_items import ItemAnswers, ItemsNotUnderstood
from core.domain.people import NotAllowed, Refusal
from core.services.accounts import accounts
from core.services.clinic import filling_in, items_files, questionnaires
from core.services.clinic.filling_in import AskedForm
from core.services.privacy import consents, erasure, my_data
from core.services.privacy.consent_texts import newest
from core.services.research.export import export_by_command
from core.storage.database import Store
from core.storage.tables import QuestionnaireAnswerRow, QuestionnaireFormRow, now
from tests.e2e.people import finish_runs, id_of
from tests.items import ITEMS, licensed, write_items
from tests.services.research.later import weeks_later
from tests.support import new_clinician, new_patient

ALL = {1: 5, 2: 1, 3: None, 4: 2}
"""5 + (6 − 1), and twice 6 − 2: the third is left out."""
TOTAL, SUBSCALES = 18, {"SEA": 10, "SKY": 8}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with licensed(tmp_path / "items") as there:
        yield there


@pytest.fixture
def clinician(store: Store, folder: Path) -> str:
    return new_clinician(store)


@pytest.fixture
def patient(store: Store, clinician: str) -> str:
    return new_patient(store, clinician)


@pytest.fixture
def patient_id(store: Store, patient: str) -> str:
    return id_of(store, "P-01")


@pytest.fixture
def form_id(store: Store, clinician: str, patient: str, patient_id: str) -> str:
    filling_in.ask(store, clinician, patient_id, "inv")
    return asked(store, patient).id


def asked(store: Store, patient: str) -> AskedForm:
    [found] = filling_in.mine(store, patient)
    return found


def tell(store: Store, patient: str, form_id: str, given: Mapping[int, int | None], done: bool = False) -> bool:
    return filling_in.take(store, patient, form_id, ItemAnswers(tuple(given.items()), done, 9)).over


def test_each_item_is_kept_and_the_last_word_on_it_counts(store: Store, patient: str, form_id: str) -> None:
    assert not tell(store, patient, form_id, {1: 5})
    assert not tell(store, patient, form_id, {1: 4, 2: None})
    assert filling_in.form(store, patient, form_id).given == {1: 4, 2: None}
    assert (asked(store, patient).told, asked(store, patient).of) == (2, 4)


def test_the_total_stands_among_those_that_clinicians_enter(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str
) -> None:
    questionnaires.enter(store, clinician, patient_id, "inv", datetime(2026, 1, 2).date(), 9)
    assert tell(store, patient, form_id, ALL, done=True)
    typed, filled_in = questionnaires.scores(store, clinician, patient_id)
    assert (typed.total, typed.by_person, typed.entered_by) == (9, False, "Dr Vega")
    assert (filled_in.total, filled_in.by_person, filled_in.left_out) == (TOTAL, True, 1)
    assert filled_in.subscales == SUBSCALES
    assert filling_in.mine(store, patient) == []


def test_the_end_comes_only_after_every_item_and_then_nothing_changes(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str
) -> None:
    assert not tell(store, patient, form_id, {1: 5}, done=True)
    assert tell(store, patient, form_id, ALL, done=True)
    assert tell(store, patient, form_id, {1: 1}, done=True)
    [found] = questionnaires.scores(store, clinician, patient_id)
    assert found.total == TOTAL


def test_with_too_many_left_out_there_is_no_total_and_it_is_said(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str
) -> None:
    assert tell(store, patient, form_id, {1: None, 2: None, 3: 1, 4: 1}, done=True)
    assert questionnaires.scores(store, clinician, patient_id) == []
    [form] = filling_in.asked_of(store, clinician, patient_id)
    assert (form.total, form.left_out) == (None, 2)


def test_a_total_of_that_day_that_a_clinician_entered_stays(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str
) -> None:
    questionnaires.enter(store, clinician, patient_id, "inv", now().date(), 9)
    assert tell(store, patient, form_id, ALL, done=True)
    [kept] = questionnaires.scores(store, clinician, patient_id)
    [form] = filling_in.asked_of(store, clinician, patient_id)
    assert (kept.total, form.total) == (9, TOTAL)


def test_it_is_asked_once_at_a_time(store: Store, clinician: str, patient: str, patient_id: str, form_id: str) -> None:
    filling_in.ask(store, clinician, patient_id, "inv")
    assert asked(store, patient).id == form_id
    tell(store, patient, form_id, ALL, done=True)
    filling_in.ask(store, clinician, patient_id, "inv")
    assert asked(store, patient).id != form_id


def test_what_was_asked_is_taken_back_with_its_answers_until_it_is_filled_in(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str
) -> None:
    tell(store, patient, form_id, {1: 5})
    filling_in.withdraw(store, clinician, patient_id, form_id)
    assert filling_in.mine(store, patient) == []
    with store.begin() as db:
        assert db.get(QuestionnaireAnswerRow, (form_id, 1)) is None
    with pytest.raises(NotAllowed, match="not asked for any more"):
        filling_in.withdraw(store, clinician, patient_id, form_id)
    filling_in.ask(store, clinician, patient_id, "inv")
    again = asked(store, patient).id
    tell(store, patient, again, ALL, done=True)
    with pytest.raises(Refusal, match="is filled in"):
        filling_in.withdraw(store, clinician, patient_id, again)


@pytest.mark.parametrize("given", [{0: 1}, {5: 1}, {1: 0}, {1: 6}])
def test_an_item_or_a_value_that_there_is_not_is_refused_and_nothing_of_the_batch_kept(
    store: Store, patient: str, form_id: str, given: dict[int, int | None]
) -> None:
    with pytest.raises(NotUnderstood):
        tell(store, patient, form_id, {2: 3, **given})
    assert filling_in.form(store, patient, form_id).given == {}


def test_without_a_consent_to_the_record_nothing_is_kept(store: Store, patient: str, form_id: str) -> None:
    consents.decide(store, patient, Purpose.TREATMENT, newest(Purpose.TREATMENT), False)
    with pytest.raises(NotAgreed):
        tell(store, patient, form_id, {1: 5})


def test_another_file_or_none_is_said_and_what_was_answered_stays(
    store: Store, patient: str, form_id: str, folder: Path
) -> None:
    tell(store, patient, form_id, {1: 5})
    write_items(folder, licence="Another")
    with pytest.raises(Refusal, match="were changed meanwhile"):
        filling_in.form(store, patient, form_id)
    (folder / "inv.json").unlink()
    with pytest.raises(Refusal, match="are not here"):
        tell(store, patient, form_id, {2: 5})
    write_items(folder)
    assert filling_in.form(store, patient, form_id).given == {1: 5}


def test_items_in_another_language_than_the_patient_s_are_not_asked(
    store: Store, clinician: str, patient: str, patient_id: str, folder: Path
) -> None:
    spanish = json.loads(json.dumps(ITEMS).replace('"en": ', '"de": '))
    write_items(folder, **spanish)
    with pytest.raises(Refusal, match="are here in de, es, this patient’s pages in another language"):
        filling_in.ask(store, clinician, patient_id, "inv")
    accounts.set_language(store, patient, "es")
    filling_in.ask(store, clinician, patient_id, "inv")
    assert filling_in.form(store, patient, asked(store, patient).id).language == "es"


def test_files_that_cannot_be_used_are_named_beside_those_that_can(folder: Path) -> None:
    (folder / "tas20.json").write_text("{", encoding="utf-8")
    write_items(folder, "nobody")
    write_items(folder, "oas")
    usable, wrong = items_files.available()
    assert list(usable) == ["inv"]
    said = sorted(map(str, wrong))
    assert "nobody.json cannot be used: no questionnaire is called that; expected one of" in said[0]
    assert "oas.json cannot be used: items is 4; expected 33 items" in said[1]
    assert "tas20.json cannot be used: it is no JSON" in said[2]
    with pytest.raises(ItemsNotUnderstood):
        items_files.items_of("tas20")


@pytest.mark.parametrize("key", ["../inv", "nowhere/../inv", ""])
def test_no_other_file_is_read(folder: Path, key: str) -> None:
    write_items(folder.parent)
    with pytest.raises(Refusal, match="are not here"):
        items_files.items_of(key)


def test_the_patient_s_copy_has_each_answer(store: Store, patient: str, form_id: str) -> None:
    tell(store, patient, form_id, ALL, done=True)
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(store, patient))) as packed:
        answers = json.loads(packed.read("json/answers.json"))
        [form] = json.loads(packed.read("json/forms.json"))
        [score] = json.loads(packed.read("json/questionnaires.json"))
    assert {one["number"]: one["value"] for one in answers} == ALL
    assert (form["total"], score["total"], score["subscales"]) == (TOTAL, TOTAL, SUBSCALES)


def test_an_erasure_leaves_nothing_of_it(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str
) -> None:
    tell(store, patient, form_id, ALL, done=True)
    erasure.erase(store, clinician, patient_id, "P-01")
    with store.begin() as db:
        assert db.get(QuestionnaireFormRow, form_id) is None
        assert db.get(QuestionnaireAnswerRow, (form_id, 1)) is None


def test_an_export_says_who_filled_it_in_with_its_subscales(
    store: Store, clinician: str, patient: str, patient_id: str, form_id: str, tmp_path: Path
) -> None:
    consents.decide(store, patient, Purpose.RESEARCH, newest(Purpose.RESEARCH), True)
    questionnaires.enter(store, clinician, patient_id, "inv", datetime(2026, 1, 2).date(), 9)
    tell(store, patient, form_id, ALL, done=True)
    finish_runs(store, patient, 1)
    with weeks_later():
        export_by_command(store, Selection(), tmp_path / "export", lambda rows: True)
    with (tmp_path / "export" / "phenotype" / "inv.tsv").open(encoding="utf-8") as file:
        [row] = csv.DictReader(file, delimiter="\t")
    assert [row[f"{name}_1"] for name in ("total", "by_person", "left_out", "subscale_SEA")] == [
        "9",
        "false",
        "n/a",
        "n/a",
    ]
    assert [row[f"{name}_2"] for name in ("total", "by_person", "left_out", "subscale_SEA", "subscale_SKY")] == [
        "18",
        "true",
        "1",
        "10",
        "8",
    ]
