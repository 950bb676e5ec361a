"""Upload component for pictures and videos: Streamlit's own speaks English only and may write to the disk.

The file goes from the browser to a route of ours (core/web/files/uploads.py) and stays in neither; the browser draws
the outlines over its own copy. The page gets what was seen, as numbers.
"""

from dataclasses import dataclass, field
from pathlib import Path

from core.domain.camera.seen import FileReading
from core.domain.emotions import Emotion
from core.domain.files import MOST_BYTES, MOST_FILES, MOST_SECONDS, refusals
from core.web.files.uploads import take
from pages.shared.component import ELEMENTS, KEPT, THEME, as_data, component, source
from pages.shared.emotions import label
from pages.shared.palette import css_variables
from pages.shared.state import tab_state
from pages.shared.upload import UPLOAD
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_upload",
    html='<div class="upload themed"></div>',
    css=css_variables() + source(UPLOAD, _HERE / "upload.css"),
    js=source(ELEMENTS, THEME, KEPT, _HERE / "upload_outlines.js", _HERE / "upload.js"),
)


@dataclass
class FilesState:
    read: dict[str, FileReading] = field(default_factory=dict)
    """What was seen in the files on the screen, by their ids."""


def show_upload() -> list[tuple[str, FileReading]]:
    """The button, and the files that were read with their outlines; the name of each and what was seen in it."""
    data = {
        "words": _words(),
        "emotions": {emotion.word: label(emotion) for emotion in Emotion},
        "problems": {one.name: _(one.sentence).format(**one.values) for one in refusals()},
        "most": MOST_BYTES,
        "most_files": MOST_FILES,
    }
    result = _component(key="upload", data=as_data(data), on_read_change=lambda: None)
    return _read(result.get("read"))


def _read(payload: object) -> list[tuple[str, FileReading]]:
    """What the ids that the browser names stand for; what it names no more is forgotten."""
    named = {
        entry["id"]: entry["name"]
        for entry in (payload if isinstance(payload, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and isinstance(entry.get("name"), str)
    }
    files = tab_state(FilesState, "lexithymia files")
    now = {number: files.read.get(number) or take(number) for number in named}
    files.read = {number: read for number, read in now.items() if read is not None}
    return [(named[number], read) for number, read in files.read.items()]


def _words() -> dict[str, str]:
    return {
        "choose": _("Choose pictures or a video"),
        "drop": _(
            "You can also drop them here. JPEG, PNG, WebP, HEIC, AVIF; MP4, WebM. At most {megabytes} MB and {minutes} "
            "minutes."
        ).format(megabytes=MOST_BYTES // 1_000_000, minutes=round(MOST_SECONDS / 60)),
        "denoise": _("Smooth the noise of a dark picture first"),
        "sending": _("Sending {name}…"),
        "reading": _("Reading {name}…"),
        "done": _("{name} was read."),
        "stop": _("Stop"),
        "remove": _("Remove"),
        "remove_named": _("Remove {name}"),
        "no_face": _("No face was found. Faces are found when they look at the camera and are large enough."),
        "face": _("Face {number}: {emotion}, {percent} %"),
        "picture": _("{name} with an outline around each face"),
        "cannot_show": _("Your browser cannot show this file, but it was read."),
        "moves": _("This picture moves. All of it was read, as a video is."),
        "unread": _("Further pictures in this file, which were not read: {number}"),
        "damaged": _("This video is damaged for {seconds} seconds. What is said of them may be wrong."),
    }
