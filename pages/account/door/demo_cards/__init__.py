"""Cards with which one comes into a demonstration as somebody."""

from pathlib import Path

import streamlit as st

from core.services.accounts.demonstration import DemoAccount, invented
from pages.shared.component import as_data, component, source
from pages.shared.resources import store
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_demo_cards",
    html='<div class="demo-cards"></div>',
    css=source(_HERE / "demo_cards.css"),
    js=source(_HERE / "demo_cards.js"),
)


def show_cards() -> None:
    """The invented accounts, one tap each; nothing where this is no demonstration."""
    people = invented(store())
    if people:
        st.header(_("Come in as an invented person"))
        cards = [{"place": one.place, "code": one.code, "story": _story(one)} for one in people]
        _component(key="demo-cards", data=as_data({"cards": cards}))


def _story(person: DemoAccount) -> str:
    return {
        "administrator": _("Clinician and administrator"),
        "clinician": _("Clinician"),
        "researcher": _("Researcher"),
        "new": _("Patient, just invited: nothing done yet"),
        "middle": _("Patient in the middle of the training"),
        "weeks": _("Patient in the fourth week of a programme"),
        "finished": _("Patient after six months"),
    }[person.story]
