"""The second part of the page about the network, for clinicians and researchers: one section at a time."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.people import Role
from core.services.accounts.sign_in import person_behind
from pages.everybody.network import details
from pages.everybody.network.choice import show_choice
from pages.everybody.network.names import name, photographs
from pages.everybody.network.own_faces import show_own_copy, show_readings
from pages.everybody.network.papers import show_future, show_in_full, show_served
from pages.shared.network_cards import cards, in_use, people
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

_SEVEN = tuple(emotion.word for emotion in Emotion)


def is_staff() -> bool:
    """Whether a clinician or a researcher is at this tab."""
    person = person_behind(store(), state().token)
    return person is not None and person.role is not Role.PATIENT


def show_for_staff() -> None:
    """A choice of sections; only the chosen one is drawn."""
    st.header(_("All figures"))
    names = {
        "choice": _("Which network compares"),
        "emotions": _("Each emotion"),
        "calibration": _("How sure, how right (calibration)"),
        "confusions": _("What it mixes up, beside people"),
        "curves": _("Precision, recall and ROC"),
        "crowd": _("What people would say (FER+)"),
        "papers": _("All published networks"),
        "future": _("What the papers left for later"),
        "served": _("Built-in faces by strength, skin and sex"),
        "readings": _("Precision on the faces served here"),
        "training": _("Training and the photographs"),
        "own": _("Your own copy of FER-2013"),
        "card": _("The card"),
    }
    left, middle, right = st.columns(3)
    with left:
        section = st.selectbox(_("Show"), list(names), format_func=lambda key: names[key])
    match section:
        case "choice":
            show_choice()
        case "papers":
            show_in_full(cards().values())
        case "readings":
            show_readings()
        case "own":
            show_own_copy()
        case "emotions" | "calibration" | "confusions":
            with middle:
                card = _which()
            with right:
                chosen = _which_photographs(card)
            _show_on(section, card, chosen)
        case _:
            with middle:
                card = _which()
            _show_one(section, card)


def _which() -> Card:
    every, usual = cards(), in_use()
    place = list(every).index(usual.key)
    return every[st.selectbox(_("Network"), list(every), index=place, format_func=lambda key: name(every[key]))]


def _which_photographs(card: Card) -> str:
    sets = list(card.quality)
    return st.selectbox(_("Photographs"), sets, index=sets.index(card.split), format_func=photographs)


def _show_on(section: str, card: Card, photographs: str) -> None:
    quality = card.quality[photographs]
    match section:
        case "emotions":
            details.show_emotions(quality, card.published if photographs == card.split else None)
        case "calibration":
            details.show_calibration(quality)
        case "confusions":
            comparable = photographs == people().split and quality.names == _SEVEN
            details.show_confusions(quality, people() if comparable else None)


def _show_one(section: str, card: Card) -> None:
    match section:
        case "curves":
            details.show_curves(card)
        case "crowd":
            details.show_crowd(card)
        case "future":
            show_future(cards(), card)
        case "served":
            show_served(card)
        case "training":
            details.show_training(card)
            details.show_distribution(people())
        case "card":
            details.show_card(card)
