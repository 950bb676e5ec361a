"""FER+: what ten people saw in each picture of FER-2013, and which picture which votes belong to.

The file has one row for each row of fer2013.csv, in the same order, and no pictures. Where a source has
as many rows and the same splits in the same places, votes are joined row by row; otherwise by the
picture itself (`core.stimuli.fer2013.fingerprints`). Either way the join is believed only if the labels agree
with the votes: 67 % of labels are the raters' own choice where at least five chose it, against 18 % when
rows are shuffled; the line is drawn at 40 %.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.language import Sentence, Value
from core.stimuli.fer2013.fingerprints import find_rows, known_keys
from core.stimuli.fer2013.splits import USAGES
from core.stimuli.fer2013.table import AROUND, ONE_OF_USAGES, row_at
from core.stimuli.records import VOTE_COLUMNS, StimulusError, cell, shown, tail
from core.stimuli.streams import lines, pieces
from core.stimuli.table import SEPARATORS

LEAST = 5
"""How many of the ten must have chosen one thing before it counts as what people saw."""

NOT_A_FACE = VOTE_COLUMNS.index("NF")
_COLUMN_OF_LABEL = np.array(
    [VOTE_COLUMNS.index(c) for c in ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")]
)
_BELIEVED = 0.4
_RATERS = 10
_REMEDY = Sentence("Give fer2013new.csv of FER+ (github.com/microsoft/FERPlus), or leave --votes out.")


@dataclass(frozen=True)
class Votes:
    """The file: the split of each row, and its counts int16[n, 10] in VOTE_COLUMNS' order."""

    usages: NDArray[np.str_]
    counts: NDArray[np.int16]


@dataclass(frozen=True)
class JoinedVotes:
    """Counts int16[n, 10] for each picture, -1 throughout where none were found; and how, in sentences."""

    counts: NDArray[np.int16]
    how: tuple[Sentence, ...]

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(self.counts[:, 0] >= 0)


def parse_votes(path: Path) -> Votes:
    """The votes in fer2013new.csv, or in the folder of FER+ that holds it; StimulusError naming row, column and
    value."""
    if path.is_dir():
        found = sorted(path.rglob("fer2013new.csv"), key=lambda one: len(one.parts))
        path = found[0] if found else path / "fer2013new.csv"
    where = tail(path)
    if not path.is_file():
        raise StimulusError(str(path), Sentence("there is no such file"), Sentence("the votes"), _REMEDY)
    rows = lines(pieces(path), where)
    header = next(rows, b"").decode("utf-8", "replace")
    separator = max(SEPARATORS, key=header.count)
    names = [name.strip(AROUND).lower() for name in header.split(separator)]
    missing = [name for name in ("usage", *map(str.lower, VOTE_COLUMNS)) if name not in names]
    if missing:
        raise StimulusError(
            where,
            Sentence("the columns {columns}", columns=shown(header, 120)),
            Sentence("also {columns}", columns=tuple(missing)),
            Sentence("This is not FER+. {remedy}", remedy=_REMEDY),
        )
    usage_at, votes_at = names.index("usage"), [names.index(name.lower()) for name in VOTE_COLUMNS]
    usages: list[str] = []
    counts: list[list[int]] = []
    for number, line in enumerate(rows, start=1):
        fields = [field.strip(AROUND) for field in line.decode("utf-8", "replace").split(separator)]
        if fields == [""]:
            continue
        at = row_at(where, number)
        if len(fields) != len(names):
            raise StimulusError(at, Sentence("{number} columns", number=len(fields)), len(names), _REMEDY)
        if fields[usage_at] not in USAGES:
            raise StimulusError(at, cell("Usage", fields[usage_at]), ONE_OF_USAGES, _REMEDY)
        usages.append(fields[usage_at])
        counts.append([_count(fields[i], names[i], at) for i in votes_at])
    if not counts:
        expected = Sentence("the votes for {number} pictures", number=35_887)
        raise StimulusError(where, Sentence("no rows below the header"), expected, _REMEDY)
    return Votes(np.array(usages), np.array(counts, np.int16))


