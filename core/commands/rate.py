"""Rate every face of pictures and videos (JPEG, PNG, WebP, HEIC, AVIF, TIFF …; MP4, WebM) with the network that ships.

Prints a line for each face of a picture, and for each face of a video or a moving picture for how many seconds it
showed what; --json prints one JSON object per file with every frame that was read. Nothing is stored. The exit status
is 1 if a file could not be read. The settings that close the exercise in the app (EXPRESSION, SITE) do not bind this
command: whoever runs it answers for whose faces they are.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import Detector
from core.domain.camera.seen import FileReading, SeenFace, SeenFrame
from core.domain.emotions import Emotion
from core.domain.people import Refusal

if TYPE_CHECKING:
    from core.domain.network.rating import Rater


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a picture or a video")
    parser.add_argument("--json", action="store_true", help="one JSON object per line and file")
    add_detector_option(parser)
    parser.add_argument("--denoise", action="store_true", help="take the noise of a dark room out first")


def run(options: argparse.Namespace) -> int:
    from core.vision.rater import load_default

    rater, status = load_default(), 0
    for path in options.files:
        try:
            read = _read(path, rater, options.denoise, options.detector)
        except (OSError, Refusal) as error:
            print(f"{path}: {error}", file=sys.stderr)
            status = 1
        else:
            print(_as_json(path, read, rater, options.denoise) if options.json else _in_words(path, read), flush=True)
    return status


def add_detector_option(parser: argparse.ArgumentParser) -> None:
    """`--detector`, for commands that look for faces; None where it is not given."""
    parser.add_argument(
        "--detector",
        type=Detector,
        choices=tuple(Detector),
        help="what finds faces, if not what DETECTOR says",
    )


def _read(path: Path, rater: "Rater", denoise: bool, detector: Detector | None) -> FileReading:
    from core.domain.files import MOST_BYTES, refused
    from core.media.kinds import kind_of
    from core.vision.files import read_file

    if path.stat().st_size > MOST_BYTES:
        raise refused("bytes")
    content = path.read_bytes()
    frames = read_file(content, rater, denoise=denoise, detector=detector)
    return FileReading(kind_of(content), tuple(seen for _, seen in frames))


def _as_json(path: Path, read: FileReading, rater: "Rater", denoise: bool) -> str:
    network = rater.network
    return json.dumps(
        {
            "file": str(path),
            "kind": read.kind,
            "denoised": denoise,
            "network": {"name": network.name, "version": network.version, "hash": network.hash},
            "frames": [
                {
                    "at": round(seen.at, 3),
                    "lasts": round(seen.lasts, 3),
                    "damaged": seen.damaged,
                    "light": round(seen.light, 3),
                    "faces": [_face(face) for face in seen.faces],
                }
                for seen in read.frames
            ],
            "unread": read.unread,
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
    lines = []
    if read.unread > 0:
        lines.append(f"  {len(read.frames)} of its {read.frames[0].pictures} pictures were read")
    if read.damaged:
        seconds = f"{_seconds(read.damaged, read)} of {_seconds(read.seconds, read)} seconds"
        lines.append(f"  damaged for {seconds}: what is said of them may be wrong")
    if not any(seen.faces for seen in read.frames):
        return "\n".join([f"{path}: no face found", *lines])
    return "\n".join([f"{path}:", *lines, *(_of_video(read) if read.moves else _of_picture(read.frames[0]))])


def _of_picture(seen: SeenFrame) -> list[str]:
    return [
        f"  face {face.id} at {face.box[0]:.0%} from the left, {face.box[1]:.0%} from the top: "
        f"{face.top.word} {max(face.probabilities):.0%}"
        for face in seen.faces
    ]


def _of_video(read: FileReading) -> list[str]:
    return [
        f"  face {number} in {_seconds(sum(shown.values()), read)} of {_seconds(read.seconds, read)} seconds: "
        + ", ".join(f"{emotion.word} {seconds / (sum(shown.values()) or 1):.0%}" for emotion, seconds in shown.items())
        for number, shown in read.shown().items()
    ]


def _seconds(seconds: float, read: FileReading) -> str:
    return f"{seconds:.1f}" if read.seconds >= 1 else f"{seconds:.2f}"
