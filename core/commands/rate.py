"""Rate every face of pictures and videos (JPEG, PNG, WebP; MP4, WebM) with the network that ships.

Prints a line for each face of a picture, and for each face of a video how long it showed what; --json prints one JSON
object per file with every frame that was read. Nothing is stored. The exit status is 1 if a file could not be read.
The settings that close the exercise in the app (EXPRESSION, SITE) do not bind this command: whoever runs it answers for
whose faces they are.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.camera.seen import FileReading, SeenFace, SeenFrame
from core.domain.emotions import Emotion
from core.domain.people import Refusal

if TYPE_CHECKING:
    from core.domain.network.rating import Rater


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a picture or a video")
    parser.add_argument("--json", action="store_true", help="one JSON object per line and file")
    parser.add_argument("--denoise", action="store_true", help="take the noise of a dark room out first")


def run(options: argparse.Namespace) -> int:
    from core.vision.rater import load_default

    rater, status = load_default(), 0
    for path in options.files:
        try:
            read = _read(path, rater, options.denoise)
        except (OSError, Refusal) as error:
            print(f"{path}: {error}", file=sys.stderr)
            status = 1
        else:
            print(_as_json(path, read, rater, options.denoise) if options.json else _in_words(path, read), flush=True)
    return status


def _read(path: Path, rater: "Rater", denoise: bool) -> FileReading:
    from core.domain.files import MOST_BYTES, refused
    from core.vision.files import kind_of, read_file

    if path.stat().st_size > MOST_BYTES:
        raise refused("bytes")
    content = path.read_bytes()
    return FileReading(kind_of(content), tuple(seen for _, seen in read_file(content, rater, denoise=denoise)))


def _as_json(path: Path, read: FileReading, rater: "Rater", denoise: bool) -> str:
    network = rater.network
    return json.dumps(
        {
            "file": str(path),
            "kind": read.kind,
            "denoised": denoise,
            "network": {"name": network.name, "version": network.version, "hash": network.hash},
            "frames": [
                {"at": round(seen.at, 3), "light": round(seen.light, 3), "faces": [_face(face) for face in seen.faces]}
                for seen in read.frames
            ],
        }
    )


def _face(face: SeenFace) -> dict[str, object]:
    return {
        "id": face.id,
        "box": [round(share, 4) for share in face.box],
        "emotion": face.top.word,
        "probabilities": _named(face.probabilities),
        "raw": _named(face.raw),
    }


def _named(probabilities: Sequence[float]) -> dict[str, float]:
    return {emotion.word: round(probabilities[emotion], 4) for emotion in Emotion}


def _in_words(path: Path, read: FileReading) -> str:
    if not any(seen.faces for seen in read.frames):
        return f"{path}: no face found"
    return "\n".join([f"{path}:", *(_of_picture(read.frames[0]) if read.kind == "picture" else _of_video(read.frames))])


def _of_picture(seen: SeenFrame) -> list[str]:
    return [
        f"  face {face.id} at {face.box[0]:.0%} from the left, {face.box[1]:.0%} from the top: "
        f"{face.top.word} {max(face.probabilities):.0%}"
        for face in seen.faces
    ]


def _of_video(frames: Sequence[SeenFrame]) -> list[str]:
    shown: dict[int, Counter[Emotion]] = {}
    for face in (face for seen in frames for face in seen.faces):
        shown.setdefault(face.id, Counter())[face.top] += 1
    return [
        f"  face {number} in {count.total()} of {len(frames)} frames: "
        + ", ".join(f"{emotion.word} {times / count.total():.0%}" for emotion, times in count.most_common())
        for number, count in shown.items()
    ]
