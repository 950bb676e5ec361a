"""Bring in a folder of faces that you hold a licence for (KDEF, RaFD, NimStim, your own).

The folder holds the pictures and a manifest.csv with the columns file and emotion: the seven as nouns or adjectives
in any language of the product, the codes of KDEF, RaFD, CK+, JAFFE or NimStim, or FER-2013's numbers. A word in no
table is asked about; --word answers. The columns identity, role (practice, A, B), sex, skin (0 to 7), intensity (0 to
100), variant and weights (JSON) are optional; what is lacking is named at the end. WebP, PNG and JPEG are kept as they
are, HEIC, AVIF, TIFF, BMP and GIF as PNG. Checks need an identity and a role for every face. A set is stored whole or
not at all, so the command can be run again.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from core.stimuli.records import Face, Progress, SetInfo


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--name", help="short name of the set; default: the folder's")
    parser.add_argument("--title", help="what people see; default: the name")
    parser.add_argument("--source", default="", help="where the faces come from, for papers and exports")
    parser.add_argument("--licence", default="", help="under which terms you hold them")
    add_word_option(parser)


def add_word_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--word",
        action="append",
        default=[],
        metavar="WORD=EMOTION",
        help="what a word means that is in no table, for example contempt=disgust; contempt=- leaves its pictures out",
    )


def tell(note: str) -> None:
    """What a set lacks, beside what a command prints."""
    print(note, file=sys.stderr)


def run(options: argparse.Namespace) -> int:
    from core.stimuli.emotion_words import read_answers
    from core.stimuli.manifest import read_manifest

    names = {key: getattr(options, key) for key in ("name", "title", "source", "licence")}

    def read(progress: Progress) -> tuple[SetInfo, list[Face]]:
        return read_manifest(options.folder, answers=read_answers(options.word), progress=progress, **names)

    return bring_in(read)


def bring_in(read: Callable[[Progress], tuple[SetInfo, list[Face]]]) -> int:
    """Read a set, store it in this installation's database, let the network look, say what came of it."""
    from core.config import settings
    from core.domain.people import Refusal
    from core.services.faces import stimulus_sets
    from core.storage.database import Store
    from core.storage.locks import start_lock
    from core.storage.migrate import upgrade
    from core.web.looking import rater_in_charge

    store = Store(settings().database_url)
    try:
        with start_lock(store):
            upgrade(store)
        rater = rater_in_charge(store)
        info, read_faces = read(_counting("read"))
        stimulus_sets.bring_in(store, (info, read_faces), rater, _counting("seen by the network"))
    except (ValueError, Refusal) as error:
        print(f"Nothing was brought in. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. A set is stored whole or not at all: run the command again.", file=sys.stderr)
        return 130
    finally:
        store.close()
    print(f"{info.title}, version {info.version}: {len(read_faces):,} faces.")
    print("It serves practice and checks." if info.has_roles else "It serves practice only.")
    for note in info.notes:
        print(f"- {note}")
    return 0


def _counting(what: str) -> Progress:
    """Progress on one line of a terminal; nothing where the output is kept."""

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done:,} of {of:,} {what}", end="\n" if done == of else "", file=sys.stderr, flush=True)

    return tell
