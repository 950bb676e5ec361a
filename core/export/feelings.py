"""Own feelings in an export, of who shows their diary: each check-in for Psych-DS, a line for each person for BIDS.

Words are of the list: own words and notes never come here.
"""

import json
from collections.abc import Callable, Sequence
from itertools import groupby

from core.domain.columns import Column, ColumnType
from core.domain.exercise.own_days import DAY_PARTS
from core.domain.feelings.check_in import RATED, Zone
from core.domain.feelings.diary import figures
from core.domain.feelings.words import UNNAMED, feeling_words
from core.domain.language import SOURCE, in_language
from core.export.bids import sidecar
from core.export.cells import csv, tsv, writers
from core.export.columns import DAYS, GAPS, HABITS
from core.export.dataset import ExportedCheckIn
from core.export.dictionary import dictionary
from core.export.package import Package

CSV = "data/study-lexithymia_description-feelings_data.csv"
PHENOTYPE = "phenotype/feelings"
DICTIONARY = "documentation/feelings.csv"
_SEPARATOR = "; "
_NAMES = {key: in_language(word.name, SOURCE) for key, word in feeling_words().items() if key != UNNAMED}

PERSON = Column("participant_id", ColumnType.TEXT, "the person, by the pseudonym of this export")
CHECK_IN = (
    Column("row_id", ColumnType.TEXT, "person and check-in"),
    PERSON,
    Column("check_in", ColumnType.WHOLE, "number among the person's check-ins here, from 1"),
    Column("check_in_day", ColumnType.WHOLE, "day of the check-in", DAYS, quasi=GAPS),
    Column("check_in_day_part", ColumnType.TEXT, "part of that day", levels=DAY_PARTS, quasi=HABITS),
    Column("felt_pleasant", ColumnType.WHOLE, "from -2 unpleasant to 2 pleasant; n/a: left out"),
    Column("felt_energy", ColumnType.WHOLE, "from -2 low to 2 high energy; n/a: left out"),
    Column("felt_strength", ColumnType.WHOLE, "how strong, from 1 to 5; n/a: not said"),
    Column("felt_words", ColumnType.TEXT, "words of the list, with `; ` between them", levels=_NAMES),
    Column("felt_unnamed", ColumnType.TRUTH, "whether no word named it"),
    *(Column(f"felt_{word}", ColumnType.WHOLE, f"how much of “{word}”, from 0 to 4; n/a: left out") for word in RATED),
    Column("body_told", ColumnType.TRUTH, "whether the body was answered; false: left out"),
    *(
        Column(f"body_{zone}", ColumnType.WHOLE, f"{zone}: 0 nothing, 1 a little, 2 a lot; n/a: left out")
        for zone in Zone
    ),
)
SUMMARY = (
    PERSON,
    Column("check_ins", ColumnType.WHOLE, "check-ins of the person in this export"),
    Column("different_words", ColumnType.WHOLE, "different words of the list that were used"),
    Column("unnamed", ColumnType.WHOLE, "check-ins in which no word named it"),
    *(
        Column(f"granularity_{side}{part}", ColumnType.NUMBER, said)
        for side in ("unpleasant", "pleasant")
        for part, said in (
            ("", "1 - ICC(C,1) of the four words of this valence; n/a with fewer than 20 check-ins that have some"),
            ("_low", "lower end of its 95 % interval (bootstrap over check-ins)"),
            ("_high", "upper end"),
        )
    ),
)


def add_feelings(package: Package, told: Sequence[ExportedCheckIn]) -> None:
    """Both tables and their dictionaries; nothing where nobody shows a diary. `told`: in order of people and days."""
    if not told:
        return
    package.add(CSV, _table(CHECK_IN, [_row(one) for one in told], csv))
    rows = [_summary(name, list(own)) for name, own in groupby(told, key=lambda one: one.participant)]
    package.add(f"{PHENOTYPE}.tsv", _table(SUMMARY, rows, tsv))
    tool = {"Description": "Check-ins with one's own feelings, as their person showed them. A description, not a test."}
    described = {**sidecar(SUMMARY), "MeasurementToolMetadata": tool}
    package.add(f"{PHENOTYPE}.json", json.dumps(described, indent=1, ensure_ascii=False) + "\n")
    package.add(DICTIONARY, dictionary(CHECK_IN))


def _row(one: ExportedCheckIn) -> list[object]:
    entry = one.entry
    body = None if entry.body is None else {zone: entry.body[zone].amount if zone in entry.body else 0 for zone in Zone}
    return [
        f"{one.participant}-{one.number}",
        f"sub-{one.participant}",
        one.number,
        one.day,
        one.part,
        entry.pleasant,
        entry.energy,
        entry.strength,
        _SEPARATOR.join(entry.words),
        entry.unnamed,
        *(entry.ratings.get(word) for word in RATED),
        body is not None,
        *(None if body is None else body[zone] for zone in Zone),
    ]


def _summary(name: str, own: Sequence[ExportedCheckIn]) -> list[object]:
    found = figures([one.entry for one in own])
    sides = [
        value
        for side in (found.unpleasant, found.pleasant)
        for value in ((None, None, None) if side is None else (side.value, side.low, side.high))
    ]
    return [f"sub-{name}", found.entries, found.different, found.unnamed, *sides]


def _table(columns: Sequence[Column], rows: Sequence[Sequence[object]], line: Callable[[Sequence[str]], str]) -> str:
    write = writers(columns)
    cells = [[one(value) for one, value in zip(write, row, strict=True)] for row in rows]
    return "".join(line(row) for row in [[column.name for column in columns], *cells])
