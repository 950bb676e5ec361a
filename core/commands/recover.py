"""Make a run again of a network that ships, so that it can be trained further where the run itself is lost.

Several networks that were tuned from one another become one, the mean of their weights. The folder that is written is
given to train as --begin-with or --teacher; there is nothing in it to go on from.
"""

import argparse
import os
import sys
from pathlib import Path

from core.commands.import_faces import tell
from core.install import install_whole


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("networks", nargs="+", type=Path, metavar="FOLDER", help="such as data/networks/compact")
    parser.add_argument("--network", default="compact", metavar="KEY", help="whose layout they have")
    parser.add_argument("--data", required=True, type=Path, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="of the run, such as KEY/seed-1")


def run(options: argparse.Namespace) -> int:
    install_whole()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes on graphics cards that are not there
    from core.stimuli.fer2013 import read_arrays
    from core.training.checkpoint import BEST, TrainingError, is_there, write
    from core.training.data import TRAINING, Fer2013
    from core.training.learning.recovered import recovered
    from core.training.networks.registry import protocol

    try:
        if is_there(options.out / BEST):
            raise ValueError(f"{options.out} holds a run: choose another --out")
        fer2013 = Fer2013(*read_arrays(options.data, tell=tell))
        faces = fer2013.split(TRAINING).pictures
        model, progress = recovered(protocol(options.network), options.networks, faces)
        options.out.mkdir(parents=True, exist_ok=True)
        write(options.out / BEST, model, progress)
    except (ValueError, TrainingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"recovered: {options.out}")
    return 0
