"""Results of a file: a video's timeline of emotions with the table behind it, and everything as CSV."""

from collections.abc import Mapping
from pathlib import PurePath

import streamlit as st

from core.domain.camera.seen import FileReading, SeenFace, as_csv
from core.domain.emotions import Emotion
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.format import number
from pages.shared.measures.show_chart import show_chart
from pages.shared.personal_file import personal_file
from pages.shared.words import _

MOST_ROWS = 180


def show_read_file(number: int, name: str, read: FileReading) -> None:
    """The file called `name`; `number` tells apart two of the same name."""
    if not any(seen.faces for seen in read.frames):
        return
    with st.container(border=True):
        st.header(name)
        if read.moves:
            _show_timeline(number, read)
        personal_file(
            _("Download as a table (CSV)"),
            f"csv {number}",
            f"{PurePath(name).stem}.csv",
            "text/csv",
            lambda: as_csv(read.frames).encode(),
        )


def _show_timeline(number: int, read: FileReading) -> None:
    from pages.everybody.files.chart import TimelineWords, timeline  # Plotly, which a picture does not need

    shown = read.shown()
    ids = sorted(shown, key=lambda one: -sum(shown[one].values()))
    chosen = ids[0]
    if len(ids) > 1:
        chosen = st.selectbox(
            _("Which face?"), ids, format_func=lambda one: _("Face {number}").format(number=one), key=f"face-{number}"
        )
    points = [(seen.at, face) for seen in read.frames for face in seen.faces if face.id == chosen]
    st.markdown(_sentence(shown[chosen]))
    words = TimelineWords(_("Time (seconds)"), _("How sure (%)"), _("{emotion}: {percent} % after {seconds} s"))
    names = {emotion: label(emotion) for emotion in Emotion}
    show_chart(
        timeline(points, names, words, dark()),
        _("Face {number}").format(number=chosen),
        f"timeline-{number}",
    )
    with st.expander(_("The same as a table")), st.container(height=360):
        st.table(_table(points, names))


def _sentence(shown: Mapping[Emotion, float]) -> str:
    """What the face showed most of the time, as the network has it."""
    top, seconds = next(iter(shown.items()))
    return _("For {share} % of the time with this face the computer’s first guess is **{emotion}**.").format(
        share=round(100 * seconds / (sum(shown.values()) or 1)), emotion=label(top)
    )


def _table(points: list[tuple[float, SeenFace]], names: dict[Emotion, str]) -> list[dict[str, str]]:
    """A row for each second, or for fewer moments of a long video."""
    step = max(1, -(-len(points) // MOST_ROWS), 5 if len(points) > 50 else 1)
    return [
        {_("Time (seconds)"): number(at, 1)}
        | {
            names[emotion]: _("{percent} %").format(percent=round(100 * face.probabilities[emotion]))
            for emotion in Emotion
        }
        for at, face in points[::step]
    ]
