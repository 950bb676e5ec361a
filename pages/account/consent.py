"""What a patient is asked, one purpose at a time: before they begin, and after their first run. For a minor a guardian
is asked after them.

`?purpose=…` asks about one purpose again, for who wants to change a no into a yes.
"""

import streamlit as st

from core.domain.patient.consent import ConsentState, Purpose
from core.services.privacy import consents
from pages.shared.consent.question import ask, ask_guardian
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, ngettext

mine = consents.mine(store(), state().token)
wished = st.query_params.get("purpose", "")
for_guardian = [one.purpose for one in mine.states if one.state is ConsentState.GUARDIAN_NOT_ASKED]
if wished in set(Purpose):
    if ask(Purpose(wished)):
        st.switch_page("pages/account/my_data.py")
elif mine.to_ask:
    purpose = mine.to_ask[0]
    if purpose is not Purpose.TREATMENT:
        quiet(ngettext("One last question.", "{left} short questions.", len(mine.to_ask)).format(left=len(mine.to_ask)))
    if ask(purpose):
        st.switch_page("pages/account/consent.py")
elif for_guardian:
    st.markdown(_("Now a parent or legal guardian is asked too. Please hand them the device."))
    st.page_link("pages/patient/home.py", label=_("They are not here, or sign on paper"))
    if ask_guardian(for_guardian[0]):
        st.switch_page("pages/account/consent.py")
else:
    st.switch_page("pages/patient/home.py")
