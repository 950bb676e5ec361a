"""Who saw what: the audit log, for administrators."""

import streamlit as st

from core.domain.people import Refusal
from core.services.privacy import audit_log
from pages.administrator.parts.audit_words import act_in_words, facts_in_words, name_in_words
from pages.shared.format import moment, refusal_in_text
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

NUMBER = 200
app = state()


def show_verification() -> None:
    """A button that reads the whole log, and what that said."""
    if not st.button(_("Verify the log")):
        return
    try:
        head = audit_log.verify(store(), app.token)
    except Refusal as refusal:
        st.error(refusal_in_text(refusal))
        return
    st.success(_("Every entry is as it was written. To prove it later, keep this somewhere else:"))
    st.code(f"{head.number}:{head.hash}", language=None, wrap_lines=True)


def show_entries() -> None:
    """The newest entries, of all people or of one."""
    code = st.text_input(_("Only about the person with the code"), max_chars=64)
    try:
        entries = audit_log.latest(store(), app.token, NUMBER, code)
    except Refusal as refusal:
        st.warning(refusal_in_text(refusal))
        return
    if not entries:
        st.markdown(_("Nothing is written here yet."))
        return
    st.table(
        [
            {
                _("Number"): str(entry.number),
                _("When"): moment(entry.at),
                _("Who"): name_in_words(entry.actor),
                _("What"): act_in_words(entry.act),
                _("About whom"): name_in_words(entry.about, nobody="–"),
                _("More"): facts_in_words(entry.facts),
            }
            for entry in entries
        ]
    )


st.title(_("Who saw what"))
st.markdown(
    _(
        "The last {number} entries of the audit log: who on the staff saw a patient, and what was handed out or "
        "deleted. Looking again within a quarter of an hour is one entry. Nobody can change or delete an entry here. "
        "People who were deleted have only a made-up name left."
    ).format(number=NUMBER)
)
show_verification()
show_entries()
