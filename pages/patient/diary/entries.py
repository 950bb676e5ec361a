"""The entries of a diary: read, answer anew, delete, show to one's clinicians or stop to."""

from dataclasses import dataclass

import streamlit as st

from core.domain.feelings.check_in import CheckIn
from core.domain.patient.consent import ConsentState, Purpose
from core.services.feelings import diary, sharing
from core.services.feelings.diary import ON_A_PAGE, Diary
from core.services.privacy import consents
from pages.shared.feelings.words import company_name, in_a_sentence, surroundings_name
from pages.shared.flash import flash_refusals
from pages.shared.format import day, plain
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state, tab_state
from pages.shared.words import _

ENTRY = "entry"
"""In the address of a check-in: the entry that is answered anew."""


@dataclass
class _Leafed:
    skip: int = 0
    """Entries that are newer than those on the page."""


def show_entries(found: Diary) -> None:
    """The newest first, so many at a time."""
    st.header(_("Entries"))
    leafed = tab_state(_Leafed, "entries")
    leafed.skip = max(0, min(leafed.skip, (found.number - 1) // ON_A_PAGE * ON_A_PAGE))
    entries, allowed = diary.page(store(), state().token, leafed.skip), _agreed()
    for entry in entries:
        _show_entry(entry, allowed)
    if found.number > ON_A_PAGE:
        first, last = leafed.skip + 1, leafed.skip + len(entries)
        quiet(_("{first} to {last} of {n}, the newest first").format(first=first, last=last, n=found.number))
        with st.container(horizontal=True):
            st.button(_("Newer"), on_click=_leaf, args=(-ON_A_PAGE,), disabled=leafed.skip == 0)
            st.button(_("Earlier"), on_click=_leaf, args=(ON_A_PAGE,), disabled=last == found.number)


def _leaf(by: int) -> None:
    tab_state(_Leafed, "entries").skip += by


def show_sharing(found: Diary) -> None:
    """Who sees the diary, and the way to change that."""
    st.header(_("Who sees this"))
    if found.shared_at is None:
        st.markdown(
            _("Only you. Your clinicians see that you check in and how often. Each entry below can be shown by itself.")
        )
    else:
        st.markdown(
            _(
                "Your clinicians see grid, words and body of all entries, since {date}. They see notes and words of "
                "your own only of entries that you show by themselves."
            ).format(date=day(found.shared_at))
        )
    if found.shared_at is None and _agreed():
        st.button(_("Show my clinicians the whole diary"), on_click=_share_diary, args=(True,))
    elif found.shared_at is not None:
        st.button(_("Stop showing the whole diary"), on_click=_share_diary, args=(False,))
    quiet(_("Nobody watches this diary, and it tells nobody when you feel bad."))


def _show_entry(entry: CheckIn, allowed: bool) -> None:
    with st.container(border=True):
        quiet(day(entry.at) + (" · " + _("shown to your clinicians") if entry.shared else ""))
        st.markdown(in_a_sentence(entry))
        around = [company_name(entry.with_whom)] if entry.with_whom else []
        around += [surroundings_name(entry.place)] if entry.place else []
        if around:
            quiet(", ".join(around))
        if entry.note:
            st.markdown(plain(entry.note))
        with st.popover(_("Change")):
            _show_choices(entry, allowed)


def _show_choices(entry: CheckIn, allowed: bool) -> None:
    key = entry.id
    if allowed and st.button(_("Answer it anew"), key=f"anew-{key}"):
        st.switch_page("pages/patient/check_in_page.py", query_params={ENTRY: key})
    if entry.shared:
        st.button(_("Stop showing this entry"), key=f"hide-{key}", on_click=_share_entry, args=(key, False))
    elif allowed:
        st.button(
            _("Show this entry and its note to my clinicians"),
            key=f"show-{key}",
            on_click=_share_entry,
            args=(key, True),
        )
    st.button(_("Delete this entry"), key=f"delete-{key}", on_click=_delete, args=(key,))


def _agreed() -> bool:
    mine = consents.mine(store(), state().token)
    return all(mine.of(one).state is ConsentState.AGREED for one in (Purpose.TREATMENT, Purpose.FEELINGS))


def _delete(check_in_id: str) -> None:
    with flash_refusals():
        diary.delete(store(), state().token, check_in_id)


def _share_entry(check_in_id: str, yes: bool) -> None:
    with flash_refusals():
        sharing.share_entry(store(), state().token, check_in_id, yes)


def _share_diary(yes: bool) -> None:
    with flash_refusals():
        sharing.share_diary(store(), state().token, yes)
