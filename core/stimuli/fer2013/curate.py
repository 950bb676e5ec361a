"""Curation of FER-2013 to a set that may be served: SCORING's rule, applied picture by picture.

A picture is left out when it is one flat grey, when identical pictures carry contradictory labels, when
at least five of ten people called it no face, or when its label is not the one thing most people chose
with at least five of ten. Of identical pictures that remain one is served: the first, in the order
Training, then held out, then the source's own. Held-out pictures of which no copy is in Training make up
the forms A and B, by turns within an emotion in the order of their hash; all others serve practice.
"""

import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.language import Sentence
from core.stimuli.emotion_words import Answers
from core.stimuli.fer2013.reader import read_source, read_votes
from core.stimuli.fer2013.splits import USAGES
from core.stimuli.fer2013.votes import (
    LEAST,
    NOT_A_FACE,
    JoinedVotes,
    agreed,
    join_votes,
    labels_by_votes,
    votes_by_row,
)
from core.stimuli.pictures import grey_png
from core.stimuli.records import Face, Progress, SetInfo, StimulusError, set_version, tail
from core.translations import N_

UNCHECKED = Sentence("The labels were not checked by people, nor that every picture shows a face.")
WHO_IS_SHOWN = Sentence(
    "It is not known who is in a picture. Practice shows Training pictures and checks show held-out ones, "
    "divided into the forms A and B by their hash."
)
NO_FORMS = Sentence("There are too few held-out pictures for the forms A and B: the set serves practice but no check.")

_NO_FACE = N_("Left out: {number} that at least 5 of ten people called no face.")
_DISAGREED = N_("Left out: {number} whose label is not what most people chose, with at least 5 of ten.")
_PHOTOGRAPHS = N_("photographs: for research, not to be passed on")
_WITH_VOTES = N_("photographs: for research, not to be passed on; votes: MIT")

Mask = NDArray[np.bool_]


def read_fer2013(
    path: Path, votes: Path | None = None, progress: Progress | None = None, answers: Answers | None = None
) -> tuple[SetInfo, list[Face]]:
    """The faces of FER-2013 at `path` that may be served, with FER+'s `votes` if given.

    `progress` counts the pictures read. Without votes the labels stand alone, and the notes say so.
    """
    counted = read_votes(votes) if votes else None
    found = read_source(path, progress, answers)
    pixels, labels, usages, names = found.pixels, found.labels, found.usages, found.names
    joined: JoinedVotes | None
    if found.votes_rows is not None:
        joined = votes_by_row(found.votes_rows, counted, tail(path))
        labels = labels_by_votes(joined)
    else:
        joined = join_votes(pixels, labels, usages, counted) if counted else None
    groups = _identical(pixels)
    held_out = usages != USAGES[0]
    left_out = _left_out(pixels, labels, groups, joined)
    fit = ~np.logical_or.reduce(list(left_out.values()))
    served = _first_of_each(groups, fit, held_out)
    if not len(served):
        none, expected = Sentence("no picture that may be served"), Sentence("some of FER-2013's")
        raise StimulusError(tail(path), none, expected, Sentence("Check what it is."))
    checkable = held_out & ~np.isin(groups, groups[~held_out])
    faces = _faces(pixels, served, labels, usages, names, joined, checkable)
    forms = {face.role for face in faces} >= {"A", "B"}
    info = SetInfo(
        name="fer2013",
        title="FER-2013 photographs",
        version=set_version(faces),
        source="FER-2013 (Goodfellow et al. 2013)" + ("; FER+ (Barsoum et al. 2016)" if joined else ""),
        licence=_WITH_VOTES if joined else _PHOTOGRAPHS,
        has_identities=False,
        has_roles=forms,
        has_intensities=False,
        has_votes=joined is not None,
        notes=(
            Sentence("{number} pictures were read from {form}.", number=len(labels), form=found.form),
            *found.notes,
            *(joined.how if joined else (UNCHECKED,)),
            *(Sentence(reason, number=int(mask.sum())) for reason, mask in left_out.items() if mask.any()),
            *_notes_on_copies(int(fit.sum()) - len(served), int((held_out & ~checkable)[served].sum())),
            WHO_IS_SHOWN if forms else NO_FORMS,
        ),
    )
    return info, faces


