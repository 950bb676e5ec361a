"""People of every kind in one clinic, with something of each to be seen, and values for what services ask for."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyotp

from core.domain.audit import Act
from core.domain.camera.expression import ExpressionKind
from core.domain.camera.ladder import Way
from core.domain.emotions import Emotion
from core.domain.exercise.events import Batch
from core.domain.exercise.plan import Plan
from core.domain.exercise.programme import DayPart
from core.domain.exercise.selection import Selection
from core.domain.exercise.trials import Kind
from core.domain.feelings.check_in import PartBatch
from core.domain.patient.consent import Purpose, Relation
from core.domain.patient.events import EventKind
from core.domain.patient.questionnaire_items import ItemAnswers
from core.domain.people import Role
from core.domain.programme.today import DayStep
from core.services.accounts import accounts, second_factor, sign_in
from core.services.clinic import in_room
from core.services.exercise import recognition
from core.services.faces.uploaded_sets import Choice
from core.services.privacy.consent_texts import newest
from core.services.research import approvals
from core.services.research.studies import Arm, make_study
from core.storage.database import Store
from core.storage.tables import QuestionnaireFormRow
from core.tasks.recognition.task import TASK
from tests.history import run_through
from tests.services.exercise.expression import acting
from tests.services.feelings.acting import agree_to_diary, check_in
from tests.support import BROWSER, PASSWORD, FakeRater, new_clinician, new_patient, says

VISITORS = ("visitor", "made up", "ended", "closed", "half in", "handed over")
"""Nobody who is signed in: without a sign-in, with one that never was, that ended, of a closed account, with one whose
second factor is still due, and with one that its clinician has handed over for a run of the owner."""


NOTE, OWN_WORD = "The river was loud that night.", "Foggish"
"""The owner's own, shown to nobody."""


@dataclass
class World:
    """`tokens` by who somebody is; `values` by the name of a parameter."""

    tokens: dict[str, str]
    values: dict[str, Any]
    other_colleague: str

    def call(self, service: Callable[..., Any], store: Store, who: str, **more: Any) -> Any:
        """Call a service as `who`, with a value for each parameter that it demands, and `more`."""
        known, asked = self.values | more, dict(more)
        for name, parameter in list(inspect.signature(service).parameters.items())[2:]:
            if parameter.default is inspect.Parameter.empty:
                assert name in known, (
                    f"{service.__module__}.{service.__name__} asks for {name}: add it to build() below"
                )
                asked[name] = known[name]
        return service(store, self.tokens[who], **asked)


