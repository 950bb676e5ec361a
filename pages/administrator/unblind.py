"""Un-blind: which code, or which arm, is behind which pseudonym; for administrators, for a reason that is kept."""

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
        "Exports for research have pseudonyms and no dates, and no arms while a study takes people in. Here you see "
        "whose they are, or which arm somebody is in. Do it only where it is needed, "
        "for example for a person’s safety: who did it, when and why is written down for good."
    )
)
CODES, ARMS = "codes", "arms"
with st.form("unblind"):
    names = st.text_input(_("Pseudonyms, with spaces between them (empty: everybody who agrees to research)"))
    what = st.radio(
        _("What has to be seen"),
        [CODES, ARMS],
        format_func={CODES: _("The codes, and the first day"), ARMS: _("The arms in studies")}.__getitem__,
    )
    reason = st.text_area(_("Why is it needed? (without names or codes)"), max_chars=500)
    asked = st.form_submit_button(_("Lift the blinding"), type="primary")
if asked:
    whom = names.replace(",", " ").split() or Selection()
    with flash_refusals():
        if what == CODES:
            people = unblinding.unblind(store(), state().token, whom, reason)
            table = unblinding.key(people).encode()
            rows = [
                {
                    _("Pseudonym"): f"sub-{person.participant}",
                    _("Code"): person.code,
                    _("Day 0"): person.first_day and day(person.first_day),
                }
                for person in people
            ]
        else:
            arms = unblinding.unblind_arms(store(), state().token, whom, reason)
            table = unblinding.arms_key(arms).encode()
            rows = [
                {_("Pseudonym"): f"sub-{part.participant}", _("Study"): part.study, _("Arm"): part.arm} for part in arms
            ]
        personal_file(_("Save the table"), "key", f"{what}.csv", "text/csv", lambda: table)
        st.dataframe(rows, hide_index=True)
    show_flash()