def _notes_on_copies(copies: int, also_in_training: int) -> list[Sentence]:
    notes = []
    if copies:
        notes.append(Sentence("Left out: {number} copies of pictures that are served.", number=copies))
    if also_in_training:
        notes.append(
            Sentence("{number} held-out pictures also occur in Training: practice only.", number=also_in_training)
        )
    return notes


def _identical(pixels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """A number for each picture, the same for identical ones."""
    number_of: dict[bytes, int] = {}
    digests = (hashlib.sha256(picture.tobytes()).digest() for picture in pixels)
    return np.array([number_of.setdefault(digest, len(number_of)) for digest in digests], np.int64)


def _left_out(
    pixels: NDArray[np.uint8], labels: NDArray[np.int8], groups: NDArray[np.int64], joined: JoinedVotes | None
) -> dict[str, Mask]:
    """Reason to the pictures left out for it; each picture is counted under its first reason."""
    flat_pixels = pixels.reshape(len(pixels), -1)
    reasons = {
        N_("Left out: {number} of one flat grey."): flat_pixels.min(axis=1) == flat_pixels.max(axis=1),
        N_("Left out: {number} whose copies carry contradictory labels."): _contradictory(groups, labels),
    }
    if joined:
        reasons |= {
            N_("Left out: {number} without votes."): ~joined.known,
            _NO_FACE: joined.counts[:, NOT_A_FACE] >= LEAST,
            _DISAGREED: ~agreed(labels, joined.counts),
        }
    counted = np.zeros(len(pixels), np.bool_)
    for reason, mask in reasons.items():
        reasons[reason] = mask & ~counted
        counted |= mask
    return reasons


def _contradictory(groups: NDArray[np.int64], labels: NDArray[np.int8]) -> Mask:
    lowest = np.full(int(groups.max()) + 1, 127, np.int8)
    highest = np.zeros_like(lowest)
    np.minimum.at(lowest, groups, labels)
    np.maximum.at(highest, groups, labels)
    return np.asarray((lowest != highest)[groups])


def _first_of_each(groups: NDArray[np.int64], fit: Mask, held_out: Mask) -> NDArray[np.int64]:
    """The rows to serve: the first fit one of each group, Training before held out, then by row; sorted."""
    rows = np.flatnonzero(fit)
    rows = rows[np.argsort(held_out[rows], kind="stable")]
    _, first = np.unique(groups[rows], return_index=True)
    return np.sort(rows[first])


def _faces(
    pixels: NDArray[np.uint8],
    served: NDArray[np.int64],
    labels: NDArray[np.int8],
    usages: NDArray[np.str_],
    names: list[str],
    joined: JoinedVotes | None,
    checkable: Mask,
) -> list[Face]:
    pictures = {int(row): grey_png(pixels[row]) for row in served}
    hashes = {row: hashlib.sha256(picture).hexdigest() for row, picture in pictures.items()}
    forms = _forms(hashes, labels, checkable)
    return [
        Face(
            file=names[row],
            picture=picture,
            media_type="image/png",
            hash=hashes[row],
            target=Emotion(int(labels[row])),
            role=forms.get(row, "practice"),
            label=Emotion(int(labels[row])),
            votes=tuple(map(int, joined.counts[row])) if joined else None,
            split=str(usages[row]),
            checkable=row in forms,
        )
        for row, picture in pictures.items()
    ]


def _forms(hashes: dict[int, str], labels: NDArray[np.int8], checkable: Mask) -> dict[int, str]:
    """Row to form for the checkable rows: within an emotion A and B by turns, in the order of the hash."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row in sorted(hashes, key=lambda row: hashes[row]):
        if checkable[row]:
            rows_of[int(labels[row])].append(row)
    return {row: "AB"[turn % 2] for rows in rows_of.values() for turn, row in enumerate(rows)}
