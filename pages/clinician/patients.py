"""My patients: who is in this clinician's care, what has changed, what to do next, and the way to take in another."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.domain.patient.caseload import CaseloadFilter
from core.services.accounts import accounts, invitations
from core.services.clinic.caseload import anybody, caseload
from pages.clinician.caseload.change import show_change
from pages.clinician.caseload.state import caseload_state
from pages.clinician.caseload.table import show_caseload, show_name, show_paper_style
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.invitation_sheet import show_link
from pages.shared.language_choice import choose_language
from pages.shared.provider import provider
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import empty_form, field_value, form_key, state, text_value
from pages.shared.words import _, ngettext

app, shown = state(), caseload_state()


def ask() -> None:
    """What of the list is shown: a part of a code, and which patients."""
    which, search = st.columns((2, 3))
    kinds = list(CaseloadFilter)
    kind = (
        which.selectbox(
            _("Show"), kinds, index=kinds.index(shown.options.show), format_func=show_name, key="caseload-show"
        )
        or CaseloadFilter.ALL
    )
    part = search.text_input(_("Search for a code"), shown.options.search, max_chars=64, key="caseload-search")
    if (kind, part) != (shown.options.show, shown.options.search):
        shown.options = replace(shown.options, show=kind, search=part, page=0)


@st.fragment
def show() -> None:
    """The list, or why it is empty. Another order or page runs this alone."""
    listed_patients = caseload(store(), app.token, shown.options)
    if listed_patients.in_care:
        said = ngettext("{people} patient in your care.", "{people} patients in your care.", listed_patients.in_care)
        quiet(said.format(people=listed_patients.in_care))
    if not listed_patients.lines:
        st.markdown(
            _("Nobody of whom this is true is in your care.")
            if listed_patients.in_care
            else _("Nobody is in your care yet. Add the first patient here.")
        )
        return
    chosen = show_caseload(listed_patients)
    if chosen is None:
        return
    if chosen.open:
        st.switch_page("pages/clinician/patient.py", query_params={"patient": chosen.id})
    show_change(next(line for line in listed_patients.lines if line.id == chosen.id))


def place_to_add() -> DeltaGenerator:
    """Where the form for another patient stands: open while there is nobody, out of the way of a list."""
    if anybody(store(), app.token):
        return st.expander(_("Add a patient"))
    st.header(_("Add a patient"))
    return st.container()


def invite(key: str) -> None:
    """Add the patient of whom the form with this key tells."""
    code, language, minor = (field_value(f"{key}-{name}") for name in ("code", "language", "minor"))
    with flash_refusals():
        app.link = accounts.invite_patient(store(), app.token, code, language, minor)
        empty_form("patient")


def take_over(key: str) -> None:
    """Take the patient whose code stands in the form with this key into care."""
    with flash_refusals():
        invitations.take_into_care(store(), app.token, text_value(f"{key}-code"))
        empty_form("came-alone")


def add() -> None:
    """Ask for a code, and make the link of whoever was added."""
    with place_to_add():
        st.markdown(_("Choose a code that tells you who it is and nobody else, for example P-017. No name is needed."))
        key = form_key("patient")
        with st.form(key, border=False):
            st.text_input(_("Code of the patient"), max_chars=64, key=f"{key}-code")
            choose_language(_("Language"), key=f"{key}-language")
            st.checkbox(_("A minor: a parent or guardian must agree too"), key=f"{key}-minor")
            st.form_submit_button(_("Add and make a link"), type="primary", on_click=invite, args=(key,))


def take_in(name: str) -> None:
    """Ask for the code of a patient who signed in at the provider called `name`, before anybody cared for them."""
    with st.expander(_("The patient signed in with {name}").format(name=name)):
        st.markdown(_("The patient finds their code under My account. With it you take them into your care."))
        key = form_key("came-alone")
        with st.form(key, border=False):
            st.text_input(_("Code under My account"), max_chars=64, key=f"{key}-code")
            st.form_submit_button(_("Take into care"), on_click=take_over, args=(key,))


st.title(_("My patients"))
show_paper_style()
top = st.container()
place = st.container()
add()
if name := provider():
    take_in(name)
with top:
    show_flash()
    if app.link:
        show_link(app.link)
        app.link = ""
    ask()
with place:
    show()
