"""The report on a patient: one click makes a PDF of two pages, in the language of the tab."""

from functools import partial
from pathlib import Path

import streamlit as st

from core.services.clinic.reports import report_facts
from core.storage.database import Store
from pages.clinician.record.report_words import report_in_words
from pages.shared.format import today
from pages.shared.palette import LIGHT
from pages.shared.personal_file import personal_file
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state, text_value
from pages.shared.words import _, speaking

LONGEST_OWN = 300
"""Signs of the clinician's own sentence."""
_STYLE = Path(__file__).with_name("patient.css")


def show_report(patient_id: str, code: str) -> None:
    """The button with the clinician's own words for it, and how the page itself stands on a screen and on paper.
    Nothing is made, and nothing written to the audit log, before the button is clicked."""
    st.html(_STYLE)
    key = f"own-words-{patient_id}"
    own, file = st.columns((1, 1), vertical_alignment="bottom")
    with own.popover(_("Own words"), icon=":material/edit_note:", width="stretch"):
        st.text_area(_("Your own sentence for the report"), key=key, max_chars=LONGEST_OWN)
        quiet(_("It stands under the verdict of the PDF and is kept nowhere else."))
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in code)
    token, language, here = state().token, state().language, store()
    with file:
        personal_file(
            _("Report (PDF)"),
            f"report {patient_id}",
            f"lexithymia-{safe}-{today():%Y-%m-%d}.pdf",
            "application/pdf",
            partial(make_report, here, token, patient_id, language, text_value(key)),
            icon=":material/description:",
        )


def make_report(store: Store, token: str, patient_id: str, language: str, own: str = "") -> bytes:
    """The file, for whom `token` lets see the patient; `own` is what they add in their own words. Runs outside of any
    tab."""
    from core.report.content import Inks
    from core.report.pdf import as_pdf

    facts = report_facts(store, token, patient_id)
    with speaking(language):
        return as_pdf(report_in_words(facts, own), Inks(LIGHT.ink, LIGHT.soft_ink, LIGHT.line, LIGHT.accent))
