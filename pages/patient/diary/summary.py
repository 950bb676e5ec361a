"""What a diary comes to: the person's own list of words, what comes with what, pictures of a week and a month."""

from datetime import timedelta

import streamlit as st

from core.domain.feelings.diary import used_words
from core.services.feelings.diary import Diary
from pages.shared.feelings.figures import granularity_sentences, together_sentences
from pages.shared.feelings.maps import show_maps
from pages.shared.feelings.words import word_name, zone_name
from pages.shared.format import day, plain
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext

_FIRST = 10
"""Words of the list that are shown without asking for the rest."""


def show_list(diary: Diary) -> None:
    """The person's own words, the most used first."""
    words = used_words(diary.entries)
    if not words:
        quiet(_("You have not named a feeling yet. That can come with time."))
        return
    rows = [
        {
            _("Word"): plain(used.word) if used.own else word_name(used.word),
            _("Times"): str(used.times),
            _("Last"): day(used.last),
            _("Where in the body"): ", ".join(zone_name(zone) for zone in used.zones[:3]) or "–",
        }
        for used in words
    ]
    st.table(rows[:_FIRST])
    if len(rows) > _FIRST:
        with st.expander(ngettext("{n} more word", "{n} more words", len(rows) - _FIRST).format(n=len(rows) - _FIRST)):
            st.table(rows[_FIRST:])


def show_summary(diary: Diary) -> None:
    """From five entries on, what came with what; counts; from twenty on, granularity. Of how many, where not of all."""
    for sentence in together_sentences(diary.entries):
        st.markdown(sentence)
    with st.expander(_("How finely you tell feelings apart")):
        for sentence in granularity_sentences(diary.figures):
            st.markdown(sentence)
    if diary.number > len(diary.entries):
        quiet(_("Words, sentences and pictures here are of your latest {n} check-ins.").format(n=len(diary.entries)))


def show_pictures(diary: Diary) -> None:
    """The latest week and the latest four, one at a time."""
    st.header(_("As a picture"))
    week = _("Last seven days")
    chosen = st.segmented_control(
        _("Time"), [week, _("Last four weeks")], default=week, required=True, label_visibility="collapsed"
    )
    days = 7 if chosen == week else 28
    entries = [entry for entry in diary.entries if entry.day > diary.today - timedelta(days=days)]
    if entries:
        show_maps(entries, "own-maps")
    else:
        quiet(_("No check-in in this time."))
