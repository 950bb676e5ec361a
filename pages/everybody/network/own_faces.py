"""The installation's own copy of FER-2013, for staff: counts, samples, and labels to look at again."""

import streamlit as st

from core.domain.emotions import Emotion
from core.services.faces import networks, own_faces
from core.services.faces.own_faces import Doubtful
from pages.everybody.network.words import show_reading
from pages.shared.browser import dark
from pages.shared.emotions import label
from pages.shared.frequencies import percent
from pages.shared.measures.show_chart import show_chart
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.set_names import set_title
from pages.shared.state import state
from pages.shared.words import _


def show_readings() -> None:
    """How the network that compares reads each set that is served here."""
    found = networks.readings(store(), state().token)
    if not found:
        st.markdown(_("The network has not looked at all faces yet. Please come back in a few minutes."))
    for reading in found:
        st.markdown(f"**{set_title(reading.title)}**")
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
            title=set_title(copy.title), version=copy.version
        )
    )
    totals = [sum(row[place] for row in copy.counts.values()) for place in range(len(names))]
    figure = counts(names, totals, _("Photographs"), dark())
    show_chart(figure, key="own-counts")
    with st.expander(_("The same as a table")):
        st.table(
            [
                {_("Emotion"): one, **{split: f"{row[place]:,}" for split, row in copy.counts.items()}}
                for place, one in enumerate(names)
            ]
        )
    chosen = Emotion(st.selectbox(_("Samples of"), list(Emotion), format_func=label) or 0)
    with st.container(horizontal=True):
        for picture in own_faces.samples(store(), state().token, chosen):
            st.image(picture, width=96)
    st.subheader(_("Labels to look at again"))
    quiet(
        _(
            "The network is sure that these show something else than their label. It may be wrong, and so may the "
            "label: the list is for people to look at, and no face is taken out because of it."
        )
    )
    found = own_faces.doubtful(store(), state().token)
    if not found:
        st.markdown(_("There are none, or the network has not looked yet."))
    for start in range(0, len(found), 2):
        for column, one in zip(st.columns(2), found[start : start + 2], strict=False):
            with column:
                _show_doubtful(one)


def _show_doubtful(one: Doubtful) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.image(one.picture, width=96)
        st.markdown("  \n".join(_lines(one)), width="stretch")


def _lines(one: Doubtful) -> list[str]:
    lines = [_("Label: **{label}**").format(label=label(one.label))]
    if one.people:
        lines.append(
            _("People: {votes} of {people} agree, {against} say {said}").format(
                votes=one.votes, people=one.people, against=one.against, said=label(one.said)
            )
        )
    lines.append(_("Network: **{said}**, {sure} sure").format(said=label(one.said), sure=percent(one.sure, 0)))
    lines.append(f":small[:gray[{one.file}]]" + (f" :small[:gray[· {_('learnt from')}]]" if one.learnt else ""))
    return lines
