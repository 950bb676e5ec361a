"""Colleagues: an administrator adds clinicians and researchers, and decides what becomes of their accounts."""

import streamlit as st

from core.domain.people import Role
from core.services.accounts import accounts, second_factor
from core.services.accounts.accounts import Account
from core.services.clinic import care
from pages.administrator.parts.people import action, show_people
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import plain
from pages.shared.invitation_sheet import show_link
from pages.shared.language_choice import choose_language
from pages.shared.resources import store
from pages.shared.state import empty_form, field_value, form_key, state
from pages.shared.words import _, ngettext

app = state()


def role_name(role: Role) -> str:
    return _("Clinician") if role is Role.CLINICIAN else _("Researcher")


def role_of(account: Account) -> str:
    role = _("Clinician and administrator.") if account.administrator else f"{role_name(account.role)}."
    return f"{role} {_('Signs in with a second factor.')}" if account.has_factor else role


def give_or_take(account: Account) -> None:
    accounts.set_administrator(store(), app.token, account.id, not account.administrator)


def reset_factor(account: Account) -> None:
    second_factor.reset(store(), app.token, account.id)


def hand_over(account: Account) -> None:
    """Ask who shall care for all patients of a clinician, too."""
    others = {one.id: one.code for one in listed if one.role is Role.CLINICIAN and one.active and one.id != account.id}
    if not others:
        return
    to = st.selectbox(
        _("Hand all patients over to"),
        list(others),
        index=None,
        format_func=others.__getitem__,
        placeholder="–",
        key=f"to-{account.id}",
    )
    if st.button(_("Hand over"), key=f"hand-over-{account.id}", disabled=to is None, width="stretch") and to:
        with flash_refusals():
            number = care.hand_over(store(), app.token, account.id, to)
            said = ngettext(
                "{number} patient is in the care of {code} now, too.",
                "{number} patients are in the care of {code} now, too.",
                number,
            )
            st.success(said.format(number=number, code=plain(others[to])))
        show_flash()


def actions(account: Account) -> None:
    """What an administrator can do with a colleague's account, besides a new link and closing it."""
    if account.active and account.role is Role.CLINICIAN:
        label = _("Take the administrator’s right") if account.administrator else _("Make an administrator")
        action(label, account, give_or_take)
    if account.role is Role.CLINICIAN:
        hand_over(account)
    if account.has_factor:
        action(_("Take the second factor away"), account, reset_factor)


def invite(key: str) -> None:
    """Add the colleague of whom the form with this key tells."""
    code, role, language = (field_value(f"{key}-{name}") for name in ("code", "role", "language"))
    with flash_refusals():
        app.link = accounts.invite_colleague(store(), app.token, code, role, language)
        empty_form("colleague")


def add() -> None:
    """Ask for a code and a role; show the link of whoever was added."""
    st.header(_("Add a colleague"))
    st.markdown(_("A clinician sees the patients in their own care. A researcher sees no patient and no plan."))
    key = form_key("colleague")
    with st.form(key, border=False):
        st.text_input(_("Code or name of the colleague"), max_chars=64, key=f"{key}-code")
        st.radio(_("Role"), [Role.CLINICIAN, Role.RESEARCHER], format_func=role_name, key=f"{key}-role")
        choose_language(_("Language"), key=f"{key}-language")
        st.form_submit_button(_("Add and make a link"), type="primary", on_click=invite, args=(key,))
    show_flash()
    if app.link:
        show_link(app.link)
        app.link = ""


listed = accounts.colleagues(store(), app.token)
st.title(_("Colleagues"))
for waiting in care.asking_alone(store(), app.token):
    st.info(
        _(
            "{code} asks for deletion, and nobody cares for them yet. With this code a clinician takes them into care "
            "under My patients, and decides."
        ).format(code=plain(waiting))
    )
people, form = st.columns((5, 3), gap="large")
with form:
    add()
with people:
    show_people(listed, role_of, actions=actions)
