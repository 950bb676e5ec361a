"""Documents of an export: README, the plans behind the rows, the protocol, loaders for R and Python."""

import json
from dataclasses import asdict

from core.config import DATA
from core.domain.exercise.plan import Plan
from core.export.dataset import ExportCounts, ExportMetadata
from core.export.package import Package
from core.export.redcap import MOST_INSTANCES

LOADERS = ("load.py", "load.R")
README = """\
# {title}

Every trial of {people} people who agreed to the use of their answers for research: {trials} rows, {runs} runs,
{sessions} sittings. Written by Lexithymia {software} on {made_on}. What was asked for: {choice}.

People go by pseudonyms: a keyed hash, the same in every export of this study and series, another one in all others.
There are no dates. Days count from the person's own first run here, which is day 0; what was before has negative ones.
Of times of day there is the part of the day on the person's own clock, and within a run seconds. What somebody did in
the last days, up to four weeks, is not here yet, for a time that differs from person to person. People are in no order.
`documentation/dictionary.csv` says under `quasi_identifier` what may still help to tell who somebody is. Whoever may
un-blind does so by a separate act, which is written down.

## The design

People who find it hard to name feelings train with faces. A **practice** gives feedback after every face and never
measures. A **check** gives none: it is of fixed length, balanced over seven emotions, drawn by seed (`item_seed`) from
identities that practice never shows, from two matched forms (`form`) that alternate. The first two checks, before any
practice, are the baseline. Only checks of the same `blueprint` can be compared. In checks "not sure" is followed by a
best guess, and `scored` is what counts. The task **expression** is the other half: the person shows an emotion to a
camera, and `network_response` is what a network made of it; it mixes the person's face with the network's errors, must
not be added to recognition, and is kept by `network_hash`.
{study}
## What is here

| file | what it is |
|---|---|
| `data/study-lexithymia_data.csv` | all trials, one row each (UTF-8, `n/a` for missing, times in seconds) |
| `trials.parquet` | the same, typed |
| `sub-*/ses-*/beh/` | the same as a BIDS tree, one file for each run, with `participants.tsv` and `phenotype/` |
| `data/…checks_data.csv` | one row for each finished check: its score with its interval, the verdict of its block |
| `data/…feelings_data.csv`, `phenotype/feelings.tsv` | own feelings of who shows their diary: {check_ins} check-ins |
| `stimuli/` | the computer-made faces that were shown, with their licence |
| `documentation/dictionary.csv` | every column |
| `redcap/`, `documentation/redcap.csv` | the same for REDCap: data by form, and the dictionary that they pass |
| `documentation/plans.json` | the plans behind the column `plan`: what each person was to train |
| `fhir/bundle.json` | FHIR R4 Observations: {checks} checks, verdicts on blocks of them, {totals} questionnaires |
| `analysis/load.py`, `load.R` | loaders for pandas and R |
| `manifest.json` | size and SHA-256 of every file |

**REDCap**: import the dictionary, make `sessions`, `trials` and each `phenotype_…` repeating instruments, then import
the files of `redcap/`. The record is `participant_id`; a later export of the same series, imported over it, writes the
same instances again and adds the new ones. {beyond}

Never average practice with checks: group by `kind`, as the loaders do. People who are archived are here like all
others: being archived ends training, and no consent.

Rows that no score may use are in, with the reason in `exclusion` ({excluded} of {trials}). Of the pictures, those that
may be passed on are in `stimuli/`; `stimulus` and `stimulus_hash` name them all. A text cell that begins like a
spreadsheet's formula has an apostrophe before it. The tree is valid BIDS, and valid Psych-DS at the same time.
"""
_STUDY = """
## The study

{protocol}

Arms, allocated in permuted blocks of random size by one seed: {arms}.

Enrolled: {enrolled}. Here: {here}, of whom {left} left the study. Not here: {disagree} who do not agree to research
now, and {erased} of whom everything was deleted.

What was done between enrolment and withdrawal is here, and the finished checks from before enrolment, which have the
baseline: on them `study` is `n/a`. What was done in an earlier study is in that study's export only. Questionnaires are
here from the first of these checks, or enrolment, to withdrawal.
"""
_WITHHELD = """\
withheld
while the study enrols, and with them the seed and, of what was done since enrolment, all that says how an arm is
trained (`plan`, `blueprint`, `level`, `block_length`, `exposure`). Which faces were shown is here: whoever must not be
able to tell the arms apart waits until the study is closed"""


def add_readme(package: Package, about: ExportMetadata, counts: ExportCounts) -> None:
    study = ""
    if about.protocol is not None and about.flow is not None:
        arms = ", ".join(about.arms) or _WITHHELD
        study = _STUDY.format(protocol=about.protocol, arms=arms, here=counts.people, **asdict(about.flow))
    asked = "; ".join(f"{what} {value}" for what, value in about.choice.items())
    filled = README.format(
        title=about.title,
        software=about.software,
        made_on=about.made_on,
        choice=asked,
        study=study,
        beyond=_beyond(counts),
        **{name: f"{number:,}" for name, number in vars(counts).items()},
    )
    package.add("README.md", filled)


def _beyond(counts: ExportCounts) -> str:
    if not counts.beyond_redcap:
        return "All trials are in it."
    return (
        f"REDCap numbers at most {MOST_INSTANCES:,} instances of an instrument for each record: "
        f"{counts.beyond_redcap:,} trials have no number there and are in the other files only."
    )


def add_documents(package: Package, about: ExportMetadata, plans: dict[str, Plan]) -> None:
    """The plans (of arms by name, of rows by hash), the protocol and the loaders."""
    content = {
        "arms": {name: plan.to_json() for name, plan in about.arms.items()},
        "plans": {key: plan.to_json() for key, plan in sorted(plans.items())},
    }
    package.add("documentation/plans.json", json.dumps(content, indent=1) + "\n")
    if about.protocol is not None:
        package.add("documentation/protocol.md", about.protocol + "\n")
    for name in LOADERS:
        package.add(f"analysis/{name}", (DATA / "export" / name).read_bytes())
