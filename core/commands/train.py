"""Train a network on FER-2013 as its paper did, or one of ours, and keep the weights that validated best.

Run it again with the same options to go on after an interruption: Ctrl-C and SIGTERM lose the epoch that was running,
a kill what came after the last minute's file, too. Each run lies in OUT/seed-S: checkpoint.keras, best.keras. `publish`
measures and exports what was trained. KERAS_BACKEND=jax or torch trains on a graphics card, without TensorFlow.

--votes adds what FER+'s ten people saw as a second task (our networks), --faces a folder of faces with a
manifest.csv, each shown twice in every epoch. --minutes cuts the epochs to the time there is; what
was left out can be trained later, of ours with --begin-with.

--answers keeps what the trained network says of every face of --data, for students to learn from; for a finished run,
too. --teacher takes such a file, or a run, whose network then looks at every changed face and takes its time.
"""

import argparse
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.import_faces import tell
from core.install import REST, TO_TRAIN, install_whole

if TYPE_CHECKING:
    from core.training.data import DataSplit, Fer2013, TargetFaces
    from core.training.learning.stored import StoredAnswers
    from core.training.loop import Teachers
    from core.training.protocol import Protocol

STOPPED = 130  # as a shell calls what Ctrl-C ended
TIMES = 2  # how often a rendered face is shown in an epoch


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", default="compact", metavar="KEY")
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--votes", type=Path, metavar="PATH", help="fer2013new.csv of FER+")
    parser.add_argument("--faces", type=Path, metavar="DIR", help="more faces to train on, never those served")
    parser.add_argument("--epochs", type=int, metavar="N")
    parser.add_argument("--runs", type=int, metavar="N", help="default: as many as the paper's, with seeds S, S+1, …")
    parser.add_argument("--minutes", type=float, metavar="M", help="fit each run into this time")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: data/local/training/KEY")
    parser.add_argument("--rate", type=float, metavar="R", help="another highest learning rate")
    parser.add_argument("--balance", type=float, metavar="P", help="0 as the faces are, 1 every label equally often")
    parser.add_argument("--begin-with", type=Path, metavar="RUN", help="weights of an earlier run of one of ours")
    parser.add_argument(
        "--teacher", type=Path, action="append", metavar="RUN|FILE", help="whose answers are learnt too"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="keep what the network says of every face: an .npz"
    )
    parser.add_argument("--believed", type=float, default=0.5, metavar="P", help="share of the teachers in the target")
    parser.add_argument(
        "--feed",
        default="auto",
        choices=("auto", "batches", "epochs"),
        help="what JAX is handed at once: a graphics card whole epochs, unless said otherwise",
    )
    parser.add_argument(
        "--precision",
        default="float32",
        choices=("float32", "mixed_bfloat16"),
        help="mixed_bfloat16 is faster where the processor has it",
    )


