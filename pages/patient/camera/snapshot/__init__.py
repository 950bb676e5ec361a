"""Snapshot component: a picture of a face from the camera or a file. Streamlit's would ask at once, in English only.

The picture arrives in the message that the click sends and is gone with the run of the script that it starts.
"""

from base64 import b64decode
from binascii import Error
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pages.shared.component import ELEMENTS, as_data, component, source
from pages.shared.words import _

LARGEST = 4_000_000
"""Bytes of a picture; our script sends a tenth of it."""
_HERE = Path(__file__).parent
_PREFIX = "data:image/jpeg;base64,"
_component = component(
    "lexithymia_snapshot",
    html='<div class="snapshot"></div>',
    css=source(_HERE / "snapshot.css"),
    js=source(ELEMENTS, _HERE / "snapshot.js"),
)


@dataclass(frozen=True)
class Snapshot:
    """What came: a JPEG file for the try with this number, or None where the camera failed."""

    number: int
    picture: bytes | None


def take_snapshot(kind: Literal["camera", "file"], number: int, device: str = "") -> Snapshot | None:
    """Show a mirror with a button, or a button for a file; a picture in the run of the script that it starts."""
    words = {
        "mirror": _("Your camera, as in a mirror"),
        "take": _("Take the picture"),
        "choose": _("Choose a picture"),
        "broken": _("This file is no picture that your browser can show. Please choose another."),
    }
    data = {"kind": kind, "number": number, "device": device, "words": words}
    result = _component(key="snapshot", data=as_data(data), on_taken_change=lambda: None)
    return _taken(result.get("taken"))


def _taken(payload: object) -> Snapshot | None:
    """What came from the browser, as far as it can be what our script sends."""
    if not isinstance(payload, dict) or not isinstance(payload.get("number"), int):
        return None
    picture = payload.get("picture")
    if picture is None:
        return Snapshot(payload["number"], None)
    if not isinstance(picture, str) or not picture.startswith(_PREFIX) or len(picture) > LARGEST:
        return None
    try:
        return Snapshot(payload["number"], b64decode(picture[len(_PREFIX) :], validate=True))
    except Error:
        return None
