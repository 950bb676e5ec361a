"""Research export: consenting people only, by pseudonyms and moved dates, written while servers go on.

Who they are is settled in one short transaction at the start, which also writes the export into the audit log; then
the rows are read some blocks at a time, so that nobody who answers has to wait. Before the end it is made sure that
everybody in it still agrees: else nothing is left of it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.audit import Act
from core.domain.exercise.plan import Plan
from core.domain.exercise.selection import Selection
from core.domain.network.rating import NetworkId
from core.domain.patient.consent import Purpose
from core.domain.people import Person, Refusal, Role
from core.export.dataset import ExportCounts, ExportedTotal, ExportMetadata, Flow, Participant
from core.export.records import RunRecord, TrialRecord
from core.export.write import ExportedPerson, write
from core.services.clinic import questionnaires
from core.services.gate import audit
from core.services.gate.access import require
from core.services.privacy import consents
from core.services.research.export_rows import Scribe, StudyPart
from core.storage.database import Store
from core.storage.queries import face_queries, research_queries, study_queries
from core.storage.queries.pseudonym_queries import day_shifts, pseudonyms
from core.storage.tables import StudyRow, now
from core.storage.trials import networks, trial_rows

PURPOSE = "export"
"""For which the pseudonyms and moved dates of exports are made."""
_BLOCKS = 40
"""Blocks whose trials are read at once."""


_BEGINNING, _NOW = "the beginning", "now"
"""What the audit log says where no day was chosen."""


@dataclass(frozen=True)
class ExportPreview:
    """How much it will be: `trials` are those that were planned; a few more come where faces had to be replaced."""

    people: int
    sessions: int
    blocks: int
    trials: int


@dataclass(frozen=True)
class _Chosen:
    """One person of an export."""

    id: str
    name: str
    shift: timedelta
    language: str
    parts: tuple[StudyPart, ...]


def preview(store: Store, token: str, selection: Selection) -> ExportPreview:
    """What an export of `selection` would hold now; raises Refusal where there would be none."""
    with store.begin() as db:
        require(db, token, Role.RESEARCHER)
        selection.check_days(now().date())
        parts = chosen(db, selection)
        return ExportPreview(len(parts), *research_queries.size(db, parts, selection))


def export(store: Store, token: str, selection: Selection, out: Path, goes_on: Callable[[int], bool]) -> ExportCounts:
    """Write the export under `out`, a zip or a folder. `goes_on` is told the rows after each run; False ends it.

    Raises FileExistsError, Cancelled, and Refusal when nobody is in it or somebody took back a consent meanwhile.
    """
    with store.begin() as db:
        people, about = _begin(db, require(db, token, Role.RESEARCHER), selection)
    return write(out, about, _people(store, selection, people), goes_on, partial(_picture, store))


def export_by_command(store: Store, selection: Selection, out: Path, goes_on: Callable[[int], bool]) -> ExportCounts:
    """The same for whoever runs this installation; the audit log says that it was a command."""
    with store.begin() as db:
        people, about = _begin(db, None, selection)
    return write(out, about, _people(store, selection, people), goes_on, partial(_picture, store))


def _begin(db: Session, by: Person | None, selection: Selection) -> tuple[list[_Chosen], ExportMetadata]:
    selection.check_days(now().date())
    parts = chosen(db, selection)
    if not parts:
        raise Refusal("Nobody who agreed to research is in this choice. There is nothing to export.")
    names, shifts = pseudonyms(db, parts, PURPOSE), day_shifts(db, parts, PURPOSE)
    accounts = research_queries.accounts(db, parts)
    study = db.get_one(StudyRow, selection.study) if selection.study else None
    choice = _in_words(selection, study)
    audit.note(db, by, Act.EXPORT, people=len(parts), choice=choice)
    people = [_Chosen(id_, names[id_], shifts[id_], accounts[id_][1], tuple(own)) for id_, own in parts.items()]
    arms = {arm.name: Plan.from_json(arm.plan) for arm in study_queries.arms(db, study.id)} if study else {}
    about = ExportMetadata(
        title=study.name if study else "Lexithymia: recognising and showing emotions",
        software=VERSION,
        made_at=now(),
        protocol=study.protocol if study else None,
        arms=arms,
        choice=_without_days(choice),
        questionnaires=questionnaires.known(),
        flow=_flow(db, study, parts) if study else None,
    )
    return sorted(people, key=lambda one: one.name), about


def chosen(db: Session, selection: Selection) -> dict[str, list[StudyPart]]:
    """Who is in an export, with their parts in studies: all who agree to research, or of them those of one study."""
    if selection.study is not None and db.get(StudyRow, selection.study) is None:
        raise Refusal("There is no such study any more.")
    parts: dict[str, list[StudyPart]] = {person_id: [] for person_id in sorted(consents.agreed(db, Purpose.RESEARCH))}
    for row in research_queries.enrolments(db):
        if row.person_id in parts:
            number, seed = (None, None) if row.closed_at is None else (row.place + 1, row.seed)
            part = StudyPart(row.study_id, row.study, row.arm, number, seed, row.enrolled_at, row.withdrawn_at)
            parts[row.person_id].append(part)
    if selection.study is None:
        return parts
    return {id_: own for id_, own in parts.items() if any(part.study_id == selection.study for part in own)}


def _people(store: Store, selection: Selection, people: list[_Chosen]) -> Iterator[ExportedPerson]:
    with store.begin() as db:
        known = networks(db)
    for person in people:
        yield _person(store, selection, person, known)
    with store.begin() as db:
        if not {person.id for person in people} <= consents.agreed(db, Purpose.RESEARCH):
            raise Refusal("Somebody took back a consent while this was written. Nothing was kept. Please start again.")


def _picture(store: Store, picture_hash: str) -> bytes:
    with store.begin() as db:
        return face_queries.pictures(db, [picture_hash])[picture_hash][1]


def _person(store: Store, selection: Selection, person: _Chosen, known: dict[int, NetworkId]) -> ExportedPerson:
    with store.begin() as db:
        blocks, totals = research_queries.blocks(db, person.id, selection), research_queries.totals(db, person.id)
        scribe = Scribe(person.name, person.shift, person.parts, research_queries.sittings(db, person.id), known)
    began = [block.started_at for block in blocks]

    def runs() -> Iterator[tuple[RunRecord, list[TrialRecord]]]:
        for start in range(0, len(blocks), _BLOCKS):
            some = blocks[start : start + _BLOCKS]
            with store.begin() as db:
                rows = trial_rows(db, [block.id for block in some])
            for block in some:
                yield from scribe.block(block, rows[block.id])

    return ExportedPerson(
        participant=_participant(selection, person),
        runs=runs(),
        sittings=scribe.met,
        scores=scribe.scores,
        totals=[
            ExportedTotal(person.name, row.questionnaire, row.filled_on + person.shift, row.total)
            for row in totals
            if _within(selection, person, began, row.filled_on)
        ],
        plans=scribe.plans,
    )


def _within(selection: Selection, person: _Chosen, began: list[datetime], day: date) -> bool:
    """Whether a questionnaire's day is in the choice; of a study, from the first of the blocks that `began`, or
    enrolment, until withdrawal."""
    if not selection.holds(day):
        return False
    part = next((part for part in person.parts if part.study_id == selection.study), None)
    if part is None:
        return True
    return min(part.since, *began).date() <= day and (part.until is None or day <= part.until.date())


def _participant(selection: Selection, person: _Chosen) -> Participant:
    part = next((part for part in person.parts if part.study_id == selection.study), None)
    if part is None:
        return Participant(person.name, person.language)
    return Participant(
        person.name,
        person.language,
        part.study,
        part.arm,
        part.number,
        (part.since + person.shift).date(),
        part.until and (part.until + person.shift).date(),
    )


def _flow(db: Session, study: StudyRow, here: Collection[str]) -> Flow:
    rows = study_queries.enrolled(db, study.id)
    return Flow(
        enrolled=study.allocated,
        left=sum(row.withdrawn_at is not None for row in rows if row.person_id in here),
        disagree=len(rows) - len(here),
        erased=study.allocated - len(rows),
    )


def _without_days(choice: dict[str, str]) -> dict[str, str]:
    """What was asked for, for those who must not learn a real day; the audit log keeps all of it."""
    real = (choice["from"], choice["to"])
    days = "all" if real == (_BEGINNING, _NOW) else "some, which the audit log names"
    return {what: said for what, said in choice.items() if what not in {"from", "to"}} | {"days": days}


def _in_words(selection: Selection, study: StudyRow | None) -> dict[str, str]:
    return {
        "study": study.name if study else "any or none",
        "from": str(selection.since or _BEGINNING),
        "to": str(selection.until or _NOW),
        "tasks": ", ".join(selection.tasks),
        "sets": ", ".join(selection.sets) or "all",
        "people": "who agreed to research",
    }