def build(store: Store, folder: Path) -> World:
    """A patient (the owner) in the care of one clinician of four, with a run of faces open and one that is over, and
    the same before the camera."""
    administrator = new_clinician(store)
    carer = colleague(store, administrator, "Dr Luz", Role.CLINICIAN)
    owner = new_patient(store, carer)
    tokens = {
        "visitor": "",
        "made up": "made up",
        "ended": colleague(store, administrator, "Dr Mar", Role.CLINICIAN),
        "closed": colleague(store, administrator, "R-2", Role.RESEARCHER),
        "half in": half_in(store, colleague(store, administrator, "Dr Sol", Role.CLINICIAN), "Dr Sol"),
        "owner": owner,
        "other patient": new_patient(store, colleague(store, administrator, "Dr Paz", Role.CLINICIAN), "P-02"),
        "carer": carer,
        "handed over": accounts.sign_in(store, "Dr Luz", PASSWORD),
        "other clinician": accounts.sign_in(store, "Dr Paz", PASSWORD),
        "researcher": colleague(store, administrator, "R-1", Role.RESEARCHER),
        "administrator": administrator,
    }
    patient_id = acting.which(store, carer, "P-01")
    in_room.start_here(store, tokens["handed over"], BROWSER, patient_id)
    acting.agree(store, tokens["other patient"])
    agree_to_diary(store, tokens["other patient"])
    ids = {account.code: account.id for account in accounts.colleagues(store, administrator)}
    accounts.sign_out(store, tokens["ended"])
    accounts.set_active(store, administrator, ids["R-2"], False)
    arms = [Arm("one", Plan()), Arm("other", Plan())]
    values = own_runs(store, owner) | {
        "patient_id": patient_id,
        "person_id": patient_id,
        "clinician_id": ids["Dr Paz"],
        "study_id": make_study(store, tokens["researcher"], "A study", "What is done.", arms),
        "arms": arms,
        "act": Act.EXPORT,
        "active": False,
        "answers": ItemAnswers((), False, 0),
        "approval_id": asked_for(store, tokens["researcher"]),
        "authors": ["A. Author"],
        "attempt": acting.attempt(Emotion.HAPPY, Emotion.HAPPY),
        "batch": Batch((), 0, 0),
        "browser": BROWSER,
        "check_in_id": own_check_in(store, owner),
        "choice": Choice(),
        "code": "P-01",
        "emotion": Emotion.FEAR,
        "event_id": 1,
        "exercise": TASK,
        "form_id": asked_form(store, patient_id),
        "from_id": ids["Dr Luz"],
        "goes_on": lambda rows: True,
        "hard": True,
        "kind": EventKind.OTHER,
        "language": "es",
        "licence": "CC0",
        "minor": True,
        "name": "A name",
        "network": acting.NETWORK,
        "new": "a new long sentence",
        "note_id": 1,
        "number": 1,
        "old": PASSWORD,
        "on": date(2026, 1, 2),
        "out": folder / "export.zip",
        "page": "body",
        "day_part": DayPart.READING,
        "parts": PartBatch((), 0),
        "password": PASSWORD,
        "path": folder / "nowhere",
        "plan": Plan(),
        "protocol": "What is done.",
        "purpose": Purpose.TREATMENT,
        "questionnaire": "tas20",
        "rater": FakeRater(),
        "reading": acting.neutral(),
        "reason": "An adverse event.",
        "relation": Relation.PARENT,
        "right": True,
        "role": Role.RESEARCHER,
        "score_id": 1,
        "selection": Selection(),
        "step": DayStep(DayPart.PRACTICE, 14),
        "shipped": [],
        "sign_in_id": "1",
        "size": 1,
        "skip": 0,
        "source": "",
        "signed_on": date(2026, 1, 2),
        "task": ExpressionKind.SHOW,
        "text": "A word.",
        "title": "A set",
        "to_id": ids["Dr Paz"],
        "total": 40,
        "upload": "0" * 16,
        "version": newest(Purpose.TREATMENT),
        "votes": None,
        "way": Way.STREAM,
        "whom": Selection(),
        "yes": True,
    }
    return World(tokens, values, other_colleague=ids["Dr Paz"])


def colleague(store: Store, administrator: str, code: str, role: Role) -> str:
    link = accounts.invite_colleague(store, administrator, code, role)
    return accounts.accept_invitation(store, link, PASSWORD, "en")


def asked_for(store: Store, researcher: str) -> str:
    """An export for which the researcher asked a second person."""
    approvals.ask(store, researcher, Act.EXPORT, Selection(), "Asked for by the test of refusals.")
    return approvals.requests(store, researcher)[0].id


def half_in(store: Store, token: str, code: str) -> str:
    """The sign-in of a colleague who has a second factor and did not name its code yet."""
    secret = second_factor.begin(store, token).secret
    second_factor.confirm(store, token, pyotp.TOTP(secret).now())
    return sign_in.sign_in(store, code, PASSWORD)


def own_check_in(store: Store, owner: str) -> str:
    """One of the owner's, with words that are theirs alone."""
    agree_to_diary(store, owner)
    return check_in(store, owner, note=NOTE, own_word=OWN_WORD)


def asked_form(store: Store, patient_id: str) -> str:
    """A questionnaire that the owner is to fill in."""
    with store.begin() as db:
        row = QuestionnaireFormRow(
            person_id=patient_id, questionnaire="tas20", language="en", items_hash="0" * 64, items=20
        )
        db.add(row)
        db.flush()
        return row.id


def own_runs(store: Store, owner: str) -> dict[str, Any]:
    """Runs of the owner: `practice_id` is open, `block_id` (handed over by a clinician) over; so are `run_id` and
    `run_over`, before the camera."""
    over = run_through(store, owner, lambda trial: says(Emotion.FEAR)).id
    acting.agree(store, owner)
    shown = acting.show_all(store, owner)
    return {
        "block_id": over,
        "practice_id": recognition.begin(store, owner, BROWSER, Kind.PRACTICE).id,
        "run_over": shown.id,
        "run_id": acting.begin(store, owner).id,
    }
