"""What a patient shows of their own feelings: how often by default, and no more than they chose."""

import streamlit as st

from core.domain.patient.questionnaires import change
from core.services.clinic import questionnaires
from core.services.feelings import sharing
from core.services.feelings.sharing import SharedDiary
from pages.clinician.record.questionnaires.view import change_in_words, in_words
from pages.shared.feelings.figures import granularity_sentences, together_sentences
from pages.shared.feelings.maps import show_maps
from pages.shared.feelings.words import where_of, words_of
from pages.shared.format import day, plain
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, ngettext

_FIRST = 30
"""Entries that are shown, the newest first."""


def show_feelings(patient_id: str) -> None:
    """Read anew at each click: what was taken back meanwhile is not there."""
    shown = sharing.of_patient(store(), state().token, patient_id)
    if not shown.kept:
        st.markdown(_("This person keeps no diary of their feelings."))
        return
    st.markdown(how_often(shown))
    if not shown.entries:
        quiet(_("What is in it is theirs alone. They can show an entry or all of it under My words, and take it back."))
        return
    quiet(
        _("All of it is shown; notes and words of their own only where an entry is shown by itself.")
        if shown.whole
        else _("Single entries are shown, and nothing else.")
    )
    for sentence in together_sentences(shown.entries):
        st.markdown(sentence)
    show_maps(shown.entries, f"maps-{patient_id}")
    _show_entries(shown)
    if shown.figures is not None:
        st.subheader(_("How finely feelings are told apart"))
        for sentence in granularity_sentences(shown.figures):
            st.markdown(sentence)
    _show_totals(patient_id)


def how_often(shown: SharedDiary) -> str:
    """ "12 check-ins in the latest eight weeks, 3 of them in the last seven days." """
    number = sum(times for _day, times in shown.weeks)
    said = ngettext(
        "{n} check-in in the latest eight weeks, {last} in the last seven days.",
        "{n} check-ins in the latest eight weeks, {last} of them in the last seven days.",
        number,
    )
    return said.format(n=number, last=shown.weeks[-1][1])


def _show_entries(shown: SharedDiary) -> None:
    newest = list(reversed(shown.entries))
    with st.expander(_("Entries")):
        st.table(
            [
                {
                    _("Date"): day(entry.day),
                    _("Body and grid"): where_of(entry) or "–",
                    _("Words"): words_of(entry),
                    _("Note"): plain(entry.note) if entry.note else "–",
                }
                for entry in newest[:_FIRST]
            ]
        )
        if shown.number > _FIRST:
            quiet(_("Earlier ones are not listed: {n}.").format(n=shown.number - _FIRST))
    if shown.number > len(newest):
        quiet(_("Sentences and pictures are of the latest {n} check-ins.").format(n=len(newest)))


def _show_totals(patient_id: str) -> None:
    """Whether a questionnaire has changed reliably, beside it."""
    scores = questionnaires.scores(store(), state().token, patient_id)
    for questionnaire in questionnaires.known().values():
        of_it = [score for score in scores if score.questionnaire == questionnaire.key]
        if reliable := change(questionnaire, of_it):
            st.markdown(f"{questionnaire.name}: {in_words(questionnaire, of_it[-1])}. {change_in_words(reliable)}")
