"""Feedback after an answer in practice: the target, the network's and other people's answers to the same face.

Only faces with the role "practice" are ever spoken about, so that no check can be learnt from its feedback.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Block, Kind, Response, Trial
from core.domain.network.rating import NetworkRating
from core.domain.patient import consent
from core.domain.patient.consent import ConsentState, Purpose
from core.domain.people import NotAllowed, Role
from core.services.gate.access import require
from core.storage.database import Store
from core.storage.queries import face_queries, opinion_queries
from core.storage.queries.consent_queries import answers_of, is_minor
from core.storage.tables import StimulusRow, StimulusSetRow, TrialRow, now

ENOUGH_PEOPLE = 10
SURE = 0.4


@dataclass(frozen=True)
class Opinions:
    """What people and a network say of one face, seven numbers each in label order; None where nobody looked yet."""

    target: Emotion
    response: Response
    correct: bool | None
    """Whether that is the target; None for a face that could not be seen."""
    network: NetworkRating | None
    """What it says; below SURE at the top it counts as not sure."""
    network_right: tuple[int, int] | None
    """(right, times): how its top answer did on the whole set."""
    network_learnt_it: bool
    """It was trained with this very picture."""
    computer_made: bool
    """The face is one of the built-in ones."""
    votes: tuple[int, ...] | None
    """Raters by FER+'s ten columns."""
    people: dict[Response, int] | None
    """Other consenting users by response, from ENOUGH_PEOPLE on."""
    series: tuple[tuple[int, str, bytes], ...]
    """The same person from neutral to full, as (intensity in percent, media type, bytes)."""

    @property
    def network_choice(self) -> Emotion | None:
        """The network's top answer; None where it is not sure or has not looked."""
        if self.network is None or max(self.network.probabilities) < SURE:
            return None
        return self.network.top


def feedback(store: Store, token: str, block: Block, number: int) -> Opinions:
    """What is said about trial `number` of the patient's own practice, once it is answered."""
    with store.begin() as db:
        person = require(db, token, Role.PATIENT)
        return _feedback(db, block, number, shared_at(db, person.id)(now()))


def tryout_feedback(store: Store, block: Block, number: int) -> Opinions:
    """The same for a visitor, who has no account and of whom nothing is stored."""
    with store.begin() as db:
        return _feedback(db, block, number, shared=False)


def shared_at(db: Session, person_id: str) -> Callable[[datetime], bool]:
    """Whether the person's consent to norms stood when a run began, so that their first answers were counted."""
    words, minor = answers_of(db, person_id, Purpose.NORMS), is_minor(db, person_id)
    return lambda began: (
        consent.consent_state([w for w in words if w.at <= began], Purpose.NORMS, minor) is ConsentState.AGREED
    )


def others(counts: Mapping[str, int], trial: Trial, shared: bool) -> dict[str, int]:
    """`counts` of a face without the person's own answer, which is among them if they `shared` it and had never met
    the face before: nobody is compared with themselves."""
    own = trial.answer.response.value if shared and trial.first_meeting and trial.answer else None
    said = {response: people - (response == own) for response, people in counts.items()}
    return {response: people for response, people in said.items() if people > 0}


def chose_target(counts: Mapping[str, int], trial: Trial, shared: bool) -> tuple[int, int] | None:
    """Other users who chose the target, of how many, from ENOUGH_PEOPLE on."""
    said = others(counts, trial, shared)
    of = sum(said.values())
    return (said.get(trial.stimulus.target.word, 0), of) if of >= ENOUGH_PEOPLE else None


def _feedback(db: Session, block: Block, number: int, shared: bool) -> Opinions:
    trial = next((t for t in block.trials if t.number == number), None)
    if trial is None or trial.answer is None or block.kind is Kind.CHECK:
        raise NotAllowed("There is nothing to say about this face yet.")
    row = db.get(StimulusRow, trial.stimulus.id)
    if row is None or row.role != "practice":
        raise NotAllowed("There is nothing to say about this face yet.")
    network = opinion_queries.active_network(db)
    seen = opinion_queries.network_rating(db, row.picture_hash, network.id) if network else None
    met = db.scalar(select(TrialRow.earlier_face).where(TrialRow.block_id == block.id, TrialRow.number == number))
    counts = others(opinion_queries.people_counts(db, row.picture_hash), replace(trial, first_meeting=met == 0), shared)
    people = {Response(response): times for response, times in counts.items()}
    series = face_queries.series(db, row)
    shown = face_queries.pictures(db, [face.picture_hash for face in series])
    return Opinions(
        target=trial.stimulus.target,
        response=trial.answer.response,
        correct=trial.correct,
        network=seen,
        network_right=_right_when(db, row.set_id, network.id, seen) if network and seen else None,
        network_learnt_it=row.split == "Training",
        computer_made=db.get_one(StimulusSetRow, row.set_id).name == "builtin",
        votes=trial.stimulus.votes,
        people=people if sum(people.values()) >= ENOUGH_PEOPLE else None,
        series=tuple((face.intensity or 0, *shown[face.picture_hash]) for face in series),
    )


def _right_when(db: Session, set_id: int, network_id: int, seen: NetworkRating) -> tuple[int, int] | None:
    """Of the faces of the set that the network gives this top answer, how many have it as target."""
    matrix = opinion_queries.network_matrix(db, set_id, network_id)
    if matrix is None:
        return None
    said = sum(row[seen.top] for row in matrix)
    return (matrix[seen.top][seen.top], said) if said else None
