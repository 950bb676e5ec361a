"""A whole export, in one pass over the people in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.config import DATA
from core.domain.exercise.plan import Plan
from core.export import bids
from core.export.checks import COLUMNS, add_checks, told
from core.export.dataset import (
    ExportCounts,
    ExportedChange,
    ExportedCheckIn,
    ExportedScore,
    ExportedSitting,
    ExportedTotal,
    ExportMetadata,
    Participant,
)
from core.export.dictionary import add_dictionary
from core.export.documents import add_documents, add_readme
from core.export.feelings import CHECK_IN, add_feelings
from core.export.fhir import BUNDLE, FhirBundle
from core.export.package import Cancelled, Package
from core.export.records import RunRecord, TrialRecord, export_columns
from core.export.redcap import add_redcap, trials_form
from core.export.trials import trial_writer

NOTICE = DATA / "stimuli" / "builtin" / "ICT-FACEKIT-LICENSE.txt"


@dataclass
class ExportedPerson:
    """One person: who it is, what they did, and what came of it."""

    participant: Participant
    runs: Iterable[tuple[RunRecord, Sequence[TrialRecord]]]
    """Read once; `sittings`, `scores` and `plans` may be filled meanwhile."""
    places: Mapping[int, range] = field(default_factory=dict)
    """REDCap's instances of the trials of each block, by its number (`core.export.redcap.trial_instances`)."""
    sittings: dict[str, ExportedSitting] = field(default_factory=dict)
    """By label."""
    scores: list[ExportedScore] = field(default_factory=list)
    changes: list[ExportedChange] = field(default_factory=list)
    """Whatever was found; told is what rests on checks that are here."""
    totals: list[ExportedTotal] = field(default_factory=list)
    feelings: list[ExportedCheckIn] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    """Those in force, by hash."""


def write(
    out: Path,
    about: ExportMetadata,
    people: Iterable[ExportedPerson],
    goes_on: Callable[[int], bool],
    picture: Callable[[str], bytes],
    work_folder: Callable[[Path], AbstractContextManager[Path]],
) -> ExportCounts:
    """Write all of `people` under `out`, a zip or a folder; until it is whole nothing is there.

    `goes_on` is told the number of rows after each run, and while long files are packed; False from it raises
    Cancelled, and nothing remains. `picture` gives the bytes of a face by its hash, `work_folder` as for `Package`.
    """
    counts, columns = ExportCounts(), export_columns(about.tasks)
    form = trials_form(columns.all)
    participants: list[Participant] = []
    plans: dict[str, Plan] = {}
    totals: dict[str, list[ExportedTotal]] = {}
    sittings: dict[str, list[ExportedSitting]] = {}
    feelings: list[ExportedCheckIn] = []
    scores, changes = list[ExportedScore](), list[ExportedChange]()
    with Package(out, work_folder, lambda: goes_on(counts.trials)) as package:
        with package.beside(BUNDLE) as path, path.open("wb") as file, trial_writer(package, columns, form) as trials:
            bundle = FhirBundle(file)
            for person in people:
                name = person.participant.participant
                participants.append(person.participant)
                bundle.patient(name)
                for run, rows in person.runs:
                    trials.add(run, rows, person.places[run.block])
                    counts.runs += 1
                    counts.trials, counts.excluded = trials.rows, trials.excluded
                    counts.beyond_redcap = trials.beyond_redcap
                    if not goes_on(counts.trials):
                        raise Cancelled
                for score in person.scores:
                    bundle.check(score)
                found = told(person.changes, person.scores)
                for change in found:
                    bundle.change(change)
                scores, changes = scores + person.scores, changes + found
                for number, total in enumerate(person.totals, 1):
                    bundle.total(total, number, about.questionnaires.get(total.questionnaire))
                    totals.setdefault(total.questionnaire, []).append(total)
                sittings[name] = sorted(person.sittings.values(), key=lambda one: one.session)
                bids.add_sittings(package, name, sittings[name])
                plans |= person.plans
                feelings += person.feelings
                counts.people += 1
                counts.sessions += len(person.sittings)
                counts.checks += len(person.scores)
                counts.totals += len(person.totals)
                counts.check_ins += len(person.feelings)
            bundle.close()
        for name, picture_hash in sorted(trials.pictures.items()):
            package.add(f"stimuli/{name}", picture(picture_hash))
        if trials.pictures:
            package.add("stimuli/LICENSE.txt", NOTICE.read_bytes())
        bids.add_description(package, about, trials.tasks, columns.all, [*(CHECK_IN if feelings else ()), *COLUMNS])
        bids.add_participants(package, participants)
        for key, own in totals.items():
            bids.add_phenotype(package, key, about.questionnaires.get(key), own)
        add_feelings(package, feelings)
        add_checks(package, scores, changes)
        add_dictionary(package, columns.all)
        add_redcap(package, form, participants, sittings, totals, about.questionnaires)
        add_documents(package, about, plans)
        add_readme(package, about, counts)
        package.finish(
            {
                "software": about.software,
                "made_on": about.made_on.isoformat(),
                "choice": about.choice,
                "counts": asdict(counts),
            }
        )
    return counts
