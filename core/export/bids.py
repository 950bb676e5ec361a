"""BIDS (1.10) and Psych-DS metadata: the files around the runs.

Psych-DS looks at dataset_description.json (JSON-LD) and data/; BIDS at the rest, and leaves data/ alone because
.bidsignore says so.
"""

import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from core.domain.columns import Column, ColumnType
from core.domain.exercise.own_days import DAY_PARTS
from core.domain.patient.questionnaires import Questionnaire
from core.export.cells import tsv, writers
from core.export.columns import DAYS, GAPS, HABITS, RARE, withheld
from core.export.dataset import ExportedSitting, ExportedTotal, ExportMetadata, Participant
from core.export.package import Package
from core.export.totals import total_cells, total_columns

BIDS_VERSION = "1.10.0"
NOT_BIDS = ("data", "documentation", "analysis", "fhir", "redcap", "manifest.json", "trials.parquet", ".psychds-ignore")
NOT_PSYCHDS = (
    "sub-*",
    "phenotype",
    "fhir",
    "redcap",
    "participants.*",
    "sessions.json",
    "task-*",
    "manifest.json",
    "trials.parquet",
    ".bidsignore",
)

PARTICIPANTS = (
    Column("participant_id", ColumnType.TEXT, "the person, by a pseudonym"),
    Column("language", ColumnType.TEXT, "language of the account", quasi=RARE),
    Column("study", ColumnType.TEXT, "the study that is exported"),
    Column("arm", ColumnType.TEXT, withheld("the arm that was allocated")),
    Column("enrolled_day", ColumnType.WHOLE, "day of enrolment", DAYS, quasi=GAPS),
    Column("withdrawn_day", ColumnType.WHOLE, "day of withdrawal from the study; n/a: still in it", DAYS, quasi=GAPS),
)
SITTINGS = (
    Column("session_id", ColumnType.TEXT, "one sitting of the person at one browser"),
    Column("day", ColumnType.WHOLE, "when it began", DAYS, quasi=GAPS),
    Column("day_part", ColumnType.TEXT, "part of that day, on the person's own clock", levels=DAY_PARTS, quasi=HABITS),
)
KEYWORDS = ["emotion recognition", "alexithymia", "facial expression", "training"]
UNLICENSED = "All rights reserved"
"""Where a study says nothing: nothing may be done with the data but what its owner agrees to."""


def sidecar(columns: Iterable[Column]) -> dict[str, Any]:
    """Columns as BIDS describes them beside a .tsv."""
    described: dict[str, Any] = {}
    for column in columns:
        described[column.name] = {"Description": column.about}
        if column.unit:
            described[column.name]["Units"] = column.unit
        if column.levels:
            described[column.name]["Levels"] = column.levels
    return described


def add_description(
    package: Package,
    about: ExportMetadata,
    done: Container[str],
    columns: Sequence[Column],
    more: Sequence[Column] = (),
) -> None:
    """dataset_description.json for both standards, the sidecars of runs and sittings, and what each standard shall
    ignore. `done`: names of the tasks of which there are runs; `more`: columns of further tables."""
    known = {column.name for column in columns}
    measured = [*columns, *(column for column in more if column.name not in known)]
    text = f"{about.title}: every trial of people who agreed to research, by pseudonyms and without dates."
    package.add(
        "dataset_description.json",
        _json(
            {
                "@context": "https://schema.org/",
                "@type": "Dataset",
                "name": about.title,
                "description": text,
                "schemaVersion": "Psych-DS 1.5.1",
                "keywords": KEYWORDS,
                "variableMeasured": [_measured(column) for column in measured],
                "Name": about.title,
                "BIDSVersion": BIDS_VERSION,
                "DatasetType": "raw",
                "License": about.licence or UNLICENSED,
                **({"Authors": list(about.authors)} if about.authors else {}),
                "Keywords": KEYWORDS,
                "GeneratedBy": [{"Name": "Lexithymia", "Version": about.software, "Description": "Export"}],
            }
        ),
    )
    package.add(".bidsignore", "".join(f"{name}\n" for name in NOT_BIDS))
    package.add(".psychds-ignore", "".join(f"{name}\n" for name in NOT_PSYCHDS))
    package.add("sessions.json", _json(sidecar(SITTINGS)))
    for task in (task for task in about.tasks if task.name in done):
        said = {"TaskName": task.name, "TaskDescription": task.about, "Instructions": task.instructions}
        package.add(f"task-{task.name}_beh.json", _json({**said, **sidecar(columns)}))


def add_participants(package: Package, people: Sequence[Participant]) -> None:
    package.add("participants.tsv", _table(PARTICIPANTS, [_values(PARTICIPANTS, one) for one in people]))
    package.add("participants.json", _json(sidecar(PARTICIPANTS)))


def add_sittings(package: Package, participant: str, sittings: Sequence[ExportedSitting]) -> None:
    """A person's sittings, in order."""
    stem = f"sub-{participant}/sub-{participant}_sessions"
    package.add(f"{stem}.tsv", _table(SITTINGS, [(f"ses-{one.session}", one.day, one.part) for one in sittings]))


def add_phenotype(package: Package, key: str, known: Questionnaire | None, totals: Sequence[ExportedTotal]) -> None:
    """One questionnaire, a line for each person: BIDS wants them once. `totals` in the order of people and days."""
    own = {name: list(some) for name, some in groupby(totals, key=lambda one: one.participant)}
    columns = [PARTICIPANTS[0]]
    for number in range(1, max(map(len, own.values())) + 1):
        columns += [replace(column, name=f"{column.name}_{number}") for column in total_columns(totals)]
    rows = []
    for name, some in own.items():
        cells = [cell for one in some for cell in total_cells(one, totals)]
        rows.append([f"sub-{name}", *cells, *[None] * (len(columns) - 1 - len(cells))])
    stem = "phenotype/" + key.replace("-", "_").lower()
    package.add(f"{stem}.tsv", _table(columns, rows))
    described = sidecar(columns)
    if known is not None:
        described["MeasurementToolMetadata"] = {"Description": f"{known.name}. {known.source}"}
        for column in (one for one in columns if one.name.startswith("total_")):
            described[column.name] |= {"Minimum": known.low, "Maximum": known.high}
    package.add(f"{stem}.json", _json(described))


def _values(columns: Sequence[Column], participant: Participant) -> tuple[object, ...]:
    values = [getattr(participant, "participant" if c.name == "participant_id" else c.name) for c in columns]
    return (f"sub-{values[0]}", *values[1:])


def _table(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> str:
    write = writers(columns)
    lines = [tsv([column.name for column in columns])]
    lines += [tsv([one(value) for one, value in zip(write, row, strict=True)]) for row in rows]
    return "".join(lines)


def _measured(column: Column) -> dict[str, Any]:
    measured = {"@type": "PropertyValue", "name": column.name, "description": column.about}
    if column.unit:
        measured["unitText"] = column.unit
    return measured


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
