"""The entries of a diary: read, change, delete, show to one's clinicians or stop to."""

import streamlit as st

from core.domain.feelings.check_in import LONGEST_NOTE, LONGEST_WORD, MOST_WORDS, CheckIn, Part
from core.domain.feelings.words import UNNAMED, feeling_words
from core.domain.patient.consent import ConsentState, Purpose
from core.services.feelings import sharing
from core.services.feelings.diary import Diary, change, delete
from core.services.privacy import consents
from pages.shared.feelings.words import company_name, in_a_sentence, surroundings_name, word_name
from pages.shared.flash import flash_refusals
from pages.shared.format import day, plain
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state, text_value
from pages.shared.words import _

_FIRST = 10
"""Entries that are shown without asking for earlier ones."""


def show_entries(diary: Diary) -> None:
    """The newest first."""
    st.header(_("Entries"))
    newest = list(reversed(diary.entries))
    all_ = len(newest) <= _FIRST or st.toggle(_("Show all {n} entries").format(n=len(newest)))
    allowed = _agreed()
    for entry in newest if all_ else newest[:_FIRST]:
        _show_entry(entry, allowed)


def show_sharing(diary: Diary) -> None:
    """Who sees the diary, and the way to change that."""
    st.header(_("Who sees this"))
    if diary.shared_at is None:
        st.markdown(
            _("Only you. Your clinicians see that you check in and how often. Each entry above can be shown by itself.")
        )
    else:
        st.markdown(
            _(
                "Your clinicians see grid, words and body of all entries, since {date}. They see notes and words of "
                "your own only of entries that you show by themselves."
            ).format(date=day(diary.shared_at))
        )
    if diary.shared_at is None and _agreed():
        st.button(_("Show my clinicians the whole diary"), on_click=_share_diary, args=(True,))
    elif diary.shared_at is not None:
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
            _show_change(entry, allowed)


def _show_change(entry: CheckIn, allowed: bool) -> None:
    key = entry.id
    words = [word for word in feeling_words() if word != UNNAMED]
    chosen = st.multiselect(
        _("Words"),
        words,
        default=list(entry.words),
        format_func=word_name,
        key=f"words-{key}",
        max_selections=MOST_WORDS,
    )
    st.text_input(_("A word of my own"), entry.own_word or "", max_chars=LONGEST_WORD, key=f"own-{key}")
    st.text_area(_("Note"), entry.note or "", max_chars=LONGEST_NOTE, key=f"note-{key}")
    st.button(_("Save"), key=f"save-{key}", on_click=_save, args=(entry, chosen), type="primary")
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


def _save(entry: CheckIn, chosen: list[str]) -> None:
    own, note = text_value(f"own-{entry.id}").strip() or None, text_value(f"note-{entry.id}").strip() or None
    with flash_refusals():
        change(store(), state().token, entry.id, Part.WORDS, {"words": chosen, "own_word": own})
        situation = {"with_whom": entry.with_whom, "place": entry.place, "note": note}
        change(store(), state().token, entry.id, Part.SITUATION, situation)


def _delete(check_in_id: str) -> None:
    with flash_refusals():
        delete(store(), state().token, check_in_id)


def _share_entry(check_in_id: str, yes: bool) -> None:
    with flash_refusals():
        sharing.share_entry(store(), state().token, check_in_id, yes)


def _share_diary(yes: bool) -> None:
    with flash_refusals():
        sharing.share_diary(store(), state().token, yes)
