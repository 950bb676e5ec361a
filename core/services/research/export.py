"""Research export: consenting people only, by pseudonyms and without dates, written while servers go on.

Who they are is settled in one short transaction at the start, which also writes the export into the audit log; then
the rows are read some blocks at a time, so that nobody who answers has to wait. Before the end it is made sure that
everybody in it still agrees: else nothing is left of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from core.config import VERSION
from core.domain.audit import Act
from core.domain.days import day_of
from core.domain.exercise.own_days import day_part, own_day
from core.domain.exercise.plan import Plan
from core.domain.exercise.selection import Selection
from core.domain.feelings.check_in import CheckIn
from core.domain.network.rating import NetworkId
from core.domain.patient.consent import Purpose
from core.domain.people import Person, Refusal, Role
from core.export.dataset import ExportCounts, ExportedCheckIn, ExportedTotal, ExportMetadata, Flow, Participant
from core.export.records import RunRecord, TrialRecord
from core.export.redcap import trial_instances
from core.export.write import ExportedPerson, write
from core.services.clinic import questionnaires
from core.services.feelings.sharing import shared_for_research, whole_diaries
from core.services.gate import audit
from core.services.gate.access import require
from core.services.privacy import consents
from core.services.research import approvals
from core.services.research.choice import ChoiceCounts, ChosenPerson, among, choice_in_words, chosen, counts
from core.services.research.described import described
from core.services.research.export_changes import exported_changes
from core.services.research.export_rows import Scribe
from core.storage.backups.work import EXPORTING, remove_abandoned, work_folder
from core.storage.database import Store
from core.storage.queries import face_queries, research_queries, study_queries
from core.storage.queries.plan_queries import closed_parts
from core.storage.queries.pseudonym_queries import pseudonyms
from core.storage.tables import StudyRow, now
from core.storage.trials import networks, trial_rows

_BLOCKS = 40
"""Blocks whose trials are read at once."""


def preview(store: Store, token: str, selection: Selection) -> ChoiceCounts:
    """What an export of `selection` would hold now; raises Refusal where there would be none."""
    with store.begin() as db:
        require(db, token, Role.RESEARCHER)
        return counts(db, chosen(db, selection, now()))


def export(store: Store, token: str, selection: Selection, out: Path, goes_on: Callable[[int], bool]) -> ExportCounts:
    """Write the export under `out`, a zip or a folder. `goes_on` is told the rows after each run; False ends it.

    Raises FileExistsError, Cancelled, and Refusal when nobody is in it, somebody took back a consent meanwhile, or an
    approval is needed and not there. What did not come to its end leaves the approval as it was.
    """
    with store.begin() as db:
        by = require(db, token, Role.RESEARCHER)
        approval = approvals.spend(db, by, Act.EXPORT, selection)
        people, about = _begin(db, by, selection, approval)
    try:
        return _written(store, selection, out, people, about, goes_on)
    except BaseException:
        approvals.give_back(store, approval)
        raise


def export_by_command(store: Store, selection: Selection, out: Path, goes_on: Callable[[int], bool]) -> ExportCounts:
    """The same for whoever runs this installation; the audit log says that it was a command."""
    with store.begin() as db:
        people, about = _begin(db, None, selection, {})
    return _written(store, selection, out, people, about, goes_on)


def _written(
    store: Store,
    selection: Selection,
    out: Path,
    people: list[tuple[str, ChosenPerson]],
    about: ExportMetadata,
    goes_on: Callable[[int], bool],
) -> ExportCounts:
    return write(out, about, _people(store, selection, people), goes_on, partial(_picture, store), _work_folder)


def _work_folder(parent: Path) -> AbstractContextManager[Path]:
    """A folder to write an export in; those of exports that were killed there before are removed."""
    remove_abandoned(parent, EXPORTING)
    return work_folder(parent, EXPORTING)


def _begin(
    db: Session, by: Person | None, selection: Selection, approval: Mapping[str, str]
) -> tuple[list[tuple[str, ChosenPerson]], ExportMetadata]:
    """Whom to export, by pseudonym and in its order."""
    people = chosen(db, selection, now())
    if not people:
        raise Refusal("Nobody who agreed to research is in this choice. There is nothing to export.")
    names = pseudonyms(db, people, selection.purpose)
    study = db.get_one(StudyRow, selection.study) if selection.study else None
    choice = choice_in_words(db, selection)
    audit.note(db, by, Act.EXPORT, people=len(people), choice=choice, **approval)
    closed = study is not None and study.closed_at is not None
    arms = {arm.name: Plan.from_json(arm.plan) for arm in study_queries.arms(db, study.id)} if study and closed else {}
    about = ExportMetadata(
        title=study.name if study else "Lexithymia: recognising and showing emotions",
        software=VERSION,
        made_on=day_of(now(), UTC),
        protocol=study.protocol if study else None,
        arms=arms,
        choice=choice,
        tasks=described(),
        questionnaires=questionnaires.known(),
        flow=_flow(db, selection, study, people) if study else None,
        licence=study.licence if study else "",
        authors=tuple(study.authors) if study else (),
    )
    return sorted((names[id_], person) for id_, person in people.items()), about


def _people(store: Store, selection: Selection, people: list[tuple[str, ChosenPerson]]) -> Iterator[ExportedPerson]:
    with store.begin() as db:
        known = networks(db)
    felt: set[str] = set()
    for name, person in people:
        written = _person(store, selection, name, person, known)
        felt |= {person.id} if written.feelings else set()
        yield written
    with store.begin() as db:
        agreed = {person.id for _, person in people} <= consents.agreed(db, Purpose.RESEARCH)
        if not agreed or not felt <= whole_diaries(db):
            raise Refusal("Somebody took back a consent while this was written. Nothing was kept. Please start again.")


def _picture(store: Store, picture_hash: str) -> bytes:
    with store.begin() as db:
        return face_queries.pictures(db, [picture_hash])[picture_hash][1]


def _person(
    store: Store, selection: Selection, name: str, person: ChosenPerson, known: dict[int, NetworkId]
) -> ExportedPerson:
    with store.begin() as db:
        totals = research_queries.totals(db, person.id)
        felt = shared_for_research(db, person.id)
        closed = closed_parts(db, person.id)
        met = research_queries.sittings(db, [person.id], person.began).get(person.id, [])
    numbers = {block_id: number for number, block_id in enumerate(person.began, 1)}
    scribe = Scribe(name, person.days, person.parts, numbers, met, known)

    def runs() -> Iterator[tuple[RunRecord, list[TrialRecord]]]:
        for start in range(0, len(person.runs), _BLOCKS):
            some = [run.id for run in person.runs[start : start + _BLOCKS]]
            with store.begin() as db:
                blocks, rows = research_queries.blocks(db, some), trial_rows(db, some)
            for block_id in some:
                yield from scribe.block(blocks[block_id], rows[block_id])

    return ExportedPerson(
        participant=_participant(selection, name, person),
        runs=runs(),
        places=trial_instances(person.lengths),
        sittings=scribe.met,
        scores=scribe.scores,
        changes=exported_changes(name, person.days, numbers, closed),
        totals=[
            ExportedTotal(
                name,
                row.questionnaire,
                person.days.number_of(row.filled_on),
                row.total,
                row.form_id is not None,
                row.left_out,
                row.subscales or {},
            )
            for row in totals
            if _within(selection, person, row.filled_on)
        ],
        feelings=_feelings(selection, name, person, felt),
        plans=scribe.plans,
    )


def _feelings(selection: Selection, name: str, person: ChosenPerson, felt: Sequence[CheckIn]) -> list[ExportedCheckIn]:
    told = [entry for entry in felt if _within(selection, person, entry.day)]
    days = person.days
    return [
        ExportedCheckIn(name, number, days.number_of(entry.day), day_part(entry.at, days.zone), entry)
        for number, entry in enumerate(told, 1)
    ]


def _within(selection: Selection, person: ChosenPerson, day: date) -> bool:
    """Whether a questionnaire's or check-in's day is in the choice; of a study, from the first of the blocks, or
    enrolment, until withdrawal."""
    if day >= person.days.until or not selection.holds(person.days.number_of(day)):
        return False
    part = person.part_in(selection.study)
    if part is None:
        return True
    zone = person.days.zone
    begun = min(own_day(part.since, zone), person.days.first or date.max)
    return begun <= day and (part.until is None or day <= own_day(part.until, zone))


def _participant(selection: Selection, name: str, person: ChosenPerson) -> Participant:
    part = person.part_in(selection.study)
    if part is None:
        return Participant(name, person.language)
    days = person.days
    left = part.until if days.over(part.until, days.zone) else None
    return Participant(
        name,
        person.language,
        part.study,
        part.arm,
        days.number(part.since, days.zone),
        None if left is None else days.number(left, days.zone),
    )


def _flow(db: Session, selection: Selection, study: StudyRow, here: Mapping[str, ChosenPerson]) -> Flow:
    """Counts of those who may be told of: not of who was enrolled or left so lately that it is kept back."""
    ids = [row.person_id for row in study_queries.enrolled(db, study.id)]
    told = among(db, ids, selection, now())
    erased = study.allocated - len(ids)
    parts = [(person.days, person.part_in(study.id)) for person in here.values()]
    return Flow(
        enrolled=len(told) + erased,
        left=sum(part is not None and days.over(part.until, days.zone) for days, part in parts),
        disagree=len(told) - len(here),
        erased=erased,
    )
