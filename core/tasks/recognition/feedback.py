"""Feedback after an answer in practice: the target, the network's and other people's answers to the same face.

Only faces with the role "practice" are ever spoken about, so that no check can be learnt from its feedback.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace, distances
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
RIVAL = 10
"""The first further picture that shows another emotion; those before are steps."""
NEUTRAL_BESIDE = 60
"""Percent, of the face beside a neutral one, which has no strength."""


@dataclass(frozen=True)
class Opinions:
    """What people and a network say of one face, seven numbers each in label order; None where nobody looked yet."""

    target: Emotion
    network: NetworkRating | None
    """What it says; below SURE at the top it counts as not sure."""
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
    rivals: Mapping[Emotion, Mapping[FacePlace, float]]
    """How far this face is from the same person's of another emotion at the same strength, by place; where there is
    such a face."""
    builtin_person: str | None
    """Whose face it is, among the built-in people."""

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
    people_shown = face_queries.same_people(db, rows.values())
    pictures = {row.picture_hash for row in rows.values()}
    ratings = opinion_queries.network_ratings(db, pictures, network.id) if network else {}
    counts = opinion_queries.people_counts(db, pictures)
    found = {}
    for number, face in faces.items():
        row = rows[face]
        if row.role != "practice":
            raise NotAllowed("There is nothing to say about this face yet.")
        people = {Response(response): times for response, times in counts[row.picture_hash].items()}
        builtin = sets[row.set_id].name == "builtin"
        same_person = people_shown.get((row.set_id, row.identity), [])
        found[number] = Opinions(
            target=Emotion.from_word(row.target),
            network=ratings.get(row.picture_hash),
            network_learnt_it=row.split == "Training",
            computer_made=builtin,
            votes=tuple(row.votes) if row.votes else None,
            people=people if sum(people.values()) >= ENOUGH_PEOPLE else None,
            steps=tuple(step.intensity or 0 for step in steps(row, same_person)),
            rivals={
                emotion: distances(row.muscles or {}, other.muscles or {})
                for emotion in Emotion
                if (other := rival(row, same_person, emotion)) is not None
            },
            builtin_person=row.identity if builtin else None,
        )
    return found


def further_picture(db: Session, face: StimulusRow, part: int) -> StimulusRow | None:
    """Another face of the person of a face of practice: from 0 on step by step from neutral to full, from RIVAL on the
    seven emotions at the same strength. None: there is no such."""
    if face.role != "practice":
        return None
    same_person = face_queries.same_people(db, [face]).get((face.set_id, face.identity), [])
    if part >= RIVAL:
        return rival(face, same_person, Emotion(part - RIVAL)) if part < RIVAL + len(Emotion) else None
    shown = steps(face, same_person)
    return shown[part] if 0 <= part < len(shown) else None


def steps(face: StimulusRow, same_person: Sequence[StimulusRow]) -> list[StimulusRow]:
    """Of a person's faces those from neutral to the full emotion of `face`, weakest first."""
    shown = [row for row in same_person if row.target in (face.target, Emotion.NEUTRAL.word)]
    return sorted(shown, key=lambda row: row.intensity or 0) if face.intensity is not None else []


def rival(face: StimulusRow, same_person: Sequence[StimulusRow], emotion: Emotion) -> StimulusRow | None:
    """Of a person's faces the one that shows `emotion` at the strength of `face`; beside neutral, at NEUTRAL_BESIDE."""
    strength = NEUTRAL_BESIDE if face.target == Emotion.NEUTRAL.word else face.intensity
    if emotion.word == face.target or strength is None:
        return None
    fitting = (row for row in same_person if row.target == emotion.word)
    return next((row for row in fitting if emotion is Emotion.NEUTRAL or row.intensity == strength), None)


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
