"""The second step of signing in: a one-time code, or setting up what gives them where that is asked of everybody."""

import streamlit as st

from core.domain.people import NotSignedIn
from pages.account.door.forms import Field, Form, show_form
from pages.account.door.second_factor import set_up
from pages.shared.frame import token_here
from pages.shared.state import state
from pages.shared.words import _

half_in = state().half_in
if half_in is None:
    raise NotSignedIn("You are not signed in. Please sign in again.")
if half_in.has_factor:
    st.title(_("Your one-time code"))
    hint = _("The six digits that your authenticator app shows now. If you do not have it here, a recovery code.")
    code = Field("one_time_code", _("One-time code"), "text", "one-time-code", hint)
    show_form(Form("/auth/second-factor", _("Come in"), (code,)))
    st.markdown(_("Lost both? An administrator can take the second factor from your account."))
else:
    st.title(_("One more step"))
    st.markdown(_("Here everybody on the staff signs in with a one-time code besides the password."))
    set_up(token_here())
