"""How often a network is right on labelled faces, and where it errs.

--data is FER-2013 in any form that import-fer2013 reads, or a folder of faces with a manifest.csv. Of FER-2013
one --split is used, and where the data hold the Training faces too, the figures are given a second time without
the images that also occur there. Of a folder every face is cropped as the application crops it.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from core.domain.card import Quality


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", type=Path, metavar="FOLDER", help="default: the network that ships")
    parser.add_argument("--data", type=Path, required=True, metavar="PATH")
    parser.add_argument("--split", default="PrivateTest", choices=("Training", "PublicTest", "PrivateTest"))
    parser.add_argument("--json", action="store_true", help="for another program to read")


def run(options: argparse.Namespace) -> int:
    from core.training.data import Fer2013, Labelled, rendered
    from core.training.evaluate import quality
    from core.training.report import as_text
    from core.vision.crop import prepare
    from core.vision.rater import DEFAULT, load

    try:
        rater, card = load(options.network or DEFAULT)
        if (options.data / "manifest.csv").is_file():
            from core.stimuli.manifest import read_folder

            faces = read_folder(options.data, name="faces", title="", source="", licence="")[1]
            tests: dict[str, Labelled] = {str(options.data): rendered(faces, prepare)}
        else:
            from core.stimuli.fer2013 import read_arrays

            tests = Fer2013(*read_arrays(options.data)).tests(options.split)
        figures: dict[str, Quality] = {
            name: quality(np.array(rater.rate_many(test.pictures)), test.labels, card.temperature)
            for name, test in tests.items()
        }
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps({"network": asdict(card.network)} | {n: asdict(f) for n, f in figures.items()}, indent=1))
    else:
        print(f"{card.name} {card.version}, {card.date}\n")
        print("\n\n".join(as_text(name, figure) for name, figure in figures.items()))
    return 0
