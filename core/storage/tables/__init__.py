"""Every table, as typed SQLAlchemy models. Times are UTC, hashes lower-case SHA-256 hex, people's ids random."""

from core.storage.tables.audit import AuditRow, ErasureRequestRow, PersonKeyRow
from core.storage.tables.base import Base, Utc, new_id, now
from core.storage.tables.clinic import (
    LifeEventRow,
    NoteRow,
    QuestionnaireAnswerRow,
    QuestionnaireFormRow,
    QuestionnaireScoreRow,
    SummaryRow,
    TrainingDayRow,
)
from core.storage.tables.consent import ConsentRow, MinorRow
from core.storage.tables.demonstration import DemoAccountRow
from core.storage.tables.exercise import (
    EXPRESSION,
    IN_ORDER,
    LATEST_FIRST,
    RECOGNITION,
    BlockRow,
    CoursePartRow,
    ExposureRow,
    PlanRow,
    SessionRow,
    TrialRow,
)
from core.storage.tables.faces import (
    NetworkAnswerRow,
    NetworkChoiceRow,
    NetworkMatrixRow,
    NetworkRow,
    PeopleAnswerRow,
    PictureRow,
    StimulusRow,
    StimulusSetRow,
)
from core.storage.tables.feelings import CheckInRow, DiaryRow
from core.storage.tables.people import CareRow, InvitationRow, PersonRow
from core.storage.tables.sign_in import (
    AccountEventRow,
    AttemptRow,
    IdentityRow,
    KnownBrowserRow,
    RecoveryCodeRow,
    SecondFactorRow,
    SignInRow,
)
from core.storage.tables.study import ApprovalRow, EnrolmentRow, StudyArmRow, StudyRow

__all__ = [
    "EXPRESSION",
    "IN_ORDER",
    "LATEST_FIRST",
    "RECOGNITION",
    "AccountEventRow",
    "ApprovalRow",
    "AttemptRow",
    "AuditRow",
    "Base",
    "BlockRow",
    "CareRow",
    "CheckInRow",
    "ConsentRow",
    "CoursePartRow",
    "DemoAccountRow",
    "DiaryRow",
    "EnrolmentRow",
    "ErasureRequestRow",
    "ExposureRow",
    "IdentityRow",
    "InvitationRow",
    "KnownBrowserRow",
    "LifeEventRow",
    "MinorRow",
    "NetworkAnswerRow",
    "NetworkChoiceRow",
    "NetworkMatrixRow",
    "NetworkRow",
    "NoteRow",
    "PeopleAnswerRow",
    "PersonKeyRow",
    "PersonRow",
    "PictureRow",
    "PlanRow",
    "QuestionnaireAnswerRow",
    "QuestionnaireFormRow",
    "QuestionnaireScoreRow",
    "RecoveryCodeRow",
    "SecondFactorRow",
    "SessionRow",
    "SignInRow",
    "StimulusRow",
    "StimulusSetRow",
    "StudyArmRow",
    "StudyRow",
    "SummaryRow",
    "TrainingDayRow",
    "TrialRow",
    "Utc",
    "new_id",
    "now",
]
