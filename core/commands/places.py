"""Measure where brows, eyes, nose and mouth of the built-in people lie in their pictures.

Writes data/stimuli/builtin/places.json, from which the player outlines where two faces differ. With --check nothing is
written, and the exit status is 1 if the file is not what would be written.
"""

import argparse
import json
from dataclasses import astuple

from core.domain.emotions import Emotion
from core.media.decoder import decode
from core.stimuli.builtin import read_builtin
from core.stimuli.locate import Picture, locate
from core.stimuli.places import FILE


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is out of date")


def run(options: argparse.Namespace) -> int:
    text = _text()
    if options.check:
        return int(not FILE.is_file() or FILE.read_text() != text)
    FILE.write_text(text)
    print(f"{FILE}: {len(json.loads(text))} people")
    return 0


def _text() -> str:
    people: dict[str, dict[Emotion, Picture]] = {}
    for face in read_builtin()[1]:
        if face.identity is not None and (face.intensity == 100 or face.target is Emotion.NEUTRAL):
            people.setdefault(face.identity, {})[face.target] = decode(face.picture)
    found = {identity: locate(full) for identity, full in sorted(people.items())}
    rows = [
        f' "{identity}": ' + json.dumps({place.value: list(astuple(ellipse)) for place, ellipse in of_one.items()})
        for identity, of_one in found.items()
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"
