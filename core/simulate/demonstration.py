"""Demonstration database: invented accounts of every role, and months of training.

Rows are inserted in bulk and are of exactly the form that the services write; tests compare the two field by field.
"""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.domain.exercise.plan import Plan
from core.domain.network.rating import NetworkId
from core.domain.patient.consent import AnsweredBy, Decision, Purpose, Relation
from core.domain.people import Refusal, Role
from core.services.exercise.summary import refresh_missing_summaries
from core.services.faces.stimulus_sets import pool, unpack_builtin
from core.services.gate.passwords import hash_password
from core.services.privacy.consent_texts import text
from core.simulate import clinic
from core.simulate.cast import STAFF, InventedPatient, cast
from core.simulate.course import SimulatedCourse, SimulatedFaces, simulate_course
from core.simulate.expressions import Camera
from core.simulate.feelings import keeps_diary, simulate_diary
from core.simulate.learner import SHOWN, BlockTruth
from core.storage.database import Store
from core.storage.locks import start_lock
from core.storage.migrate import upgrade
from core.storage.queries import face_queries, opinion_queries, people_queries
from core.storage.tables import (
    Base,
    BlockRow,
    CareRow,
    CheckInRow,
    ConsentRow,
    DemoAccountRow,
    DiaryRow,
    ExposureRow,
    LifeEventRow,
    MinorRow,
    NetworkAnswerRow,
    NoteRow,
    PeopleAnswerRow,
    PersonRow,
    PlanRow,
    QuestionnaireScoreRow,
    SessionRow,
    TrialRow,
)

Answers = Mapping[str, Sequence[float]]
"""Seven probabilities by picture hash."""


class PatientTruth(TypedDict):
    """From what all that a patient did was drawn."""

    person_id: str
    learner: Mapping[str, object]
    """The fields of the Learner."""
    matrices: Mapping[str, Mapping[int, list[list[float]]]]
    """Shares by target and answer before any practice ("start") and now, by the strength of a face."""
    blocks: Sequence[BlockTruth]
    feelings: Mapping[str, float] | None
    """The ICCs of the diary; None of who keeps none."""


class DemonstrationTruth(TypedDict):
    """The truth behind every answer of a demonstration."""

    seed: int
    until: str
    """ISO 8601."""
    patients: Mapping[str, PatientTruth]
    """By code."""


def make(
    store: Store, now: datetime, seed: int = 1, patients: int = 40, network: tuple[NetworkId, Answers] | None = None
) -> DemonstrationTruth:
    """Fill the empty database of `store` with six months up to `now`; returns the truth behind every answer.

    Raises Refusal, with nothing changed, when somebody has an account there.
    """
    with start_lock(store):
        upgrade(store)
        with store.begin() as db:
            if people_queries.anyone(db):
                raise Refusal("Somebody has an account in this database. A demonstration needs one of its own.")
        unpack_builtin(store)
    with store.begin() as db:
        faces = _faces(store, db, network)
        invented = cast(patients, now, seed)
        staff = _staff(db, invented[0].joined - timedelta(weeks=30))
        study = clinic.begin_study(db, invented, staff[2], now, np.random.default_rng([seed, 0, 3]))
        first_answers: Counter[tuple[str, str]] = Counter()
        truth: dict[str, PatientTruth] = {}
        for place, patient in enumerate(invented):
            clinician = staff[patient.clinicians[0]]
            plan_id = _add_patient(db, patient, staff, study)
            random = np.random.default_rng([seed, place, 1])
            camera = _camera(patient, faces, network, np.random.default_rng([seed, place, 2]))
            if camera is not None:
                _insert(db, ConsentRow, [_word(patient, Purpose.CAMERA, AnsweredBy.PERSON, True)])
            course = simulate_course(
                patient.id,
                patient.learner,
                patient.habits,
                patient.plan,
                patient.browser,
                faces,
                now,
                random,
                plan_id,
                camera,
            )
            _add_course(db, patient.id, course)
            written = np.random.default_rng([seed, place, 4])
            _insert(db, QuestionnaireScoreRow, clinic.totals(patient, course, clinician, now, written))
            _insert(db, NoteRow, clinic.notes(patient, clinician))
            _insert(db, LifeEventRow, clinic.events(patient, clinician))
            feelings = _add_diary(db, patient, now, np.random.default_rng([seed, place, 5]))
            if patient.shares:
                first_answers.update(course.first_answers)
            truth[patient.code] = _truth(patient, course, feelings)
        _insert(db, PeopleAnswerRow, [_counted(*key, people) for key, people in first_answers.items()])
        stars = [(story, person) for (*_, story), person in zip(STAFF, staff, strict=True)]
        stars += [(patient.story, patient.id) for patient in invented if patient.story]
        db.add_all(DemoAccountRow(place=i, person_id=person, story=story) for i, (story, person) in enumerate(stars))
    refresh_missing_summaries(store)
    return {"seed": seed, "until": now.isoformat(), "patients": truth}


def _faces(store: Store, db: Session, network: tuple[NetworkId, Answers] | None) -> SimulatedFaces:
    row = face_queries.newest_set(db, "builtin")
    assert row is not None
    pools = {role: pool(db, row.id, role, role != "practice") for role in ("practice", "A", "B")}
    if network is None:
        return SimulatedFaces(row.id, row.version, pools, None, {})
    number = opinion_queries.network_row(db, network[0]).id
    rows = [{"picture_hash": h, "network_id": number, "probabilities": list(p)} for h, p in network[1].items()]
    _insert(db, NetworkAnswerRow, rows)
    opinion_queries.refresh_network_matrix(db, row.id, number)
    return SimulatedFaces(row.id, row.version, pools, number, network[1])


