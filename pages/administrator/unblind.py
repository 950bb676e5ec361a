"""Un-blind: which code is behind which pseudonym of an export; for administrators, for a reason that is kept."""

import streamlit as st

from core.domain.exercise.selection import Selection
from core.services.research import unblinding
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day
from pages.shared.personal_file import personal_file
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

st.title(_("Un-blind"))
st.markdown(
    _(
        "Exports for research have pseudonyms and no dates. Here you see whose they are. Do it only where it is "
        "needed, for example for a person’s safety: who did it, when and why is written down for good."
    )
)
with st.form("unblind"):
    names = st.text_input(_("Pseudonyms, with spaces between them (empty: everybody who agrees to research)"))
    reason = st.text_area(_("Why are the codes needed? (without names or codes)"), max_chars=500)
    asked = st.form_submit_button(_("Show the codes"), type="primary")
if asked:
    with flash_refusals():
        unblinded = unblinding.unblind(store(), state().token, names.replace(",", " ").split() or Selection(), reason)
        table = unblinding.key(unblinded).encode()
        personal_file(_("Save the table"), "key", "key.csv", "text/csv", lambda: table)
        st.dataframe(
            [
                {
                    _("Pseudonym"): f"sub-{person.participant}",
                    _("Code"): person.code,
                    _("Day 0"): person.first_day and day(person.first_day),
                }
                for person in unblinded
            ],
            hide_index=True,
        )
    show_flash()
