"""REDCap: a dictionary of all forms, and data that it takes by that dictionary, beside the BIDS files.

A record is a person, under the pseudonym that is the same in every export of a series. Sittings, trials and
questionnaires are repeating instruments, and an instance is the same sitting, trial or day in every such export, so
that a later one imported over it writes the same rows again and adds the new ones. What is missing is a blank cell.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO

from core.domain.columns import Column, ColumnType
from core.domain.patient.questionnaires import Questionnaire
from core.export.bids import PARTICIPANTS, SITTINGS
from core.export.cells import csv, harmless, writers
from core.export.columns import MISSING
from core.export.dataset import ExportedSitting, ExportedTotal, Participant
from core.export.package import Package
from core.export.totals import total_cells, total_columns

DICTIONARY = "documentation/redcap.csv"
MOST_INSTANCES = 32_767
"""Of one repeating instrument of a record: REDCap keeps their number as a 16-bit integer."""
SPARE = 10
"""Instances of a block for faces that replace void ones: those of later blocks do not move when there are some."""
_DAY_ZERO = 16_384
"""Instance of a questionnaire of day 0; days before are negative."""
_HEADINGS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
_RECORD = ("participant_id", "redcap_repeat_instrument", "redcap_repeat_instance")
_VALIDATION = {ColumnType.WHOLE: "integer", ColumnType.NUMBER: "number"}
_BLANK = {MISSING: ""}
_YES_OR_NO = {**_BLANK, "true": "1", "false": "0"}


@dataclass(frozen=True)
class RedcapField:
    """A column under a name that no other form has."""

    name: str
    column: Column
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class RedcapForm:
    """An instrument; all but the participants' repeat."""

    name: str
    fields: tuple[RedcapField, ...]

    @property
    def file(self) -> str:
        return f"redcap/{self.name}.csv"

    def header(self) -> str:
        return csv([*_RECORD, *(field.name for field in self.fields)])

    def line(self, record: str, instance: int | None, cells: Sequence[str]) -> str:
        """Cells as the other tables write them."""
        coded = [
            (_YES_OR_NO if field.column.type is ColumnType.TRUTH else _BLANK).get(cell, cell)
            for field, cell in zip(self.fields, cells, strict=True)
        ]
        return csv([record, "" if instance is None else self.name, "" if instance is None else str(instance), *coded])


PEOPLE = RedcapForm("participants", tuple(RedcapField(f"participants_{c.name}", c) for c in PARTICIPANTS[1:]))
SESSIONS = RedcapForm("sessions", tuple(RedcapField(f"sessions_{c.name}", c) for c in SITTINGS))


def trials_form(columns: Sequence[Column]) -> RedcapForm:
    """The columns of the trials table without the number of the row, which is another in each export, and the
    record."""
    return RedcapForm("trials", tuple(RedcapField(column.name, column) for column in columns[2:]))


def questionnaire_form(key: str, known: Questionnaire | None, totals: Sequence[ExportedTotal] = ()) -> RedcapForm:
    name = f"phenotype_{_plain(key)}"
    fields = []
    for column in total_columns(totals):
        told = replace(column, about=f"{key}: {column.about}")
        low, high = (known.low, known.high) if known and column.name == "total" else (None, None)
        fields.append(RedcapField(f"{name}_{_plain(column.name)}", told, low, high))
    return RedcapForm(name, tuple(fields))


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")


def trial_instances(lengths: Iterable[int]) -> dict[int, range]:
    """The instances that the trials of each block can have, by the block's number. `lengths`: how many faces of each of
    the person's blocks were to be answered, in order, whether they are in the export or not."""
    places, first = {}, 1
    for number, length in enumerate(lengths, 1):
        places[number] = range(first, first + length + SPARE)
        first += length + SPARE
    return places


class RedcapWriter:
    """Takes trials as they are written, and all else at the end. `beyond`: trials that REDCap has no number for."""

    def __init__(self, trials: IO[bytes], form: RedcapForm) -> None:
        self._trials, self._form, self.beyond = trials, form, 0
        self._trials.write(form.header().encode())

    def trial(self, cells: Sequence[str], places: range, number: int) -> None:
        """A line of the long table, of the trial with this number in a block with these `places`."""
        instance = places[number - 1] if number <= len(places) else MOST_INSTANCES + 1
        if instance > MOST_INSTANCES:
            self.beyond += 1
        else:
            self._trials.write(self._form.line(cells[1], instance, cells[2:]).encode())


def add_redcap(
    package: Package,
    trials: RedcapForm,
    people: Sequence[Participant],
    sittings: Mapping[str, Sequence[ExportedSitting]],
    totals: Mapping[str, Sequence[ExportedTotal]],
    questionnaires: Mapping[str, Questionnaire],
) -> None:
    """The dictionary, and the data of all forms but the trials. `sittings` by person, `totals` by questionnaire."""
    forms = {
        key: questionnaire_form(key, questionnaires.get(key), totals.get(key, ()))
        for key in sorted({*questionnaires, *totals})
    }
    package.add(DICTIONARY, dictionary([PEOPLE, SESSIONS, trials, *forms.values()]))
    rows = [(one.participant, None, [getattr(one, column.name) for column in PARTICIPANTS[1:]]) for one in people]
    package.add(PEOPLE.file, _table(PEOPLE, rows))
    met = [
        (name, int(one.session), [f"ses-{one.session}", one.day, one.part])
        for name, own in sittings.items()
        for one in own
    ]
    package.add(SESSIONS.file, _table(SESSIONS, met))
    for key, some in totals.items():
        filled = [
            (one.participant, place if one.day is None else _DAY_ZERO + one.day, total_cells(one, some))
            for place, one in enumerate(some, 1)
        ]
        package.add(forms[key].file, _table(forms[key], filled))


def dictionary(forms: Iterable[RedcapForm]) -> str:
    """REDCap's own dictionary; its first field is the record."""
    record = RedcapForm(PEOPLE.name, (RedcapField(_RECORD[0], PARTICIPANTS[0]),))
    rows = [_described(form, field) for form in (record, *forms) for field in form.fields]
    return "".join(csv([cell and harmless(cell) for cell in row]) for row in (_HEADINGS, *rows))


def _table(form: RedcapForm, rows: Iterable[tuple[str, int | None, Sequence[object]]]) -> str:
    write = writers(field.column for field in form.fields)
    lines = [
        form.line(f"sub-{name}", instance, [one(value) for one, value in zip(write, values, strict=True)])
        for name, instance, values in rows
        if instance is None or 0 < instance <= MOST_INSTANCES
    ]
    return "".join([form.header(), *lines])


def _described(form: RedcapForm, field: RedcapField) -> tuple[str, ...]:
    column = field.column
    choices = " | ".join(f"{value}, {_label(said)}" for value, said in (column.levels or {}).items())
    kind = "radio" if choices else "yesno" if column.type is ColumnType.TRUTH else "text"
    said = {
        "Variable / Field Name": field.name,
        "Form Name": form.name,
        "Field Type": kind,
        "Field Label": column.about,
        "Choices, Calculations, OR Slider Labels": choices,
        "Field Note": column.unit,
        "Text Validation Type OR Show Slider Number": _VALIDATION.get(column.type, ""),
        "Text Validation Min": "" if field.low is None else str(field.low),
        "Text Validation Max": "" if field.high is None else str(field.high),
        "Field Annotation": column.quasi,
    }
    return tuple(said.get(heading, "") for heading in _HEADINGS)


def _label(said: str) -> str:
    """REDCap takes | and the first comma for its own."""
    return re.sub(r"[|,]", ";", said)
