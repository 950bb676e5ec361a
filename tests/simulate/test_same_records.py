"""What the staff of a demonstration wrote down is what the services write when somebody enters the same."""

from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from core.domain.exercise.plan import Plan
from core.domain.patient.consent import Purpose
from core.domain.patient.events import EventKind
from core.domain.people import Role
from core.services.accounts import accounts, invitations
from core.services.clinic import notes, questionnaires
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.services.research import studies
from core.services.research.studies import Arm
from core.simulate.demonstration import make
from core.storage.database import Store
from core.storage.tables import (
    Base,
    EnrolmentRow,
    LifeEventRow,
    NoteRow,
    PersonRow,
    PlanRow,
    QuestionnaireScoreRow,
    StudyArmRow,
    StudyRow,
)
from tests.simulate.living import UNTIL
from tests.support import PASSWORD, new_clinician, new_patient_before_blocks, new_store

Row = TypeVar("Row", bound=Base)
OTHERS = {"id", "study_id", "person_id", "author_id", "entered_by", "enrolled_by", "created_by"}
CLOCK = {"at", "entered_at", "enrolled_at", "withdrawn_at", "created_at"}


def rows(store: Store, table: type[Row]) -> list[Row]:
    with store.begin() as db:
        return list(db.scalars(select(table)))


def parts(store: Store) -> list[EnrolmentRow]:
    """Who takes part, in the order of the allocation."""
    return sorted(rows(store, EnrolmentRow), key=lambda row: row.place)


def filled(row: Base) -> dict[str, Any]:
    """What a row holds; of who, which and when only whether it says so."""
    values = {name: getattr(row, name) for name in row.__table__.columns.keys()}  # noqa: SIM118
    return {name: value is not None if name in OTHERS | CLOCK else value for name, value in values.items()}


@pytest.fixture
def shown(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'demo.db'}")
    make(store, UNTIL, patients=8)
    return store


def replay(shown: Store, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter through the services, in the same order, what the demonstration `shown` holds."""
    codes = {row.id: row.code for row in rows(shown, PersonRow)}
    clinician = new_clinician(store)
    link = invitations.invite_colleague(store, clinician, "R. Luna", Role.RESEARCHER)
    researcher = accounts.accept_invitation(store, link, PASSWORD, "en")
    tokens = {
        code: new_patient_before_blocks(store, clinician, code) for code in codes.values() if code.startswith("P-")
    }
    account = {one.code: one.id for one in accounts.patients(store, clinician)}
    ids = {person_id: account[code] for person_id, code in codes.items() if code in account}

    (study,) = rows(shown, StudyRow)
    monkeypatch.setattr("core.services.research.studies.secrets.randbits", lambda _bits: study.seed)
    arms = [Arm(row.name, Plan.from_json(row.plan)) for row in rows(shown, StudyArmRow)]
    study_id = studies.make_study(store, researcher, study.name, study.protocol, arms)
    for part in parts(shown):
        yes = newest(Purpose.RESEARCH)
        consents.decide(store, tokens[codes[part.person_id]], Purpose.RESEARCH, yes, True)
        studies.enrol(store, clinician, ids[part.person_id], study_id)
        if part.withdrawn_at:
            studies.withdraw(store, clinician, ids[part.person_id])
    for total in rows(shown, QuestionnaireScoreRow):
        person = ids[total.person_id]
        questionnaires.enter(store, clinician, person, total.questionnaire, total.filled_on, total.total)
    for note in rows(shown, NoteRow):
        notes.add_note(store, clinician, ids[note.person_id], note.text)
    for event in rows(shown, LifeEventRow):
        person, kind = ids[event.person_id], EventKind(event.kind)
        notes.add_event(store, clinician, person, event.happened_on, kind, event.text)


def test_a_study_totals_notes_and_events_equal_entered_ones_field_by_field(
    shown: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(tmp_path)
    replay(shown, store, monkeypatch)
    for table in (StudyRow, StudyArmRow, QuestionnaireScoreRow, NoteRow, LifeEventRow):
        drawn = [filled(row) for row in rows(shown, table)]
        assert drawn == [filled(row) for row in rows(store, table)]
        assert drawn
    assert [filled(row) for row in parts(shown)] == [filled(row) for row in parts(store)]
    taking_part = {row.person_id for row in parts(shown)}
    plans = [filled(row) for row in rows(shown, PlanRow) if row.person_id in taking_part]
    assert plans == [filled(row) for row in rows(store, PlanRow)]
