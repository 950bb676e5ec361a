"""Dialog about a patient of the list: a new link, care shared and ended, archived and brought back."""

import streamlit as st

from core.domain.people import NotAllowed
from core.services.accounts import accounts
from core.services.clinic import care
from core.services.clinic.care import Colleague
from core.services.clinic.caseload import CaseloadLine
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import plain
from pages.shared.invitation_sheet import show_link
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def show_change(line: CaseloadLine) -> None:
    """Open the dialog about one patient; the list is made anew when it is closed."""
    st.dialog(plain(line.code), on_dismiss="rerun")(_show)(line)


def _show(line: CaseloadLine) -> None:
    show_flash()
    here = next((one for one in _mine(line) if one.me and one.cares), None)
    if here is None:
        st.markdown(_("This patient is not in your care any more."))
        return
    if line.active and not line.at_provider:
        _link(line)
    if line.active:
        _share(line)
    _archive(line)


def _mine(line: CaseloadLine) -> list[Colleague]:
    try:
        return care.clinicians(store(), state().token, line.id)
    except NotAllowed:
        return []


def _link(line: CaseloadLine) -> None:
    st.markdown(_("A new link lets them choose a password again; links handed over before stop working."))
    if st.button(_("New link"), width="stretch"):
        with flash_refusals():
            show_link(accounts.renew_invitation(store(), state().token, line.id))
        show_flash()


def _share(line: CaseloadLine) -> None:
    colleagues = _mine(line)
    st.markdown(f"**{_('Who cares')}**")
    for colleague in (colleague for colleague in colleagues if colleague.cares):
        who, end = st.columns((3, 2), vertical_alignment="center")
        who.markdown(_("{code} (you)").format(code=plain(colleague.code)) if colleague.me else plain(colleague.code))
        end.button(_("End"), key=f"end-{colleague.id}", on_click=_end, args=(line.id, colleague.id), width="stretch")
    others = {colleague.id: colleague.code for colleague in colleagues if not colleague.cares}
    if others:
        with_whom = st.selectbox(
            _("Share the care with"), list(others), index=None, format_func=others.__getitem__, placeholder="–"
        )
        st.button(_("Share"), on_click=_give, args=(line.id, with_whom), disabled=with_whom is None, width="stretch")
    else:
        quiet(_("There is no other clinician here to share the care with."))


def _archive(line: CaseloadLine) -> None:
    st.markdown(f"**{_('Archive')}**")
    if line.active:
        st.markdown(
            _(
                "An archived patient leaves the list of everybody who cares and can no longer sign in. Nothing is "
                "deleted; you find them under “Archived” and can bring them back."
            )
        )
    label = _("Archive this patient") if line.active else _("Bring this patient back")
    if st.button(label, width="stretch"):
        with flash_refusals():
            accounts.set_active(store(), state().token, line.id, not line.active)
            st.success(_("Done. Close this window to see the list."))
        show_flash()


def _end(patient_id: str, clinician_id: str) -> None:
    with flash_refusals():
        care.end_care(store(), state().token, patient_id, clinician_id)


def _give(patient_id: str, clinician_id: str) -> None:
    with flash_refusals():
        care.share(store(), state().token, patient_id, clinician_id)
