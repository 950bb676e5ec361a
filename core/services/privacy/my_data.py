"""Copy of one's own data (GDPR Art. 15 and 20): all that is kept about a person, without secrets and pictures."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from textwrap import fill
from typing import Any, NamedTuple

from sqlalchemy import Executable, Select, select
from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.people import Role
from core.export.cells import harmless
from core.services.gate.access import require
from core.services.gate.audit import PURPOSE
from core.services.privacy.consent_texts import FOLDER
from core.storage.database import Store
from core.storage.feelings.feelings_queries import HIDDEN
from core.storage.feelings.own_words import OwnWords
from core.storage.queries.pseudonym_queries import pseudonym
from core.storage.tables import (
    IN_ORDER,
    AccountEventRow,
    AuditRow,
    BlockRow,
    CareRow,
    CheckInRow,
    ConsentRow,
    CoursePartRow,
    DiaryRow,
    EnrolmentRow,
    ErasureRequestRow,
    ExposureRow,
    IdentityRow,
    InvitationRow,
    KnownBrowserRow,
    LeftOutPartRow,
    LifeEventRow,
    MinorRow,
    NoteRow,
    PersonRow,
    PlanRow,
    QuestionnaireAnswerRow,
    QuestionnaireFormRow,
    QuestionnaireScoreRow,
    SessionRow,
    SignInRow,
    StimulusRow,
    StimulusSetRow,
    StudyArmRow,
    StudyRow,
    SummaryRow,
    TrainingDayRow,
    TrialRow,
    now,
)
from core.storage.trials import score_missing
from core.translations import N_, say_in_each

INTRODUCTION = N_("This is a copy of everything that is kept about you. Times are UTC.")
TABLES = {
    "account": N_("your account"),
    "consents": N_("what you said yes or no to; the texts themselves are in the folder consents"),
    "minor": N_("whether a guardian consents too"),
    "care": N_("who cares for you"),
    "invitations": N_("one-time links you were given"),
    "sign_ins": N_("where you were signed in"),
    "browsers": N_("when you last signed in at each browser that is known"),
    "identities": N_("how you are known where you sign in elsewhere"),
    "events": N_("what happened to your account"),
    "plans": N_("what you train"),
    "standing": N_("how your checks went so far, as your clinician's list shows it"),
    "course": N_("parts of your plan that are over, and what was found of change"),
    "days": N_("how long you practised on each day"),
    "left_out": N_("what you left out of your day, the last time that you did"),
    "notes": N_("what your clinicians noted about you"),
    "life_events": N_("what they put on your time line"),
    "questionnaires": N_("totals of questionnaires"),
    "forms": N_("questionnaires you were asked to fill in"),
    "answers": N_("what you answered to each of their items; an empty one was left out"),
    "studies": N_("studies you took part in, and your group there"),
    "erasure": N_("whether you asked for deletion"),
    "views": N_("when somebody on the staff saw or changed something of yours"),
    "sessions": N_("sittings"),
    "blocks": N_("runs of faces, and of your own expressions"),
    "trials": N_(
        "every face and what you answered; every expression you showed to the camera: what was meant, and the seven "
        "numbers that the network made of it (no picture was ever kept)"
    ),
    "exposures": N_("how often you met a face or a person"),
    "check_ins": N_("your check-ins: what you felt, your own words and your notes"),
    "diary": N_("since when you show your clinicians all of your check-ins"),
}
"""What each table holds, in the order of the copy's own words."""
RIGHTS = N_(
    'Purpose: your training and treatment, and what you agreed to in "consents". Recipients: you, the clinicians who '
    "care for you, researchers if you agreed (without your code). You may have it corrected or deleted, and may "
    "complain to the data protection authority of your country. No decision about you is made by a machine."
)
_WIDTH, _NAME = 118, 11
_PART = (
    *(CoursePartRow.phase, CoursePartRow.part, CoursePartRow.closed_on, CoursePartRow.by_clinician),
    *(CoursePartRow.checks, CoursePartRow.verdict, CoursePartRow.figures),
)
_ACCOUNT = (
    PersonRow.id,
    PersonRow.code,
    PersonRow.role,
    PersonRow.language,
    PersonRow.time_zone,
    PersonRow.active,
    PersonRow.created_at,
)
_SIGN_IN = (SignInRow.device, SignInRow.created_at, SignInRow.last_seen_at, SignInRow.expires_at, SignInRow.ended_at)
_NOTE = (NoteRow.at, NoteRow.changed_at, NoteRow.text)
_LIFE = (LifeEventRow.happened_on, LifeEventRow.kind, LifeEventRow.text)
_SCORE = (
    *(QuestionnaireScoreRow.questionnaire, QuestionnaireScoreRow.filled_on, QuestionnaireScoreRow.total),
    *(QuestionnaireScoreRow.form_id, QuestionnaireScoreRow.subscales, QuestionnaireScoreRow.left_out),
)
_ASKED = QuestionnaireFormRow.asked_at
_FORM = (
    *(QuestionnaireFormRow.id, QuestionnaireFormRow.questionnaire, _ASKED, QuestionnaireFormRow.language),
    *(QuestionnaireFormRow.items, QuestionnaireFormRow.ended_at, QuestionnaireFormRow.total),
)
_LINK = (InvitationRow.created_at, InvitationRow.expires_at, InvitationRow.used_at)