def _camera(
    patient: InventedPatient,
    faces: SimulatedFaces,
    network: tuple[NetworkId, Answers] | None,
    random: np.random.Generator,
) -> Camera | None:
    """The camera of those who agreed to one: who is offered at the sign-in, and a third of the other adults."""
    agrees = patient.story in {"middle", "weeks", "finished"} or (not patient.minor and random.random() < 1 / 3)
    if not agrees or patient.story == "new" or network is None or faces.network_id is None:
        return None
    lively = float(random.uniform(0.35, 0.85))
    return Camera(random, lively, faces.set_id, faces.pools["practice"], faces.network_id, network[0])


def _staff(db: Session, since: datetime) -> list[str]:
    """Accounts that nobody can enter by a password."""
    password = hash_password(secrets.token_urlsafe(), Role.CLINICIAN, STAFF[0][0])
    ids = [f"{place:032d}" for place in range(1, len(STAFF) + 1)]
    for person_id, (code, role, administrator, _story) in zip(ids, STAFF, strict=True):
        db.add(
            PersonRow(
                id=person_id,
                code=code,
                role=role,
                administrator=administrator,
                password_hash=password,
                created_at=since,
            )
        )
    db.flush()
    return ids


def _add_patient(
    db: Session, patient: InventedPatient, staff: Sequence[str], study: clinic.SimulatedStudy
) -> int | None:
    """The account, its care, consents and plan; returns the plan's id where a clinician or the study set one."""
    password = db.get_one(PersonRow, staff[0]).password_hash
    db.add(
        PersonRow(
            id=patient.id,
            code=patient.code,
            role="patient",
            password_hash=password,
            language=patient.browser.language,
            time_zone=patient.browser.time_zone,
            created_at=patient.joined,
        )
    )
    db.flush()
    db.add_all(CareRow(clinician_id=staff[place], patient_id=patient.id) for place in patient.clinicians)
    says = {Purpose.TREATMENT: True, Purpose.NORMS: patient.shares, Purpose.RESEARCH: patient.research}
    _insert(db, ConsentRow, [_word(patient, purpose, AnsweredBy.PERSON, yes) for purpose, yes in says.items()])
    if patient.minor:
        db.add(MinorRow(person_id=patient.id, marked_by=staff[patient.clinicians[0]], since=patient.joined))
        _insert(
            db, ConsentRow, [_word(patient, purpose, AnsweredBy.GUARDIAN, True) for purpose, yes in says.items() if yes]
        )
    enrolled_at = clinic.enrol(db, study, patient, staff[patient.clinicians[0]])
    if patient.plan == Plan() and enrolled_at is None:
        return None
    plan = PlanRow(
        person_id=patient.id,
        created_by=staff[patient.clinicians[0]],
        created_at=enrolled_at or patient.joined,
        content=patient.plan.to_json(),
    )
    db.add(plan)
    db.flush()
    return plan.id


def _word(patient: InventedPatient, purpose: Purpose, by: AnsweredBy, yes: bool) -> dict[str, object]:
    shown = text(purpose, patient.browser.language)
    return {
        "person_id": patient.id,
        "purpose": purpose,
        "by": by,
        "decision": Decision.YES if yes else Decision.NO,
        "version": shown.version,
        "language": shown.language,
        "text_hash": shown.hash,
        "at": patient.joined + timedelta(minutes=5),
        "relation": Relation.PARENT if by is AnsweredBy.GUARDIAN else None,
    }


def _add_course(db: Session, person_id: str, course: SimulatedCourse) -> None:
    _insert(db, SessionRow, course.sessions)
    _insert(db, BlockRow, course.blocks)
    _insert(db, TrialRow, course.trials)
    _insert(db, BlockRow, course.expressions)
    _insert(db, TrialRow, course.tries)
    met = [{"person_id": person_id, "what": what, "times": times} for what, times in course.exposures.items()]
    _insert(db, ExposureRow, met)


def _add_diary(
    db: Session, patient: InventedPatient, now: datetime, random: np.random.Generator
) -> dict[str, float] | None:
    """The diary of those who keep one; returns the ICCs from which it was drawn."""
    if not keeps_diary(patient, random):
        return None
    diary = simulate_diary(patient, now, random)
    _insert(db, ConsentRow, [_word(patient, Purpose.FEELINGS, AnsweredBy.PERSON, True)])
    _insert(db, CheckInRow, diary.check_ins)
    _insert(db, DiaryRow, diary.shown)
    return dict(diary.icc)


def _insert(db: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        db.execute(insert(table), rows)


def _counted(picture: str, response: str, number: int) -> dict[str, object]:
    return {"picture_hash": picture, "response": response, "people": number}


def _truth(patient: InventedPatient, course: SimulatedCourse, feelings: Mapping[str, float] | None) -> PatientTruth:
    practices = course.truth[-1]["practices"] if course.truth else 0
    return {
        "person_id": patient.id,
        "learner": patient.learner.to_json(),
        "matrices": {
            when: {level: patient.learner.sensitivity(level, n).round(6).tolist() for level in SHOWN}
            for when, n in (("start", 0), ("now", practices))
        },
        "blocks": course.truth,
        "feelings": feelings,
    }
