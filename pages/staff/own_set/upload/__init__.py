"""Upload component for a zip of faces: it goes to a route of ours (core/web/files/face_sets.py), onto the disk of this
server until it is decided on; the page gets the name under which it waits there."""

from pathlib import Path

from core.domain.files import refusals
from core.services.faces import uploaded_sets
from core.web.files.face_sets import PATH
from pages.shared.component import ELEMENTS, KEPT, THEME, as_data, component, source
from pages.shared.palette import css_variables
from pages.shared.upload import UPLOAD
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_own_set",
    html='<div class="upload themed"></div>',
    css=css_variables() + source(UPLOAD),
    js=source(ELEMENTS, THEME, KEPT, _HERE / "own_set.js"),
)


def show_upload() -> tuple[str, str] | None:
    """The place for the file; the upload that came last, by the name under which it waits and its own."""
    most = uploaded_sets.most_bytes()
    too_large = _("This file is larger than {megabytes} MB. The command import-faces takes larger sets.")
    words = {
        "choose": _("Choose a zip"),
        "drop": _("You can also drop it here. At most {megabytes} MB.").format(megabytes=most // 1_000_000),
        "sending": _("Sending {name}…"),
        "done": _("{name} has arrived."),
        "stop": _("Stop"),
    }
    problems = {one.name: _(one.sentence).format(**one.values) for one in refusals()}
    problems |= {
        "bytes": too_large.format(megabytes=most // 1_000_000),
        "busy": _("Other faces are arriving just now. Please try again in a few minutes."),
        "not-allowed": _("Only an administrator can do this. Please ask the clinician who set this up."),
    }
    data = {"words": words, "problems": problems, "most": most, "path": PATH}
    given = _component(key="own-set", data=as_data(data), on_given_change=lambda: None).get("given")
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        return None
    return given["id"], str(given.get("name", ""))
