"""Feedback after an answer in practice: the target, the network's and other people's answers to the same face.

Only faces with the role "practice" are ever spoken about, so that no check can be learnt from its feedback.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Response, Trial
from core.domain.network.rating import NetworkRating
from core.domain.patient import consent
from core.domain.patient.consent import ConsentState, Purpose
from core.domain.people import NotAllowed
from core.storage.queries import face_queries, opinion_queries
from core.storage.queries.consent_queries import answers_of, is_minor
from core.storage.tables import StimulusRow, StimulusSetRow

ENOUGH_PEOPLE = 10
SURE = 0.4


@dataclass(frozen=True)
class Opinions:
    """What people and a network say of one face, seven numbers each in label order; None where nobody looked yet."""

    target: Emotion
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
    """Consenting users by response, from ENOUGH_PEOPLE on."""
    steps: tuple[int, ...]
    """The same person from neutral to full: intensities in percent."""

    @property
    def network_choice(self) -> Emotion | None:
        """The network's top answer; None where it is not sure or has not looked."""
        if self.network is None or max(self.network.probabilities) < SURE:
            return None
        return self.network.top


def opinions(db: Session, faces: Mapping[int, int]) -> dict[int, Opinions]:
    """What can be said of each of these faces of a practice once it is answered, by number; `faces`: their rows. Other
    people's answers are those of now: the person's own is not among them."""
    rows = {row.id: row for row in db.scalars(select(StimulusRow).where(StimulusRow.id.in_(faces.values())))}
    network = opinion_queries.active_network(db)
    sets = {id_: db.get_one(StimulusSetRow, id_) for id_ in {row.set_id for row in rows.values()}}
    found = {}
    for number, face in faces.items():
        row = rows[face]
        if row.role != "practice":
            raise NotAllowed("There is nothing to say about this face yet.")
        seen = opinion_queries.network_rating(db, row.picture_hash, network.id) if network else None
        counts = opinion_queries.people_counts(db, row.picture_hash)
        people = {Response(response): times for response, times in counts.items()}
        found[number] = Opinions(
            target=Emotion.from_word(row.target),
            network=seen,
            network_right=_right_when(db, row.set_id, network.id, seen) if network and seen else None,
            network_learnt_it=row.split == "Training",
            computer_made=sets[row.set_id].name == "builtin",
            votes=tuple(row.votes) if row.votes else None,
            people=people if sum(people.values()) >= ENOUGH_PEOPLE else None,
            steps=tuple(face.intensity or 0 for face in face_queries.series(db, row)),
        )
    return found


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


def _right_when(db: Session, set_id: int, network_id: int, seen: NetworkRating) -> tuple[int, int] | None:
    """Of the faces of the set that the network gives this top answer, how many have it as target."""
    matrix = opinion_queries.network_matrix(db, set_id, network_id)
    if matrix is None:
        return None
    said = sum(row[seen.top] for row in matrix)
    return (matrix[seen.top][seen.top], said) if said else None
