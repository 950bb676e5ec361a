"""Write the manifest.csv of a folder of faces from the names of its pictures.

--like says whose names they are: kdef (AF01ANS.JPG), rafd (Rafd090_01_Caucasian_female_angry_frontal.jpg), ck
(S005_001_00000011.png beside its _emotion.txt), jaffe (KA.AN1.39.tiff), adfes (F01-Anger….jpg) or folders (named by
emotion). Pictures from the side are left out. Where at least three people are known, they are divided: every third one
practises, is in form A and in form B, women and men apart. Read the file before import-faces, and change what is wrong.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.import_faces import add_word_option

if TYPE_CHECKING:
    from core.stimuli.naming import ReadNames

LIKE = ("kdef", "rafd", "ck", "jaffe", "adfes", "folders")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--like", required=True, choices=LIKE)
    parser.add_argument("--force", action="store_true", help="write over a manifest.csv that is there")
    parser.add_argument("--dry-run", action="store_true", help="say what was understood and write nothing")
    add_word_option(parser)


def run(options: argparse.Namespace) -> int:
    from core.stimuli.emotion_words import read_answers
    from core.stimuli.naming import read_names, write_manifest
    from core.stimuli.table import MANIFEST

    path = options.folder / MANIFEST
    try:
        if not options.folder.is_dir():
            raise ValueError(f"{options.folder} is no folder: give the one with the pictures")
        if path.exists() and not (options.force or options.dry_run):
            raise ValueError(f"{path} is there already: --force writes over it, --dry-run only says what is understood")
        read = read_names(options.folder, options.like, read_answers(options.word))
        if not options.dry_run:
            write_manifest(read, path)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(_in_words(path, read, written=not options.dry_run)))
    return 0


def _in_words(path: Path, read: "ReadNames", *, written: bool) -> list[str]:
    """What was understood."""
    from core.stimuli.emotion_words import question

    emotions = Counter(row.emotion for row in read.rows)
    people = {row.identity: row.role for row in read.rows if row.identity}
    lines = [
        f"{path}: {len(read.rows):,} rows" if written else f"{len(read.rows):,} pictures are understood",
        ", ".join(f"{word} {number:,}" for word, number in sorted(emotions.items())),
    ]
    if people:
        roles = Counter(people.values())
        divided = ", ".join(f"{role} {roles[role]}" for role in ("practice", "A", "B") if roles[role])
        lines.append(f"{len(people):,} people" + (f": {divided}" if divided else ", too few for the forms A and B"))
    lines += [f"Left out, {why}: {len(files):,}, for example {files[0]}" for why, files in read.asides.items()]
    for word, files in read.unknown.items():
        lines.append(f"Left out, {word!r}: {len(files):,}, for example {files[0]}. {question(word)}")
    return lines
