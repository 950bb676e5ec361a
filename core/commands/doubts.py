"""List faces for people to look at again: most confidently wrong, and likely label errors.

--out FILE.csv has a row for each face that the network, or network and votes together, would call otherwise: row
number, picture hash, label, votes and shares, no picture. --out FILE.html shows the first ones with their pictures,
for your own eyes: it is written below data/local only. The list changes nothing: the network alone never takes a face
out of a set.
"""

import argparse
import csv
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.commands.import_faces import tell
from core.install import install_whole

if TYPE_CHECKING:
    from core.training.doubts import Doubt

SHOWN = 200  # of each list, in the page


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--votes", type=Path, metavar="PATH", help="fer2013new.csv of FER+")
    parser.add_argument("--network", default="default", metavar="NETWORK", help="as for evaluate")
    parser.add_argument("--split", action="append", metavar="SPLIT", help="default: PublicTest and PrivateTest")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.csv, or FILE.html in data/local")


def run(options: argparse.Namespace) -> int:
    install_whole()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes on graphics cards that are not there
    from core.commands.evaluate import find_network
    from core.domain.emotions import Emotion
    from core.stimuli.fer2013 import read_arrays, read_votes
    from core.stimuli.fer2013.votes import join_votes
    from core.training.checkpoint import TrainingError
    from core.training.data import PRIVATE, PUBLIC, Fer2013
    from core.training.doubts import doubts

    try:
        _check(options.out)
        fer2013 = Fer2013(*read_arrays(options.data, tell=tell, votes=options.votes))
        network = find_network(options.network, fer2013)
        if network.emotions != tuple(Emotion):
            raise ValueError(f"{options.network} knows {len(network.emotions)} emotions: give a network of all seven")
        splits = options.split or [PUBLIC, PRIVATE]
        fer2013.split(*splits)
        rows = np.flatnonzero(np.isin(fer2013.usages, splits))
        votes = None
        if options.votes:
            joined = join_votes(fer2013.pictures, fer2013.labels, fer2013.usages, read_votes(options.votes))
            votes = joined.counts[rows]
        pictures = fer2013.pictures[rows]
        shares = network.rate(pictures)["label"]
        numbers = (rows + 1).tolist()
        doubtful = doubts(numbers, pictures, fer2013.labels[rows].astype(int), fer2013.usages[rows], shares, votes)
        if options.out.suffix == ".csv":
            _write_table(options.out, doubtful)
        else:
            _write_page(options.out, doubtful, dict(zip(numbers, pictures, strict=True)))
    except (ValueError, OSError, TrainingError) as error:
        print(error, file=sys.stderr)
        return 1
    likely = sum(one.likely_error for one in doubtful)
    print(f"{options.out}: {len(doubtful):,} of {len(rows):,} faces, {likely:,} of them likely label errors")
    return 0


def _check(out: Path) -> None:
    from core.config import settings

    if out.suffix not in (".csv", ".html"):
        raise ValueError(f"--out {out}: expected a name that ends in .csv or .html")
    if out.suffix == ".html" and not out.resolve().is_relative_to(settings().local):
        raise ValueError(f"--out {out} would hold pictures: give a file below {settings().local}")
    out.parent.mkdir(parents=True, exist_ok=True)


def _write_table(path: Path, doubtful: "list[Doubt]") -> None:
    from core.domain.emotions import Emotion
    from core.stimuli.records import VOTE_COLUMNS

    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        facts = ["row", "split", "picture", "label", "network", "suggested", "doubt", "likely_error"]
        table.writerow(
            [*facts, *(f"p_{emotion.word}" for emotion in Emotion), *(f"votes_{name}" for name in VOTE_COLUMNS)]
        )
        for doubt in doubtful:
            votes = doubt.votes or [""] * len(VOTE_COLUMNS)
            table.writerow([*(getattr(doubt, name) for name in facts), *doubt.probabilities, *votes])


def _write_page(path: Path, doubtful: "list[Doubt]", pictures: dict[int, NDArray[np.uint8]]) -> None:
    from core.training.doubts import most_confidently_wrong
    from core.training.doubts_page import as_page

    lists = {
        "Likely label errors": [one for one in doubtful if one.likely_error][:SHOWN],
        "Most confidently wrong": most_confidently_wrong(doubtful)[:SHOWN],
    }
    path.write_text(as_page(lists, pictures), encoding="utf-8")
