"""Bars of seven probabilities: what a network saw in a face, and a mark where the same face lay at rest."""

from pathlib import Path

from core.domain.camera.hold import Reading
from core.domain.emotions import Emotion
from pages.shared.browser import dark
from pages.shared.component import ELEMENTS, as_data, component, source
from pages.shared.emotions import label
from pages.shared.palette import css_variables
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_seen_bars",
    html='<div class="seen-bars themed"></div>',
    css=css_variables() + source(_HERE / "seen_bars.css"),
    js=source(ELEMENTS, _HERE / "seen_bars.js"),
)


def show_bars(reading: Reading, rest: Reading | None = None, *, key: str) -> None:
    """The probabilities of `reading` in the order of the network; a thin mark where those of `rest` were."""
    rows = []
    for emotion in Emotion:
        share = reading.probabilities[emotion]
        mark = None if rest is None else rest.probabilities[emotion]
        text = _("{percent} %").format(percent=round(100 * share))
        rows.append({"emotion": emotion.word, "label": label(emotion), "share": share, "mark": mark, "text": text})
    _component(key=key, data=as_data({"rows": rows, "dark": dark(), "title": _("What the computer saw")}))
