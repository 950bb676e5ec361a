"""Consent service: asked for one purpose at a time, every answer kept, looked up where something depends on it.

`has_consent` is the gate for what uses answers later (norms, exports): it counts a person's last word, to whatever
version of the text it was. `require_agreed` is the gate for what happens with the person present (the exercise, the
camera): there a new version of the text is asked about first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from sqlalchemy.orm import Session

from core.domain.days import has_begun, zone_named
from core.domain.patient import consent
from core.domain.patient.consent import (
    FIRST,
    AnsweredBy,
    ConsentAnswer,
    ConsentState,
    Decision,
    NotAgreed,
    Purpose,
    Relation,
)
from core.domain.people import NotAllowed, Role
from core.services.gate.access import require, require_patient_of
from core.services.privacy.consent_texts import newest, text
from core.storage import waiting_exports
from core.storage.database import Store
from core.storage.feelings import feelings_queries
from core.storage.queries import consent_queries, exercise_queries
from core.storage.queries.people_queries import zone_of
from core.storage.tables import ConsentRow, MinorRow, PersonRow, now


@dataclass(frozen=True)
class PurposeState:
    """Where a person stands on one purpose, by the text in force; `words`: all they and a guardian said, oldest
    first."""

    purpose: Purpose
    state: ConsentState
    words: tuple[ConsentAnswer, ...]

    @property
    def said_yes(self) -> bool:
        """Whether the person's own last word is a yes, to whatever version of the text."""
        own = consent.last(self.words, self.purpose, AnsweredBy.PERSON)
        return own is not None and own.decision is Decision.YES


@dataclass(frozen=True)
class Consents:
    """All purposes of one person, in the order of `Purpose`."""

    minor: bool
    states: tuple[PurposeState, ...]
    zone: tzinfo
    """The person's own, in which they said so."""
    practised: bool
    """Whether a first run is over."""

    def of(self, purpose: Purpose) -> PurposeState:
        return next(state for state in self.states if state.purpose is purpose)

    @property
    def to_ask(self) -> list[Purpose]:
        """What the person is to be asked now: about the record, and what is done with it beside their training once
        there is one, after their first run. A minor is asked at once, while a guardian is there. Who says no to the
        record has nothing to share."""
        record = self.of(Purpose.TREATMENT).state
        shares = record not in {ConsentState.NOT_ASKED, ConsentState.DECLINED} and (self.minor or self.practised)
        asked = FIRST if shares else (Purpose.TREATMENT,)
        return [purpose for purpose in asked if self.of(purpose).state is ConsentState.NOT_ASKED]


@dataclass(frozen=True)
class ConsentWords:
    """All that a person and a guardian said to the texts of consent, as of now."""

    words: Sequence[ConsentAnswer]
    minor: bool

    def has(self, purpose: Purpose) -> bool:
        """Whether the consent to `purpose` stands, to whatever version of its text it was given."""
        return consent.consent_state(self.words, purpose, self.minor) is ConsentState.AGREED

    def state(self, purpose: Purpose) -> ConsentState:
        """Where the person stands with the text in force."""
        return consent.consent_state(self.words, purpose, self.minor, newest(purpose))

    def require(self, *purposes: Purpose) -> None:
        """Raises NotAgreed unless the person agreed to the texts in force (a minor: with a guardian)."""
        if any(self.state(purpose) is not ConsentState.AGREED for purpose in purposes):
            raise NotAgreed("This needs your consent, which is not there. You can read and change it under “My data”.")


def said(db: Session, person_id: str) -> ConsentWords:
    return ConsentWords(consent_queries.answers_of(db, person_id), consent_queries.is_minor(db, person_id))


def has_consent(db: Session, person_id: str, *purposes: Purpose) -> bool:
    """Whether the person's consents to all `purposes` stand now, to whatever versions of their texts."""
    by = said(db, person_id)
    return all(by.has(purpose) for purpose in purposes)


def agreed(db: Session, purpose: Purpose) -> set[str]:
    """Everybody whose consent to `purpose` stands now, to whatever version of its text it was given."""
    minors = consent_queries.minors(db)
    return {
        person_id
        for person_id, words in consent_queries.answers_of_all(db, purpose).items()
        if consent.consent_state(words, purpose, person_id in minors) is ConsentState.AGREED
    }


def require_agreed(db: Session, person_id: str, *purposes: Purpose) -> None:
    """Raises NotAgreed unless the person agreed to the texts in force (a minor: with a guardian)."""
    said(db, person_id).require(*purposes)


def state_of(db: Session, person_id: str, purpose: Purpose) -> ConsentState:
    """Where the person stands with the text in force."""
    return said(db, person_id).state(purpose)


def mine(store: Store, token: str) -> Consents:
    """Where the signed-in patient stands."""
    with store.begin() as db:
        return _consents(db, require(db, token, Role.PATIENT).id)


def of_patient(store: Store, token: str, patient_id: str) -> Consents:
    """Where a patient in the signed-in clinician's care stands."""
    with store.begin() as db:
        require_patient_of(db, token, patient_id)
        return _consents(db, patient_id)


