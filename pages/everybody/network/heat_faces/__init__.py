"""Heat maps over a row of faces, for the page about the network."""

from dataclasses import asdict
from pathlib import Path

from core.domain.emotions import Emotion
from core.domain.network.rating import NetworkRating
from pages.shared.component import ELEMENTS, THEME, as_data, component, source
from pages.shared.emotions import label
from pages.shared.palette import css_variables
from pages.shared.pictures import data_url
from pages.shared.recognise import FACE_SCRIPT, HEAT_MAP_SCRIPT, HEAT_MAP_STYLE
from pages.shared.recognise.heat_words import heat_map
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_heat_faces",
    html='<div class="faces themed"></div>',
    css=css_variables() + source(_HERE / "heat_faces.css", HEAT_MAP_STYLE),
    js=source(ELEMENTS, THEME, FACE_SCRIPT, HEAT_MAP_SCRIPT, _HERE / "heat_faces.js"),
)


def show_heat_faces(faces: list[tuple[Emotion, bytes, NetworkRating]]) -> None:
    """Each face under its colour, with what it is meant to show and what the computer says."""
    maps = [(target, picture, look, heat_map(look)) for target, picture, look in faces]
    data = [
        asdict(heat)
        | {"values": list(heat.values), "title": _title(target, look), "legend": "", "picture": data_url(picture)}
        for target, picture, look, heat in maps
        if heat is not None
    ]
    _component(key="heat_faces", data=as_data({"faces": data}))


def _title(target: Emotion, look: NetworkRating) -> str:
    words = {"target": label(target), "said": label(look.top)}
    return _("Meant: {target}. The computer: {said}.").format(**words)
