"""Count how people read FER-2013's faces, from FER+'s votes: aggregate figures, stored with the networks.

Of the split that the networks are tested on, and the faces of each label in every split. No picture and no picture's
own votes are written.
"""

import argparse
import sys
from pathlib import Path

from core.commands.import_faces import tell


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--votes", type=Path, required=True, metavar="PATH", help="fer2013new.csv of FER+")
    parser.add_argument("--split", default="PrivateTest")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: data/networks/people.json")


def run(options: argparse.Namespace) -> int:
    from core.domain.network.crowd import people
    from core.stimuli.fer2013 import read_arrays, read_votes
    from core.stimuli.fer2013.votes import join_votes
    from core.vision.card import PEOPLE

    try:
        pictures, labels, usages = read_arrays(options.data, tell=tell)
        votes = join_votes(pictures, labels, usages, read_votes(options.votes)).counts
        counted = people(options.split, labels, usages, votes)
        if not counted.faces:
            raise ValueError(f"{options.data} has no {options.split} faces with votes: give FER-2013 with its splits")
        (options.out or PEOPLE).write_text(counted.to_json(), encoding="utf-8")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{counted.faces:,} faces: {counted.agreement:.1%} of the votes among the seven emotions name the label")
    return 0