def decide(store: Store, token: str, purpose: Purpose, version: str, yes: bool, language: str = "") -> None:
    """The signed-in patient's yes or no to the text they read; a no after a yes is a withdrawal.

    `language` is the one in which they read it, their own unless it is given.
    """
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        taken_back = _record(db, person.id, purpose, AnsweredBy.PERSON, version, language or person.language, yes)
    _delete_waiting_exports(purpose, taken_back)


def guardian_decides(
    store: Store,
    token: str,
    purpose: Purpose,
    version: str,
    yes: bool,
    relation: Relation | None,
    language: str = "",
) -> None:
    """A guardian's yes or no, given on the device where the patient, a minor, is signed in. A yes needs the patient's
    yes to the same text before it; a no holds whatever they said. `language` as in `decide`."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        taken_back = _record(
            db, person.id, purpose, AnsweredBy.GUARDIAN, version, language or person.language, yes, relation
        )
    _delete_waiting_exports(purpose, taken_back)


def record_on_paper(
    store: Store, token: str, patient_id: str, purpose: Purpose, yes: bool, relation: Relation | None, signed_on: date
) -> None:
    """A guardian's yes or no on paper to the text in force, as a clinician who cares for the minor saw it."""
    with store.begin() as db:
        clinician = require_patient_of(db, token, patient_id)
        if not has_begun(signed_on, now(), zone_named(clinician.time_zone)):
            raise NotAllowed("The paper cannot have been signed after today. Please check the date.")
        language, version = db.get_one(PersonRow, patient_id).language, newest(purpose)
        taken_back = _record(
            db, patient_id, purpose, AnsweredBy.GUARDIAN, version, language, yes, relation, signed_on, clinician.id
        )
    _delete_waiting_exports(purpose, taken_back)


def set_minor(store: Store, token: str, patient_id: str, minor: bool) -> None:
    """Say that a patient in one's care is a minor, or is of age now."""
    with store.begin() as db:
        mark_minor(db, require_patient_of(db, token, patient_id).id, patient_id, minor)


def mark_minor(db: Session, clinician_id: str, patient_id: str, minor: bool) -> None:
    """The same inside another service's transaction, after its check."""
    row = db.get(MinorRow, patient_id)
    if row is None and minor:
        db.add(MinorRow(person_id=patient_id, marked_by=clinician_id))
    elif row is not None and minor:
        row.until = None
    elif row is not None and row.until is None:
        row.until = now()


def _consents(db: Session, person_id: str) -> Consents:
    by = said(db, person_id)
    return Consents(
        by.minor,
        tuple(
            PurposeState(purpose, by.state(purpose), tuple(word for word in by.words if word.purpose is purpose))
            for purpose in Purpose
        ),
        zone_of(db, person_id),
        bool(exercise_queries.latest_ends(db, person_id, 1)),
    )


def _record(
    db: Session,
    person_id: str,
    purpose: Purpose,
    by: AnsweredBy,
    version: str,
    language: str,
    yes: bool,
    relation: Relation | None = None,
    signed_on: date | None = None,
    recorded_by: str | None = None,
) -> bool:
    """Keep a word; whether it takes back a yes."""
    if version != newest(purpose):
        raise NotAllowed("The text has changed since this page was opened. Please read it again.")
    words = consent_queries.answers_of(db, person_id, purpose)
    if by is AnsweredBy.GUARDIAN:
        _demand_guardian(consent_queries.is_minor(db, person_id), words, purpose, yes, relation)
    before = consent.last(words, purpose, by)
    agreed = before is not None and before.decision is Decision.YES
    decision = Decision.YES if yes else Decision.WITHDRAWN if agreed else Decision.NO
    if before is not None and (before.decision, before.version) == (decision, version):
        return False  # a second click or a second tab
    shown = text(purpose, language, version)
    db.add(
        ConsentRow(
            person_id=person_id,
            purpose=purpose,
            by=by,
            decision=decision,
            version=version,
            language=shown.language,
            text_hash=shown.hash,
            relation=relation,
            signed_on=signed_on,
            recorded_by=recorded_by,
        )
    )
    if decision is Decision.WITHDRAWN and purpose in {Purpose.TREATMENT, Purpose.FEELINGS}:
        feelings_queries.stop_sharing(db, person_id)
    return decision is Decision.WITHDRAWN


def _delete_waiting_exports(purpose: Purpose, taken_back: bool) -> None:
    """After the database: whose yes to research, or to a diary, is taken back is in no export that still waits to be
    fetched."""
    if taken_back and purpose in {Purpose.RESEARCH, Purpose.FEELINGS}:
        waiting_exports.delete_all()


def _demand_guardian(
    minor: bool, words: list[ConsentAnswer], purpose: Purpose, yes: bool, relation: Relation | None
) -> None:
    if not minor:
        raise NotAllowed("Nobody else needs to agree here: this person decides alone.")
    if yes and relation is None:
        raise NotAllowed("Please say whether you are a parent or a legal guardian.")
    if yes and consent.consent_state(words, purpose, False, newest(purpose)) is not ConsentState.AGREED:
        raise NotAllowed("The young person is asked first, and has not agreed to this.")
