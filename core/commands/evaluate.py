"""How often a network is right on labelled faces, and where it errs.

--network is default (what the app ships), a key, a .tflite file, or a folder with one or with a run of training.
--data is FER-2013 in any form that import-fer2013 reads; of it one --split is used. Beside PrivateTest stand, never
mixed with it, the figures without the images that also occur in Training and those on PublicTest + PrivateTest.
--votes adds what FER+'s ten people saw, for networks that say what people would see.
--images is a folder of your own labelled pictures instead: sub-folders named by emotion (a word of import-faces,
or one that --word explains), or a manifest.csv with the columns file and emotion; or a single picture, whose shares are
printed. Faces are found and cropped as the app does; --detector haar does
it as the papers did.

--json prints one object:
  accuracy     share right on the split (null for a single picture)
  network      key, version, hash;  data, split, faces;  temperature;  notes, sentences
  sets         by name: faces, right, accuracy, interval, macro_f1, macro_f1_interval, kappa, classes (name, faces,
               precision, recall, specificity, f1, accuracy, precision_interval, recall_interval, average_precision,
               auc), matrix [target][answer], calibration and uncalibrated (error, interval, bins), perfect,
               perfect_range
  curves       by class: name, precision_recall [[recall, precision]], roc [[false, true positive rate]]
  crowd        by rule: rule, quality (as a set);  empty without --votes
  pictures     of --images: file, target, answer, probabilities, crowd, face_found, unread (pictures of one file)
  unreadable   of --images: file, problem
Intervals are 95 %; shares run from 0 to 1.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.commands.import_faces import add_word_option, tell
from core.commands.rate import add_detector_option
from core.config import Detector
from core.install import install_whole

if TYPE_CHECKING:
    from core.media.decoder import Decoder
    from core.stimuli.emotion_words import Answers
    from core.training.candidate import Candidate
    from core.training.data import Fer2013
    from core.training.measure import Measurements
    from core.training.own_pictures import Look, PictureReading


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", default="default", metavar="NETWORK")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, metavar="PATH")
    what.add_argument("--images", type=Path, metavar="PATH")
    parser.add_argument("--split", default="PrivateTest", help="Training, PublicTest or PrivateTest (default)")
    parser.add_argument("--votes", type=Path, metavar="PATH", help="fer2013new.csv of FER+")
    parser.add_argument("--json", action="store_true", help="for another program to read")
    add_word_option(parser)
    add_detector_option(parser)


def run(options: argparse.Namespace) -> int:
    install_whole()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes on graphics cards that are not there
    from core.training.checkpoint import TrainingError

    try:
        measured, text = _of_images(options) if options.images else _of_data(options)
    except (ValueError, TrainingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(measured, ensure_ascii=False) if options.json else text)
    return 0


def find_network(name: str, fer2013: "Fer2013 | None" = None) -> "Candidate":
    """The network that a command line names; raises ValueError or TrainingError saying what was expected."""
    from core.config import settings
    from core.training.candidate import find
    from core.vision.card import NETWORKS
    from core.vision.shipped import DEFAULT

    return find(name, DEFAULT, (NETWORKS, settings().local / "training"), fer2013)


def _of_data(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from core.stimuli.fer2013 import read_arrays, read_votes
    from core.stimuli.fer2013.votes import join_votes
    from core.training.data import PRIVATE, Fer2013
    from core.training.measure import measure

    fer2013 = Fer2013(*read_arrays(options.data, tell=tell, votes=options.votes))
    network = find_network(options.network, fer2013)
    tests, note = network.tests(fer2013, options.split)
    votes = None
    if options.votes:
        joined = join_votes(fer2013.pictures, fer2013.labels, fer2013.usages, read_votes(options.votes))
        votes = joined.counts[fer2013.usages == PRIVATE]
    measured = measure(network.rate, tests, network.scales, votes=votes)
    return _found(options.data, network, measured, [note] if note else [])


def _of_images(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from core.media.decoder import decoder
    from core.stimuli.emotion_words import read_answers
    from core.training.own_pictures import see

    path, network = options.images, find_network(options.network)
    answers = read_answers(options.word)
    with decoder() as own:
        look = partial(_look, own, options.detector)
        if not path.is_file():
            return _of_folder(path, network, look, answers)
        reading = see(path.read_bytes(), path.name, None, network, look)
    measured, text = _found(path, network, None, [])
    return measured | {"pictures": [asdict(reading)], "unreadable": []}, f"{text}\n\n{_in_words(reading)}"


def _of_folder(path: Path, network: "Candidate", look: "Look", answers: "Answers") -> tuple[dict[str, Any], str]:
    from core.training.evaluate import curves, quality
    from core.training.measure import Measurements
    from core.training.own_pictures import see_folder

    seen, problems = see_folder(path, network, look, answers)
    if not seen:
        raise ValueError(f"{path}: none of {len(problems)} pictures can be used; {problems[0].problem}")
    names = [emotion.word for emotion in network.emotions]
    shares = np.array([list(one.probabilities.values()) for one in seen])
    labels = np.array([names.index(str(one.target)) for one in seen])
    sets = {"images": quality(shares, labels, network.scales.label, names)}
    measured, text = _found(path, network, Measurements(sets, curves(shares, labels, names), (), ()), [])
    measured |= {
        "pictures": [asdict(one) for one in seen],
        "unreadable": [{"file": one.file, "problem": one.problem} for one in problems],
    }
    lines = [_line(one) for one in seen if one.answer != one.target or not one.face_found or one.unread]
    return measured, "\n".join([text, "", *lines, *(f"{one.file}: not used: {one.problem}" for one in problems)])


def _found(
    data: Path, network: "Candidate", measured: "Measurements | None", notes: list[str]
) -> tuple[dict[str, Any], str]:
    """What --json prints, and the same in words."""
    from core.training.report import as_text, crowd_as_text

    sets = measured.quality if measured else {}
    split = next(iter(sets), None)
    main = sets[split] if split else None
    who = network.network
    lines = [f"{who.name} {who.version}, {network.source}", *notes]
    lines += ["\n" + as_text(name, one) for name, one in sets.items()]
    crowd = measured.crowd if measured else ()
    lines += ["\n" + crowd_as_text(one) for one in crowd]
    return {
        "accuracy": main.accuracy if main else None,
        "network": {"key": who.name, "version": who.version, "hash": who.hash},
        "data": str(data),
        "split": split,
        "faces": main.faces if main else 0,
        "temperature": network.scales.label,
        "notes": notes,
        "sets": {name: asdict(one) for name, one in sets.items()},
        "curves": [asdict(one) for one in measured.curves] if measured else [],
        "crowd": [asdict(one) for one in crowd],
    }, "\n".join(lines)


def _look(own: "Decoder", detector: Detector | None, picture: bytes) -> tuple[NDArray[np.uint8], bool, int]:
    """The face of an encoded picture as the app cuts it, whether one was found, how many more pictures the file has."""
    from core.domain.files import FileRefused
    from core.media.kinds import kind_of
    from core.vision.crop import SIDE, crop
    from core.vision.faces import find_face

    try:
        if kind_of(picture) != "picture":
            raise ValueError("a film; expected a picture: rate reads films")
        decoded = own.decode(picture)
    except FileRefused as refusal:
        raise ValueError(str(refusal)) from None
    grey, unread = decoded.frames[0][1], decoded.pictures - 1
    if grey.shape == (SIDE, SIDE):
        return grey, True, unread
    box = find_face(grey, detector)
    return crop(grey, box), box.found, unread


def _in_words(reading: "PictureReading") -> str:
    """A single picture: every share."""
    from core.training.report import as_answer

    parts = [_line(reading), as_answer(reading.probabilities)]
    if reading.crowd:
        parts += ["what people would say:", as_answer(reading.crowd)]
    return "\n".join(parts)


def _line(reading: "PictureReading") -> str:
    shown = f", meant to show {reading.target}" if reading.target else ""
    lost = "; no face was found, the middle of the picture was taken" if not reading.face_found else ""
    more = f"; {reading.unread:,} more pictures in the file were not measured" if reading.unread else ""
    return f"{reading.file}{shown}: {reading.answer}, {reading.probabilities[reading.answer]:.0%}{lost}{more}"