def join_votes(
    pixels: NDArray[np.uint8], labels: NDArray[np.int8], usages: NDArray[np.str_], votes: Votes
) -> JoinedVotes:
    """The votes of each picture: uint8[n, 48, 48], labels int8[n] and splits str[n] as they were read."""
    if len(usages) == len(votes.usages) and bool(np.all(usages == votes.usages)):
        joined = JoinedVotes(votes.counts, (Sentence("The votes were joined row by row."),))
        if _agree(labels, joined):
            return joined
    known = known_keys()
    if len(known) != len(votes.usages):
        raise StimulusError(
            Sentence("votes"),
            Sentence(
                "{rows} rows of votes for {pictures} pictures whose order or labels do not fit",
                rows=len(votes.usages),
                pictures=len(labels),
            ),
            Sentence("votes of all {number} pictures of FER-2013", number=len(known)),
            _REMEDY,
        )
    rows = find_rows(pixels, usages != USAGES[0], known, votes.usages != USAGES[0])
    counts = np.where(rows[:, None] >= 0, votes.counts[rows], np.int16(-1))
    matched = int((rows >= 0).sum())
    how = Sentence(
        "The votes were joined by the pictures themselves: {found} of {all} were found.", found=matched, all=len(rows)
    )
    joined = JoinedVotes(counts, (how,))
    if not _agree(labels, joined):
        raise StimulusError(
            Sentence("votes"),
            Sentence(
                "{found} of {all} pictures found, and their labels do not go with their votes",
                found=matched,
                all=len(rows),
            ),
            Sentence("the votes of these pictures"),
            _REMEDY,
        )
    return joined


def votes_by_row(rows: NDArray[np.int64], votes: Votes | None, where: str) -> JoinedVotes:
    """The votes of pictures whose names say which row of FER+ they are, int64[n]."""
    if votes is None:
        raise StimulusError(
            where,
            Sentence("FER+’s folders, which hold no labels"),
            Sentence("FER+’s votes beside them"),
            Sentence("Give fer2013new.csv of FER+ (github.com/microsoft/FERPlus) with --votes."),
        )
    known = rows < len(votes.counts)
    counts = np.where(known[:, None], votes.counts[np.where(known, rows, 0)], np.int16(-1))
    how = Sentence(
        "The votes were joined by the number in a picture’s name: {found} of {all} were found.",
        found=int(known.sum()),
        all=len(rows),
    )
    return JoinedVotes(counts, (how, Sentence("The label is what most of ten people chose.")))


def labels_by_votes(joined: JoinedVotes) -> NDArray[np.int8]:
    """int8[n]: of the seven emotions the one with most votes, the first of several."""
    return np.asarray(joined.counts[:, _COLUMN_OF_LABEL].argmax(axis=1), np.int8)


def agreed(labels: NDArray[np.int8], counts: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether each label is the unique plurality of all ten columns, with at least five votes."""
    own = counts[np.arange(len(labels)), _COLUMN_OF_LABEL[labels]]
    most = counts.max(axis=1)
    unique = (counts == most[:, None]).sum(axis=1) == 1
    return np.asarray(unique & (own == most) & (most >= LEAST))


def _agree(labels: NDArray[np.int8], joined: JoinedVotes) -> bool:
    clear = joined.counts.max(axis=1) >= LEAST
    return bool(clear.any()) and float(agreed(labels, joined.counts)[clear].mean()) >= _BELIEVED


def _count(field: str, column: str, at: Value) -> int:
    if not (field.isascii() and field.isdigit() and int(field[:4]) <= _RATERS):
        expected = Sentence("a number of votes from 0 to {most}", most=_RATERS)
        raise StimulusError(at, cell(column, field), expected, _REMEDY)
    return int(field)
