"""The installation's own copy of FER-2013, for staff: counts, samples, and labels to look at again."""

import streamlit as st

from core.domain.emotions import Emotion
from core.services.faces import networks, own_faces
from core.services.faces.own_faces import DoubtfulFace
from pages.everybody.network.words import show_reading
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.format import number, plain
from pages.shared.frequencies import percent
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.set_names import title_in_text
from pages.shared.state import state
from pages.shared.words import _


def show_readings() -> None:
    """How the network that compares reads each set that is served here."""
    readings = networks.readings(store(), state().token)
    if not readings:
        st.markdown(_("The network has not looked at all faces yet. Please come back in a few minutes."))
    for reading in readings:
        st.markdown(f"**{title_in_text(reading.title)}**")
        show_reading(reading)


def show_own_copy() -> None:
    """What was brought in, some of it, and the faces whose label somebody should look at."""
    copy = own_faces.own_copy(store(), state().token)
    if copy is None:
        st.markdown(
            _(
                "Nobody has brought in FER-2013 on this server. With your own copy you see here how many faces of each "
                "emotion it has, some of them, and labels that may be wrong. An administrator brings it in under "
                "“Faces”."
            )
        )
        return
    from pages.everybody.network.charts import counts

    names = [label(emotion) for emotion in Emotion]
    st.markdown(
        _("**{title}**, version {version}: the faces that may be served").format(
            title=title_in_text(copy.title), version=plain(copy.version)
        )
    )
    totals = [sum(row[place] for row in copy.counts.values()) for place in range(len(names))]
    figure = counts(names, totals, _("Photographs"), dark())
    show_chart(figure, copy.title, "own-counts")
    with st.expander(_("The same as a table")):
        st.table(
            [
                {_("Emotion"): name, **{split: number(row[place]) for split, row in copy.counts.items()}}
                for place, name in enumerate(names)
            ]
        )
    chosen = Emotion(st.selectbox(_("Samples of"), list(Emotion), format_func=label) or 0)
    with st.container(horizontal=True):
        for picture in own_faces.samples(store(), state().token, chosen):
            st.image(picture, width=96, alt=label(chosen))
    st.subheader(_("Labels to look at again"))
    quiet(
        _(
            "The network is sure that these show something else than their label. It may be wrong, and so may the "
            "label: the list is for people to look at, and no face is taken out because of it."
        )
    )
    doubtful = own_faces.doubtful(store(), state().token)
    if not doubtful:
        st.markdown(_("There are none, or the network has not looked yet."))
    for start in range(0, len(doubtful), 2):
        for column, name in zip(st.columns(2), doubtful[start : start + 2], strict=False):
            with column:
                _show_doubtful(name)


def _show_doubtful(face: DoubtfulFace) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.image(face.picture, width=96, alt=label(face.label))
        st.markdown("  \n".join(_lines(face)), width="stretch")


def _lines(face: DoubtfulFace) -> list[str]:
    lines = [_("Label: **{label}**").format(label=label(face.label))]
    if face.people:
        lines.append(
            _("People: {votes} of {people} agree, {against} say {said}").format(
                votes=face.votes, people=face.people, against=face.against, said=label(face.said)
            )
        )
    lines.append(_("Network: **{said}**, {sure} sure").format(said=label(face.said), sure=percent(face.sure, 0)))
    lines.append(f":small[:gray[{face.file}]]" + (f" :small[:gray[· {_('learnt from')}]]" if face.learnt else ""))
    return lines
