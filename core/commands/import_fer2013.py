"""Bring in FER-2013, in any form it is passed on in, with the votes of FER+ if you have them.

PATH is fer2013.csv (also .gz, .xz, .zip, .tar.gz), icml_face_data.csv, train.csv, or a folder, zip or tar with
train/<label>/, validation/<label>/ and test/<label>/, or FER+'s own folders with --votes. Without PATH, --download
fetches the folder form from Kaggle. Served are faces whose label is the one thing most of ten people chose, with at
least five of ten; without --votes the labels stand alone. A set is stored whole or not at all, so the command can be
run again.
"""

import argparse
from pathlib import Path

from core.commands.import_faces import add_word_option, bring_in
from core.install import install_whole


def configure(parser: argparse.ArgumentParser) -> None:
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("path", type=Path, nargs="?", metavar="PATH")
    place.add_argument("--download", action="store_true", help="fetch FER-2013 from Kaggle; nothing else goes online")
    parser.add_argument("--votes", type=Path, metavar="FILE", help="fer2013new.csv of FER+, or its folder")
    add_word_option(parser)


def run(options: argparse.Namespace) -> int:
    from core.stimuli.download import download_fer2013
    from core.stimuli.emotion_words import read_answers
    from core.stimuli.fer2013.curate import read_fer2013

    if options.download:
        install_whole()
    return bring_in(
        lambda progress: read_fer2013(
            download_fer2013() if options.download else options.path,
            options.votes,
            progress,
            read_answers(options.word),
        )
    )
