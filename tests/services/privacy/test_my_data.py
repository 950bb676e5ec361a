"""A person's copy of their data: all of theirs, nobody else's, no secret."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import Table
from sqlalchemy.sql import visitors

from core.domain.emotions import Emotion
from core.services.accounts import accounts
from core.services.clinic import notes
from core.services.exercise import progress, recognition
from core.services.privacy import erasure, my_data
from core.services.research import studies
from core.storage.database import Store
from core.storage.tables import Base
from tests.history import answer
from tests.services.research.conftest import clinic_in
from tests.support import BROWSER, new_patient, says


@pytest.mark.usefixtures("old_default")
@pytest.mark.both_databases
def test_the_copy_has_every_answer_of_the_person_and_of_nobody_else(store: Store, clinician: str) -> None:
    mine, other = new_patient(store, clinician, "P-01"), new_patient(store, clinician, "P-02")
    for token in (mine, other):
        block = recognition.begin(store, token, BROWSER)
        answer(store, token, block, 1, says(Emotion.FEAR), BROWSER)
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(store, mine))) as packed:
        tables = {name: packed.read(name).decode() for name in packed.namelist()}
    trials = json.loads(tables["json/trials.json"])
    assert (len(trials), trials[0]["response"], trials[0]["name"]) == (42, "fear", "builtin")
    assert [row["response"] for row in csv.DictReader(io.StringIO(tables["csv/trials.csv"]))][:2] == ["fear", ""]
    assert [row["purpose"] for row in json.loads(tables["json/consents.json"])] == ["treatment", "norms", "research"]
    assert json.loads(tables["json/account.json"])[0]["code"] == "P-01"
    assert json.loads(tables["json/care.json"]) == [{"code": "Dr Vega"}]
    assert json.loads(tables["json/views.json"]) == []
    everything = "".join(tables.values())
    assert "P-02" not in everything
    assert "$argon2" not in everything
    assert "token_hash" not in everything


def test_the_copy_says_when_the_staff_looked_and_that_deletion_was_asked_for(store: Store, clinician: str) -> None:
    token = new_patient(store, clinician, "P-01")
    (patient,) = accounts.patients(store, clinician)
    progress.progress(store, clinician, patient.id)
    erasure.ask(store, token)
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(store, token))) as packed:
        views = json.loads(packed.read("json/views.json"))
        asked = json.loads(packed.read("json/erasure.json"))
    assert [view["act"] for view in views] == ["view", "erasure-asked"]
    assert len(asked) == 1
    assert "Dr Vega" not in str(views)


def test_a_note_that_begins_like_a_formula_is_harmless_in_the_table_and_as_it_was_in_json(
    store: Store, clinician: str
) -> None:
    token = new_patient(store, clinician, "P-01")
    (patient,) = accounts.patients(store, clinician)
    notes.add_note(store, clinician, patient.id, "=1+1")
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(store, token))) as packed:
        [note] = csv.DictReader(io.StringIO(packed.read("csv/notes.csv").decode()))
        assert note["text"] == "'=1+1"
        assert json.loads(packed.read("json/notes.json"))[0]["text"] == "=1+1"


def test_the_copy_has_the_texts_that_were_agreed_to_and_the_group_in_a_study(stocked: Store) -> None:
    place = clinic_in(stocked)
    patient, token = place.patient("P-01")
    drawn = studies.enrol(stocked, place.clinician, patient, place.study())
    with zipfile.ZipFile(io.BytesIO(my_data.copy_of(stocked, token))) as packed:
        [study] = json.loads(packed.read("json/studies.json"))
        texts = {name: packed.read(name).decode() for name in packed.namelist() if name.startswith("consents/")}
        kept = {row["text_hash"] for row in json.loads(packed.read("json/consents.json"))}
    assert study["arm"] == drawn.arm
    assert "consents/research-1.en.md" in texts
    assert {hashlib.sha256(said.encode()).hexdigest() for said in texts.values()} == kept


def test_every_table_about_a_person_is_in_the_copy_or_is_named_here_as_left_out() -> None:
    about_people = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name == "people" for key in table.foreign_keys)
    }
    given = {
        part.name
        for query in my_data._queries("somebody", "a name").values()
        for table in query.get_final_froms()
        for part in visitors.iterate(table)
        if isinstance(part, Table)
    }
    staffs_or_secret = {"approvals", "second_factors", "recovery_codes", "invented", "network_choices", "person_keys"}
    assert about_people - given == staffs_or_secret
