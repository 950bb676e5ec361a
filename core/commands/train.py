"""Train a network on FER-2013, choose on PublicTest, test once on PrivateTest, and export it with its card.

Run it again with the same --out to go on after an interruption. The exported network is the folder
OUT/network; copied to data/networks/, it is the one that ships. --votes adds what FER+'s ten people saw as
a second task, --faces a folder of faces with a manifest.csv, each shown twice in every epoch.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.training.data import Faces, Fer2013
    from core.training.export import Origin

TIMES = 2  # how often a rendered face is shown in an epoch
LIMITS = (
    "It names the expression in a picture, not what a person feels; no diagnosis.",
    "FER-2013's labels come from a picture search; ten people agree with about two in three of them.",
    "Fear, sadness and neutral faces are often taken for one another; disgust was rare in training.",
    "It knows faces from the front, as 48 by 48 grey levels, and always answers, even where there is no face.",
    "FER-2013 does not say who is in its pictures: how well it reads people by skin, age or sex is not known.",
)
LIMIT_RENDERED = (
    "It was tuned on computer-made faces of the built-in faces' method: how well it reads the built-in ones says"
    " how alike the two are, not how clear the faces are to people."
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", default="compact", metavar="KEY")
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--votes", type=Path, metavar="PATH", help="fer2013new.csv of FER+")
    parser.add_argument("--faces", type=Path, metavar="DIR", help="more faces to train on, never those served")
    parser.add_argument("--epochs", type=int, metavar="N")
    parser.add_argument("--minutes", type=float, metavar="M", help="fit the epochs into this time")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: data/local/training/KEY")
    parser.add_argument(
        "--precision",
        default="float32",
        choices=("float32", "mixed_bfloat16"),
        help="mixed_bfloat16 is faster where the processor has it",
    )
    parser.add_argument("--version", default="1", help="the version the card will name")


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes on graphics cards that are not there
    from core.config import settings
    from core.stimuli.builtin import read_builtin
    from core.stimuli.fer2013 import read_arrays
    from core.training.data import Fer2013, rendered
    from core.training.export import publish
    from core.training.loop import TrainingError, best_network, train
    from core.training.networks import recipe
    from core.training.report import as_text
    from core.vision.crop import prepare
    from core.vision.rater import LiteRtRater

    try:
        plan = recipe(options.network)
        out = options.out or settings().local / "training" / plan.key
        fer2013 = Fer2013(*read_arrays(options.data))
        chosen_on = fer2013.split("PublicTest")
        training = training_faces(options, fer2013)
        progress = train(
            plan,
            training,
            chosen_on.faces(training.heads),
            out,
            epochs=options.epochs,
            seed=options.seed,
            minutes=options.minutes,
            precision=options.precision,
            say=lambda line: print(line, flush=True),
        )
        card = publish(
            best_network(plan, out),
            plan,
            progress,
            out / "network",
            LiteRtRater,
            calibration=chosen_on,
            tests=fer2013.tests("PrivateTest") | {"PublicTest": chosen_on},
            served=rendered(read_builtin()[1], prepare),
            origin=_origin(options, len(fer2013.split("Training").labels)),
            version=options.version,
        )
    except (ValueError, TrainingError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n" + "\n\n".join(as_text(name, figures) for name, figures in card.quality.items()))
    print(f"\nexported to {out / 'network'}")
    return 0


def training_faces(options: argparse.Namespace, fer2013: "Fer2013") -> "Faces":
    """The Training faces; with --votes a second head, with --faces those faces TIMES times."""
    from core.stimuli.manifest import read_manifest
    from core.stimuli.votes import join_votes, read_votes
    from core.training.data import rendered, together
    from core.vision.crop import prepare

    own = fer2013.split("Training")
    if options.votes:
        joined = join_votes(fer2013.pictures, fer2013.labels, fer2013.usages, read_votes(options.votes))
        training = own.voted(joined.counts[fer2013.usages == "Training"])
    else:
        training = own.faces()
    if options.faces:
        more = rendered(read_manifest(options.faces)[1], prepare)
        training = together(training, more.faces(training.heads), TIMES)
    return training


def _origin(options: argparse.Namespace, photographs: int) -> "Origin":
    from core.training.export import Origin

    data = [f"FER-2013, Training: {photographs:,} photographs with their published labels"]
    if options.votes:
        data.append("FER+: the votes of ten people on each of these, learnt as a second task that is not exported")
    if options.faces:
        data.append(f"computer-made faces of other people than the built-in ones, each {TIMES} times in every epoch")
    return Origin(
        data=tuple(data),
        tuned_on=("FER-2013, PublicTest: the epoch and the temperature were chosen on it",),
        limits=(*LIMITS, LIMIT_RENDERED) if options.faces else LIMITS,
    )
