"""Limits on files: which pictures and videos are read, and the refusals of those that are not."""

from core.domain.people import Refusal

MOST_BYTES = 50_000_000
MOST_FILES = 12  # that are given at a time
MOST_PIXELS = 40_000_000  # of a picture
MOST_SIDE = 30_000  # pixels of a picture
MOST_DECODING = 10  # seconds of processor for a picture
MOST_VIDEO_PIXELS = 3840 * 2160  # of a frame
MOST_SECONDS = 180.0  # of a video
MOST_WORK = 120.0  # seconds that reading one file may take
MOST_AT_ONCE = 2  # files that one server reads
MOST_ARRIVING = 9  # files that it has in memory, those that still arrive included
CONVERSION = "ffmpeg -i OLD -c:v libx264 -pix_fmt yuv420p NEW.mp4"
MOST_OF_ONE = 3  # of these from one account; one of them is read, the others wait


class FileRefused(Refusal):
    """A file that cannot be read; `name` is short for the sentence."""

    name = ""


_SAID = {
    "kind": FileRefused(
        "This is no picture or video that can be read here. Pictures may be JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP or "
        "GIF, videos MP4 or WebM."
    ),
    "picture-kind": FileRefused(
        "Pictures of this kind are not read here. Please open it in a program for pictures and save it as JPEG or PNG."
    ),
    "video-kind": FileRefused(
        "Videos of this kind are not read here. Please save it as MP4. This line of the program ffmpeg does it: {line}",
        line=CONVERSION,
    ),
    "broken": FileRefused("This file is damaged and cannot be read. Perhaps you can save or send it once more."),
    "bytes": FileRefused(
        "This file is larger than {megabytes} MB. Please choose a smaller one.", megabytes=MOST_BYTES // 1_000_000
    ),
    "pixels": FileRefused(
        "This picture has more than {millions} million points. Please make it smaller.",
        millions=MOST_PIXELS // 1_000_000,
    ),
    "side": FileRefused(
        "This picture is longer than {points} points. Please cut it or make it smaller.", points=MOST_SIDE
    ),
    "wide": FileRefused("The picture of this video is larger than 4K. Please save it smaller."),
    "codec": FileRefused(
        "This video is stored in a way that is not read here. H.264, HEVC, VP8, VP9 and AV1 are. This line of the "
        "program ffmpeg makes H.264: {line}",
        line=CONVERSION,
    ),
    "empty": FileRefused("There are no pictures in this video."),
    "long": FileRefused(
        "This video is longer than {minutes} minutes. Please cut it.", minutes=round(MOST_SECONDS / 60)
    ),
    "work": FileRefused("Reading this file takes too long. Please choose a shorter or smaller one."),
    "busy": FileRefused("Other files are being read just now. Please try again in a minute."),
    "many": FileRefused("{files} files can be given at a time. Please give this one again.", files=MOST_FILES),
    "signed-out": FileRefused("You are not signed in. Please sign in again."),
    "not-allowed": FileRefused("Files cannot be read here just now. Please open this page again."),
    "disk": FileRefused("The disk of this server is too full for this file. Please tell whoever runs it."),
    "lost": FileRefused("The connection was lost. Please try again."),
}


def refused(name: str) -> FileRefused:
    """The refusal called `name`, to be raised."""
    said = _SAID[name]
    refusal = FileRefused(said.sentence, **said.values)
    refusal.name = name
    return refusal


def refusals() -> list[FileRefused]:
    """All of them, for who shows them."""
    return [refused(name) for name in _SAID]
