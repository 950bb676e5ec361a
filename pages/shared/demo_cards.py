"""What a demonstration adds to the pages: a line that says so, and cards with which one comes in as somebody."""

from pathlib import Path

import streamlit as st

from core.services.demonstration import Invented, invented
from pages.shared.component import as_data
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "lexithymia_demo_cards",
    html='<div class="demo-cards"></div>',
    css=(_HERE / "demo_cards.css").read_text(encoding="utf-8"),
    js=(_HERE / "demo_cards.js").read_text(encoding="utf-8"),
)


def show_banner() -> None:
    """On every page of a demonstration, and nowhere else."""
    if invented(store()):
        quiet(_("This is a demonstration. Every person and every answer in it is invented."))


def show_cards() -> None:
    """The invented accounts, one tap each; nothing where this is no demonstration."""
    people = invented(store())
    if people:
        st.header(_("Come in as an invented person"))
        cards = [{"place": one.place, "code": one.code, "story": _story(one)} for one in people]
        _component(key="demo-cards", data=as_data({"cards": cards}))


def _story(person: Invented) -> str:
    return {
        "administrator": _("Clinician and administrator"),
        "clinician": _("Clinician"),
        "researcher": _("Researcher"),
        "new": _("Patient, just invited: nothing done yet"),
        "middle": _("Patient in the middle of the training"),
        "finished": _("Patient after six months"),
    }[person.story]
