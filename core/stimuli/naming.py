"""Names of the common sets: from a picture's path to the row of a manifest.

KDEF `AF01ANS.JPG`, RaFD `Rafd090_01_Caucasian_female_angry_frontal.jpg`, CK+ `S005_001_00000011.png` with its
`…_emotion.txt`, JAFFE `KA.AN1.39.tiff`, ADFES `F01-Anger-….jpg`, or folders named by emotion. Pictures from the side
are left out: neither people who practise nor the network are meant to read them.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from core.domain.emotions import Emotion
from core.domain.language import Sentence
from core.stimuli.emotion_words import Answers, emotion_called, is_left_out
from core.stimuli.records import StimulusError, tail
from core.stimuli.table import Rows, pictures_below
from core.translations import N_

COLUMNS = ("file", "emotion", "identity", "role", "sex", "intensity", "variant")
FROM_SIDE = N_("from the side")
LOOKING_ASIDE = N_("looking aside")
NO_PEAK = N_("on the way to a peak, or without an _emotion.txt")
ODD_NAME = N_("with a name that does not fit the others")
AS_ASKED = N_("with a word for an emotion that is left out, as asked")
_TURNS = ("practice", "A", "B")


@dataclass(frozen=True)
class NamedPicture:
    """What a name says; `emotion` is its word, "" where the name does not fit."""

    file: str
    emotion: str
    identity: str = ""
    sex: str = ""
    variant: str = ""
    aside: str = ""
    """Why it is left out, or ""."""
    role: str = ""


@dataclass
class ReadNames:
    """The rows of a manifest, and what was left out."""

    rows: list[NamedPicture] = field(default_factory=list)
    asides: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Reason to the pictures left out for it."""
    unknown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Word that is in no table to the pictures with it."""


Peaks = dict[str, str]
"""Of CK+: the name of a picture at its peak, in capitals, to what its text says."""
_KDEF = re.compile(r"([AB])([FM])(\d{2})([A-Z]{2})(S|HL|HR|FL|FR)$", re.IGNORECASE)
_RAFD = re.compile(r"Rafd(\d{3})_(\d+)_([a-z]+)_(female|male)_([a-z]+)_([a-z]+)$", re.IGNORECASE)
_CK = re.compile(r"(S\d{3})_(\d{3})_(\d{8})$", re.IGNORECASE)
_JAFFE = re.compile(r"([A-Z]{2})[.-]([A-Z]{2})(\d+)[.-](\d+)$", re.IGNORECASE)
_ADFES = re.compile(r"([FM])(\d{2})[-_ ]+([a-z]+)", re.IGNORECASE)
_CK_EMOTIONS = ("neutral", "anger", "contempt", "disgust", "fear", "happy", "sadness", "surprise")
"""By the number in a `_emotion.txt` (Lucey et al. 2010)."""


def _kdef(file: str, _: Peaks) -> NamedPicture | None:
    found = _KDEF.match(PurePosixPath(file).stem)
    if not found:
        return None
    session, sex, number, emotion, angle = (part.upper() for part in found.groups())
    aside = "" if angle == "S" else FROM_SIDE
    return NamedPicture(file, emotion, f"{sex}{number}", sex.lower(), session, aside)


def _rafd(file: str, _: Peaks) -> NamedPicture | None:
    found = _RAFD.match(PurePosixPath(file).stem)
    if not found:
        return None
    angle, number, _group, sex, emotion, gaze = (part.lower() for part in found.groups())
    aside = FROM_SIDE if angle != "090" else "" if gaze == "frontal" else LOOKING_ASIDE
    return NamedPicture(file, emotion, number, sex[0], "", aside)


def _ck(file: str, peaks: Peaks) -> NamedPicture | None:
    """The last picture of a sequence shows what its text says, the first one nothing yet."""
    found = _CK.match(PurePosixPath(file).stem)
    if not found:
        return None
    person, sequence, number = found.groups()
    if int(number) == 1:
        return NamedPicture(file, "neutral", person, variant=sequence)
    said = peaks.get(PurePosixPath(file).stem.upper())
    aside = "" if said else NO_PEAK
    return NamedPicture(file, said or "neutral", person, variant=sequence, aside=aside)


def _peaks(folder: Path) -> Peaks:
    read = {}
    for path in folder.rglob("*_emotion.txt"):
        number = path.read_text("utf-8", "replace").strip()[:30]
        if re.fullmatch(r"[0-7](\.0*(e\+00)?)?", number):
            read[path.name.removesuffix("_emotion.txt").upper()] = _CK_EMOTIONS[int(number[0])]
    return read


def _jaffe(file: str, _: Peaks) -> NamedPicture | None:
    found = _JAFFE.match(PurePosixPath(file).stem)
    return NamedPicture(file, found[2], found[1].upper(), "f", found[3]) if found else None


def _adfes(file: str, _: Peaks) -> NamedPicture | None:
    found = _ADFES.match(PurePosixPath(file).stem)
    if not found:
        return None
    return NamedPicture(file, found[3].lower(), f"{found[1].upper()}{found[2]}", found[1].lower())


def _folders(file: str, _: Peaks) -> NamedPicture | None:
    above = list(reversed(PurePosixPath(file).parts[:-1]))
    named = next((part for part in above if emotion_called(part) is not None), "")
    return NamedPicture(file, named or above[0]) if above else None


LIKE: dict[str, Callable[[str, Peaks], NamedPicture | None]] = {
    "kdef": _kdef,
    "rafd": _rafd,
    "ck": _ck,
    "jaffe": _jaffe,
    "adfes": _adfes,
    "folders": _folders,
}


def read_names(folder: Path, like: str, answers: Answers | None = None) -> ReadNames:
    """The pictures of `folder` as rows; StimulusError where no name fits."""
    read, odd, peaks = ReadNames(), 0, _peaks(folder) if like == "ck" else {}
    for file in pictures_below(folder):
        one = LIKE[like](file, peaks)
        if one is None:
            odd += 1
            read.asides[ODD_NAME].append(file)
        elif one.aside or is_left_out(one.emotion, answers):
            read.asides[one.aside or AS_ASKED].append(file)
        elif (emotion := emotion_called(one.emotion, answers)) is None:
            read.unknown[one.emotion.lower()].append(file)
        else:
            read.rows.append(replace(one, emotion=emotion.word))
    if not read.rows:
        odd_ones = Sentence("{number} pictures with other names", number=odd)
        raise StimulusError(
            tail(folder),
            odd_ones if odd else Sentence("no picture"),
            Sentence("pictures named as {like}’s are", like=like),
            Sentence("Choose another of {ways}.", ways=tuple(LIKE)),
        )
    read.rows = list(_with_roles(read.rows))
    return read


def write_manifest(read: ReadNames, path: Path) -> None:
    """As the table `manifest.csv` that `core.stimuli.manifest` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(map(_as_cells, read.rows))


def as_rows(read: ReadNames) -> Rows:
    """The same as rows that were read from one; each stands in its picture's name."""
    return [(row.file, dict(zip(COLUMNS, _as_cells(row), strict=True))) for row in read.rows]


def _as_cells(row: NamedPicture) -> tuple[str, ...]:
    """Under COLUMNS; a full expression has the strength 100, neutral 0."""
    strength = "0" if row.emotion == Emotion.NEUTRAL.word else "100"
    return row.file, row.emotion, row.identity, row.role, row.sex, strength, row.variant


def _with_roles(rows: Iterable[NamedPicture]) -> Iterator[NamedPicture]:
    """Women and men apart, every third person practises, is in form A and in form B; none where people are unknown."""
    given = list(rows)
    people = Counter((row.sex, row.identity) for row in given if row.identity)
    role_of: dict[str, str] = {}
    turns: Counter[str] = Counter()
    for sex, identity in sorted(people):
        role_of[identity] = _TURNS[turns[sex] % len(_TURNS)]
        turns[sex] += 1
    enough = len(set(role_of.values())) == len(_TURNS)
    for row in given:
        yield replace(row, role=role_of[row.identity]) if enough and row.identity else row
