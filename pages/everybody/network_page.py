"""About the network: what it is, how often it is right beside people, where it looks; all its figures for staff."""

import logging

import streamlit as st

from core.services.faces import networks
from pages.everybody.network.heat_faces import show_heat_faces
from pages.everybody.network.names import short_name
from pages.everybody.network.papers import show_in_short
from pages.everybody.network.staff import is_staff, show_for_staff
from pages.everybody.network.words import four_sentences, how_sure, limits, on_builtin, show_beside_people, show_reading
from pages.shared.network_cards import cards, in_use, people
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.words import _


def show_where_it_looks() -> None:
    """Three faces under their colour; a sentence while the network has not looked yet."""
    st.header(_("Where it looks"))
    examples = networks.examples(store())
    if not examples:
        st.markdown(_("The network has not looked at the faces of this server yet. Please come back in a few minutes."))
        return
    st.markdown(
        _(
            "The stronger the colour, the more this place counted for the computer’s answer. The map is coarse: each "
            "place also sees what lies around it. In practice you find the map of each face below “What others saw”."
        )
    )
    show_heat_faces(examples)


def show_for_everybody() -> None:
    card = in_use()
    st.markdown(four_sentences(card))
    st.header(_("How often it is right"))
    show_beside_people(card, people())
    st.markdown(how_sure(card))
    show_where_it_looks()
    st.header(_("On the faces of this program"))
    reading = networks.reading_of_builtin(store())
    st.markdown(on_builtin(card, reading))
    if reading is not None:
        with st.expander(_("When it says an emotion, how often does it fit?")):
            show_reading(reading)
            quiet(
                _(
                    "Many of these faces show an emotion weakly, and few are meant to be neutral. The network calls "
                    "some of the weak ones neutral: so that answer fits less often."
                )
            )
    st.header(_("What it cannot do"))
    st.markdown(limits())
    st.header(_("Networks of published research"))
    show_in_short(cards().values())
    quiet(
        _("{network}, version {version}, of {date}; file {hash}").format(
            network=short_name(card), version=card.version, date=card.date, hash=card.sha256[:12]
        )
    )


st.title(_("About the network"))
try:
    cards(), people()
except ValueError as error:
    logging.getLogger(__name__).log(logging.ERROR, "the networks' figures cannot be read: %s", error)
    st.info(_("The figures of the network cannot be read on this server. Please tell the people who run it."))
else:
    show_for_everybody()
    if is_staff():
        show_for_staff()