class CopiedTable(NamedTuple):
    """A table of the copy; its cells are what the database has."""

    columns: list[str]
    rows: Sequence[Sequence[object]]


def copy_of(store: Store, token: str) -> bytes:
    """A zip with each table about the signed-in patient twice, as CSV and as JSON, and a file that explains them."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        score_missing(db, BlockRow.person_id == person.id)
        queries = _queries(person.id, pseudonym(db, person.id, PURPOSE))
        tables = {name: _read(db, query) for name, query in queries.items()}
        tables["check_ins"] = _in_the_clear(db, person.id, tables["check_ins"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", _about())
        for name, table in tables.items():
            file.writestr(f"csv/{name}.csv", _as_csv(table))
            records = [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]
            file.writestr(f"json/{name}.json", json.dumps(records, ensure_ascii=False, indent=1))
        for name, said in _texts(tables["consents"]).items():
            file.writestr(f"consents/{name}.md", said)
    return packed.getvalue()


def _about() -> str:
    """What the copy holds, in every language: nobody knows who reads it later."""
    tables = [
        fill(f"{name:<{_NAME}} {say_in_each(said, ' / ')}", _WIDTH, subsequent_indent=" " * (_NAME + 1))
        for name, said in TABLES.items()
    ]
    rights = [fill(said, _WIDTH) for said in say_in_each(RIGHTS).splitlines()]
    made = f"Lexithymia {VERSION}, {now().isoformat(timespec='seconds')}"
    return "\n\n".join((say_in_each(INTRODUCTION), "\n".join(tables), *rights, made)) + "\n"


def _texts(consents: CopiedTable) -> dict[str, str]:
    """The texts that these consents answer, if they still ship as they were shown."""
    texts = {}
    for row in consents.rows:
        word = dict(zip(consents.columns, row, strict=True))
        with suppress(FileNotFoundError):
            path = FOLDER / f"{word['purpose']}" / f"{word['version']}.{word['language']}.md"
            content = path.read_text(encoding="utf-8")
            if hashlib.sha256(content.encode()).hexdigest() == word["text_hash"]:
                texts[f"{word['purpose']}-{path.stem}"] = content
    return texts


def _queries(person_id: str, in_log: str) -> dict[str, Select[Any]]:
    blocks = select(BlockRow.id).where(BlockRow.person_id == person_id)
    trials = (
        select(TrialRow.__table__, StimulusSetRow.name, StimulusSetRow.version, StimulusRow.file)
        .outerjoin(StimulusRow, StimulusRow.id == TrialRow.stimulus_id)
        .outerjoin(StimulusSetRow, StimulusSetRow.id == StimulusRow.set_id)
        .where(TrialRow.block_id.in_(blocks))
        .order_by(TrialRow.id)
    )
    care = select(PersonRow.code).join(CareRow, CareRow.clinician_id == PersonRow.id)
    return {
        "account": select(*_ACCOUNT).where(PersonRow.id == person_id),
        "consents": select(ConsentRow.__table__).where(ConsentRow.person_id == person_id).order_by(ConsentRow.id),
        "minor": select(MinorRow.__table__).where(MinorRow.person_id == person_id),
        "care": care.where(CareRow.patient_id == person_id),
        "invitations": select(*_LINK).where(InvitationRow.person_id == person_id),
        "sign_ins": select(*_SIGN_IN).where(SignInRow.person_id == person_id).order_by(SignInRow.created_at),
        "browsers": select(KnownBrowserRow.seen_at).where(KnownBrowserRow.person_id == person_id),
        "identities": select(IdentityRow.__table__).where(IdentityRow.person_id == person_id),
        "events": select(AccountEventRow.at, AccountEventRow.what, AccountEventRow.place, AccountEventRow.number)
        .where(AccountEventRow.person_id == person_id)
        .order_by(AccountEventRow.at),
        "standing": select(SummaryRow.__table__).where(SummaryRow.person_id == person_id),
        "course": select(*_PART).where(CoursePartRow.person_id == person_id).order_by(CoursePartRow.id),
        "days": select(TrainingDayRow.__table__).where(TrainingDayRow.person_id == person_id),
        "left_out": select(LeftOutPartRow.__table__).where(LeftOutPartRow.person_id == person_id),
        "notes": select(*_NOTE).where(NoteRow.person_id == person_id).order_by(NoteRow.id),
        "life_events": select(*_LIFE).where(LifeEventRow.person_id == person_id).order_by(LifeEventRow.id),
        "questionnaires": select(*_SCORE)
        .where(QuestionnaireScoreRow.person_id == person_id)
        .order_by(QuestionnaireScoreRow.id),
        "forms": select(*_FORM).where(QuestionnaireFormRow.person_id == person_id).order_by(_ASKED, _FORM[0]),
        "answers": select(QuestionnaireAnswerRow.__table__)
        .join(QuestionnaireFormRow, QuestionnaireFormRow.id == QuestionnaireAnswerRow.form_id)
        .where(QuestionnaireFormRow.person_id == person_id)
        .order_by(_ASKED, QuestionnaireAnswerRow.form_id, QuestionnaireAnswerRow.number),
        "studies": select(
            StudyRow.name, StudyArmRow.name.label("arm"), EnrolmentRow.enrolled_at, EnrolmentRow.withdrawn_at
        )
        .join(StudyRow, StudyRow.id == EnrolmentRow.study_id)
        .join(StudyArmRow, (StudyArmRow.study_id == StudyRow.id) & (StudyArmRow.number == EnrolmentRow.arm))
        .where(EnrolmentRow.person_id == person_id),
        "erasure": select(ErasureRequestRow.asked_at).where(ErasureRequestRow.person_id == person_id),
        "views": select(AuditRow.at, AuditRow.act).where(AuditRow.about == in_log).order_by(AuditRow.number),
        "plans": select(PlanRow.__table__).where(PlanRow.person_id == person_id).order_by(PlanRow.id),
        "sessions": select(SessionRow.__table__)
        .where(SessionRow.person_id == person_id)
        .order_by(SessionRow.started_at),
        "blocks": select(BlockRow.__table__).where(BlockRow.person_id == person_id).order_by(*IN_ORDER),
        "trials": trials,
        "exposures": select(ExposureRow.__table__).where(ExposureRow.person_id == person_id),
        "check_ins": select(CheckInRow.__table__).where(CheckInRow.person_id == person_id).order_by(CheckInRow.at),
        "diary": select(DiaryRow.shared_at).where(DiaryRow.person_id == person_id),
    }


def _read(db: Session, query: Executable) -> CopiedTable:
    result = db.execute(query)
    return CopiedTable(list(result.keys()), result.all())


def _in_the_clear(db: Session, person_id: str, hidden: CopiedTable) -> CopiedTable:
    own, places = OwnWords(db, person_id), {hidden.columns.index(name) for name in HIDDEN}
    told = [
        [own.reveal(cell) if at in places and isinstance(cell, str) else cell for at, cell in enumerate(row)]
        for row in hidden.rows
    ]
    return CopiedTable(hidden.columns, told)


def _as_csv(table: CopiedTable) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return written.getvalue()


def _cell(value: object) -> object:
    value = _plain(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
