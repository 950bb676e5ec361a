"""FER-2013 and FER+'s votes, read by a process of its own that can be ended (`core.stimuli.fer2013.__main__`)."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from core.domain.language import Sentence, sentences
from core.media.confined import WHERE, command
from core.stimuli.emotion_words import Answers
from core.stimuli.fer2013.cache import cached, keep
from core.stimuli.fer2013.forms import Gathered
from core.stimuli.fer2013.table import SIDE
from core.stimuli.fer2013.votes import Votes, labels_by_votes, votes_by_row
from core.stimuli.mistakes import heard
from core.stimuli.records import Progress, StimulusError, tail

MOST_READING = 300.0
"""Seconds of processor; FER-2013 packed by gzip takes 7."""

Arrays = tuple[NDArray[np.uint8], NDArray[np.int8], NDArray[np.str_]]
"""Pictures uint8[n, 48, 48], labels int8[n] from 0 (angry) to 6 (neutral), splits str[n]."""
_Said = Mapping[str, Any]


def read_source(path: Path, progress: Progress | None = None, answers: Answers | None = None) -> Gathered:
    """FER-2013 at `path`, in any form of `fer2013.forms`; raises StimulusError. `answers`: what words mean that no
    table of emotions has, in names of folders."""
    meant = None if answers is None else {word: None if one is None else int(one) for word, one in answers.items()}
    with _reading("fer2013", path, progress, answers=meant) as (said, rest):
        levels = rest.read(len(said["names"]) * SIDE * SIDE)
    rows = said["votes_rows"]
    (form,) = sentences([said["form"]])
    return Gathered(
        np.frombuffer(levels, np.uint8).reshape(-1, SIDE, SIDE),
        np.array(said["labels"], np.int8),
        np.array(said["usages"]),
        said["names"],
        None if rows is None else np.array(rows, np.int64),
        form,
        sentences(said["notes"]),
    )


def read_votes(path: Path) -> Votes:
    """The votes in fer2013new.csv, or in the folder of FER+ that holds it; StimulusError naming row, column and
    value."""
    with _reading("votes", path) as (said, _):
        return Votes(np.array(said["usages"]), np.array(said["counts"], np.int16))


def read_arrays(
    path: Path,
    progress: Progress | None = None,
    tell: Callable[[str], object] | None = None,
    votes: Path | None = None,
) -> Arrays:
    """What networks need of FER-2013, in the source's order; `tell` is given what the source lacks, in sentences.
    `votes` are only read where the source has no labels but the numbers of FER+'s rows.

    A split is "Training", "PublicTest" or "PrivateTest", or "Test" for a held-out picture in the folder
    form whose file name does not say which half it is from. A single file that was read before comes from the cache.
    """
    arrays = cached(path)
    if arrays is None:
        found = read_source(path, progress)
        labels, rows = found.labels, found.votes_rows
        if rows is not None:
            labels = labels_by_votes(votes_by_row(rows, read_votes(votes) if votes else None, tail(path)))
        arrays = found.pixels, labels, found.usages, found.notes
        if rows is None:
            keep(path, arrays)
    for note in arrays[3]:
        if tell:
            tell(str(note))
    return arrays[:3]


@contextmanager
def _reading(
    what: str, path: Path, progress: Progress | None = None, **more: object
) -> Iterator[tuple[_Said, IO[bytes]]]:
    """What the process says of `path`, and what follows."""
    question = json.dumps({"what": what, "path": str(path), "below": str(Path.cwd()), **more})
    alone = command("core.stimuli.fer2013", MOST_READING)
    with subprocess.Popen(alone, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **WHERE) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        try:
            with reader.stdin as asked:
                asked.write(question.encode())
            for line in reader.stdout:
                said = json.loads(line)
                if "done" not in said:
                    break
                if progress:
                    progress(said["done"], said["of"])
            else:
                raise _too_much_work(path)
            if "system" in said:
                raise OSError(*said["system"])
            if "refused" in said:
                raise heard(said["refused"])
            yield said, reader.stdout
        finally:
            reader.kill()


def _too_much_work(path: Path) -> StimulusError:
    return StimulusError(
        tail(path),
        Sentence("more work or memory than reading may take"),
        Sentence("at most {number} seconds of processor; FER-2013 takes ten", number=round(MOST_READING)),
        Sentence("Check what it is, or download the file again."),
    )