def run(options: argparse.Namespace) -> int:
    own_backend = os.environ.get("KERAS_BACKEND", "tensorflow") != "tensorflow"
    install_whole(TO_TRAIN if own_backend else REST)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes on graphics cards that are not there
    from core.config import settings
    from core.stimuli.fer2013 import read_arrays
    from core.training.checkpoint import TrainingError, begin_with
    from core.training.data import Fer2013, parts
    from core.training.learning.stored import VIEWS, answers_of, expect_fitting, read_answers, write_answers
    from core.training.loop import train
    from core.training.networks.registry import of_run, protocol

    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        plan = _adapted(protocol(options.network), options)
        _expect_answerable(options, plan)
        out = options.out or settings().local / "training" / plan.key
        fer2013 = Fer2013(*read_arrays(options.data, tell=tell))
        begin = options.begin_with
        stored = {path: read_answers(path) for path in _files(options)}
        teachers = _teachers(options, plan)
        for seed in range(options.seed, options.seed + (options.runs or plan.runs)):
            faces = parts(fer2013, plan, seed)
            for path, answers in stored.items():
                expect_fitting(answers, path, plan, seed, fer2013)
            print(f"{plan.key}, seed {seed}: {len(faces.training):,} faces to learn from", flush=True)
            train(
                plan,
                training_faces(options, plan, fer2013, faces, list(stored.values())),
                faces.choosing.faces(),
                out / f"seed-{seed}",
                epochs=options.epochs,
                seed=seed,
                minutes=options.minutes,
                precision=options.precision,
                teachers=teachers,
                prepare=(lambda model: begin_with(model, of_run(begin), begin)) if begin else None,
                options=kept(options, stored),
                whole_epochs={"epochs": True, "batches": False}.get(options.feed),
                say=lambda line: print(line, flush=True),
            )
        if options.answers:
            print(f"asking it about {len(fer2013.pictures):,} faces, {VIEWS} views of each", flush=True)
            write_answers(options.answers, answers_of(plan, out / f"seed-{options.seed}", fer2013))
    except (ValueError, TrainingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped: the same command goes on after the last whole epoch", file=sys.stderr)
        return STOPPED
    print(
        f"\ntrained: {out}/seed-{options.seed}\n"
        f"python -m core evaluate --network {out}/seed-{options.seed} --data {options.data} measures it\n"
        f"python -m core publish --from {out}/seed-{options.seed} --data {options.data} --out DIR exports it too"
    )
    return 0


def training_faces(
    options: argparse.Namespace,
    plan: "Protocol",
    fer2013: "Fer2013",
    split: "DataSplit",
    teachers: "Sequence[StoredAnswers]" = (),
) -> "TargetFaces":
    """The faces to learn from, the split's own first: --votes are for a second head, --faces come TIMES times."""
    from core.stimuli.fer2013 import read_votes
    from core.stimuli.fer2013.votes import join_votes
    from core.stimuli.manifest import read_manifest
    from core.training.data import TRAINING, labelled, together
    from core.training.learning.stored import taught
    from core.vision.crop import prepare

    if options.votes and not plan.crowd:
        raise ValueError(f"{plan.key} learns no votes, {options.votes} were given: leave --votes away")
    own = split.training
    votes = own.unvoted() if plan.crowd else None
    if options.votes:
        joined = join_votes(fer2013.pictures, fer2013.labels, fer2013.usages, read_votes(options.votes))
        votes = joined.counts[fer2013.usages == TRAINING]
    training = own.faces(votes)
    if teachers:
        training = taught(training, split, teachers, believed_shares(options)[0])
    if options.faces:
        more = labelled(read_manifest(options.faces)[1], prepare)
        training = together(training, more.faces(more.unvoted() if plan.crowd else None), TIMES)
    return training.balanced(options.balance) if options.balance else training


def kept(options: argparse.Namespace, stored: "Mapping[Path, StoredAnswers] | None" = None) -> dict[str, Any]:
    """What of the command line a run keeps: what it learnt from besides FER-2013's labels, and how.

    `stored`: the answers in those of the teachers that are files.
    """
    from core.training.checkpoint import origin, origin_of

    teachers = [
        origin_of(stored[one].origin.progress) | {"answers": stored[one].sha256}
        if stored and one in stored
        else origin(one)
        for one in options.teacher or ()
    ]
    asked = {
        "votes": options.votes is not None,
        "faces": options.faces is not None,
        "balance": options.balance,
        "begins": origin(options.begin_with) if options.begin_with else None,
        "teachers": teachers,
        "believed": options.believed if options.teacher else None,
    }
    return {name: value for name, value in asked.items() if value}


def _adapted(plan: "Protocol", options: argparse.Namespace) -> "Protocol":
    if options.rate is not None:
        plan = replace(plan, optimiser=replace(plan.optimiser, rate=options.rate))
    return plan


def _expect_answerable(options: argparse.Namespace, plan: "Protocol") -> None:
    from core.training.learning.stored import expect_writable

    if not options.answers:
        return
    if (runs := options.runs or plan.runs) > 1:
        raise ValueError(f"--answers is a file for the answers of one run, {runs} were asked for: add --runs 1")
    expect_writable(options.answers)


def _files(options: argparse.Namespace) -> list[Path]:
    """Those of the teachers that are files of stored answers."""
    from core.training.learning.stored import SUFFIX

    return [path for path in options.teacher or () if path.is_file() or path.suffix == SUFFIX]


def believed_shares(options: argparse.Namespace) -> tuple[float, float]:
    """How far the stored answers are believed, mixed in once, and the networks that look at each face, after them: so
    that every teacher counts alike, and all together as --believed says."""
    files = len(_files(options))
    networks = options.believed * (1 - files / len(options.teacher))
    return (options.believed - networks) / (1 - networks) if files else 0.0, networks


def _teachers(options: argparse.Namespace, plan: "Protocol") -> "Teachers | None":
    from core.training.checkpoint import BEST, best_network, read
    from core.training.learning.stored import AnswerTask, expect_same_task
    from core.training.loop import Teachers
    from core.training.networks.registry import of_run

    runs = [path for path in options.teacher or () if path not in _files(options)]
    for folder in runs:
        theirs = of_run(folder)
        words = tuple(emotion.word for emotion in theirs.emotions)
        task = AnswerTask(theirs.key, words, theirs.split.name, read(folder / BEST).seed)
        expect_same_task(folder, task, plan, options.seed)
    if not runs:
        return None
    return Teachers([best_network(of_run(folder), folder)[0] for folder in runs], believed_shares(options)[1])
