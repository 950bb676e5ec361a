"""Measure and export a trained network: its card, and its file where it is one of ours or under 10 MB.

--from names the folders of finished runs, each with best.keras and checkpoint.keras; the first is the network, the
others count in the mean that is compared with the paper. Nothing is trained. --out data/networks/KEY is what ships.
Where no file ships, a run may be the .npz that train --answers wrote: that needs neither weights nor TensorFlow.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.import_faces import tell
from core.install import REST, TO_MEASURE, install_whole

if TYPE_CHECKING:
    from core.training.protocol import Protocol
    from core.training.publish import CardMetadata

RENDERED = "computer-made faces of other people than the built-in ones"
LABELS = "FER-2013, Training: 28,709 photographs with their published labels"
CHOSEN = "FER-2013, PublicTest: the epoch and the temperature were chosen on it"
RANDOM = "a random tenth of the whole set: the epoch and the temperature were chosen on it"
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
    parser.add_argument("--from", dest="runs", type=Path, nargs="+", required=True, metavar="RUN|FILE")
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--votes", type=Path, metavar="PATH", help="fer2013new.csv of FER+, to measure on")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--key", help="default: the network's own")
    parser.add_argument("--title", help="default: the network's own")
    parser.add_argument("--kind", choices=("ours", "paper", "future"), help="default: paper where it is one's")
    parser.add_argument("--version", default="1", help="the version that the card will name")
    parser.add_argument("--twin", default="", metavar="KEY", help="the same network before it saw rendered faces")
    parser.add_argument("--partial", default="", metavar="WHY", help="why less than the protocol was run")
    parser.add_argument("--also", action="append", default=[], metavar="TEXT", help="what else it was made from")
    parser.add_argument("--limit", action="append", default=[], metavar="TEXT", help="what else it is weak at")
    parser.add_argument("--int8", action="store_true", help="int8 weights, if PublicTest loses no more than 0.3 points")


def run(options: argparse.Namespace) -> int:
    install_whole(TO_MEASURE if all(path.suffix == ".npz" for path in options.runs) else REST)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes on graphics cards that are not there
    from core.stimuli.builtin import read_builtin
    from core.stimuli.fer2013 import read_arrays, read_votes
    from core.stimuli.fer2013.votes import join_votes
    from core.training.checkpoint import TrainingError
    from core.training.data import Fer2013
    from core.training.networks.registry import protocol
    from core.training.publish import publish
    from core.training.report import as_text
    from core.training.served import served
    from core.training.trained import progress_of
    from core.vision.crop import prepare

    try:
        progress = progress_of(options.runs[0])
        plan = protocol(progress.network)
        fer2013 = Fer2013(*read_arrays(options.data, tell=tell))
        votes = None
        if options.votes:
            votes = join_votes(fer2013.pictures, fer2013.labels, fer2013.usages, read_votes(options.votes)).counts
        card = publish(
            plan,
            options.runs,
            fer2013,
            options.out,
            about(options, plan, progress.options),
            votes=votes,
            served=served(read_builtin()[1], prepare),
            int8=options.int8,
        )
    except (ValueError, TrainingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(as_text(card.split, card.main))
    kept = "card and file" if card.sha256 else f"the card alone, as the file has {card.size / 1e6:.1f} MB"
    print(f"\n{options.out}: {kept}. python -m core networks --write brings docs/networks.md up to date")
    return 0


def about(options: argparse.Namespace, plan: "Protocol", kept: Mapping[str, Any]) -> "CardMetadata":
    """What the card says besides the figures; `kept`: the options that the run was trained with."""
    from core.training.protocol import Split
    from core.training.publish import CardMetadata

    random = plan.split is Split.RANDOM
    data = list(kept.get("data", ["FER-2013: eight random tenths of its photographs" if random else LABELS]))
    if kept.get("votes"):
        data.append("FER+: the votes of ten people on each of these, learnt as a second task")
    rendered = _saw_faces(kept)
    if rendered and "data" not in kept:
        through = "" if kept.get("faces") else ", seen by the network that it learnt from"
        data.append(f"{RENDERED}{through}")
    if balance := kept.get("balance"):
        data.append(f"each emotion drawn by its share of the photographs to the power {1 - balance:g}")
    if begins := kept.get("begins"):
        data.append(f"{_of(begins)}: its weights were the beginning")
    for teacher in kept.get("teachers", ()):
        data.append(f"{_of(teacher)}: its answers were part of the target, {kept.get('believed', 0):.0%} of it")
    if len(parts := kept.get("recovered", ())) > 1:
        data.append(f"{' and '.join(parts)}: the mean of their weights")
    return CardMetadata(
        key=options.key or plan.key,
        title=options.title or plan.title,
        kind=options.kind or ("paper" if plan.paper else "ours"),
        data=(*data, *options.also),
        tuned_on=(RANDOM if random else CHOSEN,),
        limits=(*LIMITS, *((LIMIT_RENDERED,) if rendered else ()), *options.limit),
        version=options.version,
        twin=options.twin,
        partial=options.partial,
    )


def _saw_faces(kept: Mapping[str, Any]) -> bool:
    """Whether a run, or one that it learnt from, saw computer-made faces."""
    others = [one for one in (kept.get("begins"), *kept.get("teachers", ())) if one]
    of_card = any(one.startswith(RENDERED) for one in kept.get("data", ()))
    return of_card or bool(kept.get("faces")) or any(_saw_faces(one["options"]) for one in others)


def _of(origin: Mapping[str, Any]) -> str:
    return f"{origin['network']} after {origin['epochs']} epochs"
