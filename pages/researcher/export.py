"""Export: what will be in it, for whom, how much; one button; then how to fetch, check and load it."""

import streamlit as st

from core.domain.audit import Act
from core.domain.exercise.approval import ApprovalState
from core.domain.exercise.selection import Selection
from core.services.faces import stimulus_sets
from core.services.research import approvals, export, export_files, studies
from pages.researcher.parts.export_words import counts_in_words, show_finished, task_names
from pages.researcher.parts.export_work import begin, show_work
from pages.shared.approvals import own_requests, request_card
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.set_names import set_title
from pages.shared.state import state
from pages.shared.words import _

app = state()
known = {one.id: one.name for one in studies.studies(store(), app.token)}


def choose() -> Selection:
    """Whose answers, of when, of what."""
    sets = {one.name: set_title(one.title) for one in reversed(stimulus_sets.list_sets(store(), app.token))}
    whom, when = st.columns(2, gap="large")
    with whom:
        study = st.selectbox(
            _("Whose answers"),
            [None, *known],
            format_func=lambda id_: known[id_] if id_ else _("Everybody who agreed to research"),
        )
        names = task_names()
        tasks = st.multiselect(
            _("Exercises (empty: all)"), list(names), format_func=names.__getitem__, placeholder=_("All")
        )
    with when:
        first = st.number_input(_("From day (empty: the beginning)"), value=None, step=1)
        last = st.number_input(_("To day (empty: now)"), value=None, step=1)
        quiet(_("Days since each person’s own first run, which is day 0."))
        chosen = st.multiselect(
            _("Sets of faces (empty: all)"), list(sets), format_func=sets.__getitem__, placeholder=_("All")
        )
        series = st.text_input(_("Series (empty: the usual one)"), max_chars=80)
        quiet(_("A new name gives everybody new pseudonyms, which the files of other series do not have."))
    return Selection(study, first, last, tuple(tasks), tuple(chosen), series.strip())


def make_button(selection: Selection, trials: int, possible: bool, key: str | None = None) -> None:
    st.button(
        _("Make the export"), key=key, type="primary", disabled=not possible, on_click=begin, args=(selection, trials)
    )


def ask_approval(selection: Selection, possible: bool) -> None:
    """Ask a second person, and make what was approved."""
    with st.form("approval"):
        reason = st.text_area(_("What is it needed for? (without names or codes)"), max_chars=500)
        asked = st.form_submit_button(_("Ask for approval"), type="primary", disabled=not possible)
    if asked:
        with flash_refusals():
            approvals.ask(store(), app.token, Act.EXPORT, selection, reason)
    for request in own_requests({Act.EXPORT}):
        with request_card(request):
            if request.state is ApprovalState.APPROVED and isinstance(request.whom, Selection):
                trials = export.preview(store(), app.token, request.whom).trials
                make_button(request.whom, trials, True, f"make-{request.id}")


st.title(_("Export"))
st.markdown(
    _(
        "Every answer of people who agreed to the use of their answers for research, and of nobody else, in one file. "
        "Instead of codes there are pseudonyms, and instead of dates days since the first run. What somebody did in "
        "the last days is not in it yet, for up to four weeks: else two files would tell on which day they did it. "
        "Archived people who agreed are in it like all others."
    )
)
selection = choose()
expected = None
with flash_refusals():
    expected = export.preview(store(), app.token, selection)
    st.markdown(f"**{_('What will be in it')}:** {counts_in_words(expected)}")
quiet(_("Who is behind a pseudonym only an administrator can find out, for a reason that is written down."))
possible = expected is not None and bool(expected.blocks)
if approvals.needed():
    ask_approval(selection, possible)
else:
    make_button(selection, expected.trials if expected else 0, possible)
show_flash()
show_work()
waiting = export_files.finished(store(), app.token)
if waiting:
    st.header(_("Exports that wait for you"))
    for one in waiting:
        show_finished(one)
