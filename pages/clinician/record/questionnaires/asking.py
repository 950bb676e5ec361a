"""Questionnaires that the patient fills in: ask for one, see how far it is, take the request back."""

from functools import partial

import streamlit as st

from core.services.clinic import filling_in, items_files
from core.services.clinic.filling_in import AskedForm
from core.services.clinic.questionnaires import known
from pages.clinician.record.removal import show_removable
from pages.shared.flash import flash_refusals
from pages.shared.format import day, plain, refusal_in_text
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, localized, ngettext


def show_asking(patient_id: str) -> None:
    """What can be asked for, and what was."""
    usable, wrong = items_files.available()
    for refusal in wrong:
        st.warning(refusal_in_text(refusal))
    forms = filling_in.asked_of(store(), state().token, patient_id)
    if not usable and not forms:
        return
    st.subheader(_("Filled in by the patient"))
    for form in forms:
        _show_form(patient_id, form)
    if usable:
        with st.container(border=True):
            key = st.selectbox(_("Ask the patient to fill in"), list(usable), format_func=lambda one: known()[one].name)
            licence = plain(usable[key].licence)
            quiet(f"{localized(known()[key].title)}. " + _("Licence: {licence}").format(licence=licence))
            st.button(_("Ask for it"), on_click=_ask, args=(patient_id, key))


def form_in_words(form: AskedForm) -> str:
    """What was asked, and how far it is."""
    name, asked_on = plain(known()[form.questionnaire].name), day(form.asked_at)
    if form.ended_at is None:
        said = _("{name}: asked on {day}, {told} of {of} items done")
        return said.format(name=name, day=asked_on, told=form.told, of=form.of)
    ended_on = day(form.ended_at)
    if form.total is None:
        return ngettext(
            "{name}: filled in on {day}; {number} item left out, so there is no total",
            "{name}: filled in on {day}; {number} items left out, so there is no total",
            form.left_out,
        ).format(name=name, day=ended_on, number=form.left_out)
    return _("{name}: filled in on {day}, total {total}").format(name=name, day=ended_on, total=form.total)


def _show_form(patient_id: str, form: AskedForm) -> None:
    if form.ended_at is not None:
        st.markdown(form_in_words(form))
        return
    show_removable(
        form_in_words(form),
        _("The patient is not asked any more, and what was answered of it goes."),
        _("Take the request back"),
        f"form-{form.id}",
        partial(_withdraw, patient_id, form.id),
    )


def _ask(patient_id: str, key: str) -> None:
    with flash_refusals():
        filling_in.ask(store(), state().token, patient_id, key)


def _withdraw(patient_id: str, form_id: str) -> None:
    with flash_refusals():
        filling_in.withdraw(store(), state().token, patient_id, form_id)
