"""Un-blind: which code, or which arm, is behind which pseudonym; for administrators, for a reason that is kept."""

import streamlit as st

from core.domain.audit import Act
from core.domain.exercise.approval import ApprovalState
from core.domain.exercise.selection import Selection, Whom
from core.services.research import approvals, unblinding
from pages.shared.approvals import own_requests, request_card
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
NAMES = {Act.UNBLIND: _("The codes, and the first day"), Act.UNBLIND_ARMS: _("The arms in studies")}


def lift(act: Act, whom: Whom, reason: str) -> None:
    """Do it, and show what is found."""
    with flash_refusals():
        if act is Act.UNBLIND:
            people = unblinding.unblind(store(), state().token, whom, reason)
            name, table = "codes", unblinding.key(people).encode()
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
            name, table = "arms", unblinding.arms_key(arms).encode()
            rows = [
                {_("Pseudonym"): f"sub-{part.participant}", _("Study"): part.study, _("Arm"): part.arm} for part in arms
            ]
        personal_file(_("Save the table"), "key", f"{name}.csv", "text/csv", lambda: table)
        st.dataframe(rows, hide_index=True)


with st.form("unblind"):
    names = st.text_input(_("Pseudonyms, with spaces between them (empty: everybody who agrees to research)"))
    what = st.radio(_("What has to be seen"), list(NAMES), format_func=NAMES.__getitem__)
    reason = st.text_area(_("Why is it needed? (without names or codes)"), max_chars=500)
    words = _("Ask for approval") if approvals.needed() else _("Lift the blinding")
    asked = st.form_submit_button(words, type="primary")
whom: Whom = names.replace(",", " ").split() or Selection()
if asked and approvals.needed():
    with flash_refusals():
        approvals.ask(store(), state().token, what, whom, reason)
elif asked:
    lift(what, whom, reason)
show_flash()
for request in own_requests(NAMES) if approvals.needed() else []:
    with request_card(request):
        if request.state is ApprovalState.APPROVED and st.button(_("Lift the blinding"), key=f"lift-{request.id}"):
            lift(request.act, request.whom, request.reason)
            show_flash()
