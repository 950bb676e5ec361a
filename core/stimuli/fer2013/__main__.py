"""The process that reads FER-2013 or FER+'s votes for `core.stimuli.fer2013.reader`.

    python -m core.stimuli.fer2013 SECONDS < QUESTION    reads what is asked for and writes what it holds

A table, an archive or a packed file is what its maker made of it: it may ask for hours, gigabytes or a crash. The
process writes lines of JSON: how far it is, and last what was read, or why it was refused; then FER-2013's grey levels.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core.domain.emotions import Emotion
from core.domain.language import to_json
from core.media.confined import confine
from core.stimuli.fer2013.forms import gather, open_fer2013
from core.stimuli.fer2013.votes import parse_votes
from core.stimuli.mistakes import said
from core.stimuli.records import StimulusError

_Said = Mapping[str, Any]


def main() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    confine(float(sys.argv[1]), again=True)  # the decoder of pictures within has limits of its own
    question = json.loads(sys.stdin.buffer.read())
    os.chdir(question["below"])
    out = sys.stdout.buffer
    levels = b""

    def say(what: _Said) -> None:
        out.write(json.dumps(what).encode() + b"\n")
        out.flush()

    try:
        if question["what"] == "votes":
            found = parse_votes(Path(question["path"]))
            say({"usages": found.usages.tolist(), "counts": found.counts.tolist()})
        else:
            levels = _say_source(question, say)
    except StimulusError as error:
        say({"refused": said(error)})
    except OSError as error:
        say({"system": [error.errno, error.strerror, error.filename]})
    out.write(levels)
    out.flush()


def _say_source(question: _Said, say: Callable[[_Said], None]) -> bytes:
    meant = question["answers"]
    answers = None if meant is None else {word: None if one is None else Emotion(one) for word, one in meant.items()}
    source = open_fer2013(Path(question["path"]), answers)
    found = gather(source, lambda done, of: say({"done": done, "of": of}))
    rows = found.votes_rows
    say(
        {
            "labels": found.labels.tolist(),
            "usages": found.usages.tolist(),
            "names": found.names,
            "votes_rows": None if rows is None else rows.tolist(),
            "form": to_json(found.form),
            "notes": to_json(found.notes),
        }
    )
    return found.pixels.tobytes()


if __name__ == "__main__":
    main()
