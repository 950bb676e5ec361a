"""My account: password, where I am signed in, language, and for staff with a password the second factor."""

import streamlit as st

from core.services.accounts import accounts, second_factor, sign_in
from core.services.accounts.sign_in import SignIn
from pages.account.door.forms import Form, new_password, old_password, show_form
from pages.account.door.second_factor import set_up, turn_off
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import moment, plain
from pages.shared.language_choice import choose_language
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state, text_value
from pages.shared.words import _, ngettext

app = state()
LANGUAGE = "own-language"


def end(entry: SignIn) -> None:
    with flash_refusals():
        sign_in.end_sign_in(store(), app.token, entry.id)


def end_all() -> None:
    with flash_refusals():
        sign_in.sign_out_everywhere(store(), app.token)


def set_language() -> None:
    with flash_refusals():
        accounts.set_language(store(), app.token, text_value(LANGUAGE))


def show_sign_ins() -> None:
    st.header(_("Where you are signed in"))
    for opened in sign_in.own_sign_ins(store(), app.token):
        with st.container(border=True):
            words, leave = st.columns((5, 2), vertical_alignment="center")
            words.markdown(
                f"**{opened.device or _('Another browser')}**" + (f" · {_('this one')}" if opened.here else "")
            )
            with words:
                quiet(
                    _("Since {since}, last used {last}.").format(
                        since=moment(opened.since), last=moment(opened.last_seen)
                    )
                )
            if not opened.here:
                leave.button(_("Sign out there"), key=f"end-{opened.id}", on_click=end, args=(opened,), width="stretch")
    st.button(_("Sign out everywhere, here too"), on_click=end_all)


def show_password(own: sign_in.OwnAccount) -> None:
    st.header(_("Password"))
    if not own.has_password:
        st.markdown(_("You sign in at another place, which also knows your password."))
        return
    if st.query_params.get("done") == "password":
        st.success(_("The new password is yours now. Everywhere else you were signed out."))
    fields = (old_password("old_password", _("The password until now")), new_password(own.role, _("The new password")))
    show_form(Form("/auth/password", _("Change the password"), fields))


def show_factor() -> None:
    st.header(_("Second factor"))
    factor = second_factor.factor_state(store(), app.token)
    if factor.on:
        number = factor.recovery_codes
        st.markdown(_("You sign in with a one-time code besides the password."))
        st.markdown(
            ngettext("One recovery code is left.", "{number} recovery codes are left.", number).format(number=number)
        )
        if not factor.required:
            turn_off()
    else:
        st.markdown(_("With a one-time code besides the password, a stolen password opens nothing."))
        if st.toggle(_("Set it up")):
            set_up(app.token)


own = sign_in.own(store(), app.token)
st.title(_("My account"))
st.markdown(_("Your code is {code}.").format(code=f"**{plain(own.code)}**"))
show_sign_ins()
show_password(own)
if own.staff and own.has_password:
    show_factor()
st.header(_("Language"))
choose_language(_("Language of every page"), LANGUAGE, set_language)
show_flash()
