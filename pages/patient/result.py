"""After a run: was it hard, one sentence, the emotions, what got mixed up, and one next step."""

import streamlit as st

from core.domain.exercise.trials import Block, Kind
from core.domain.statistics.result import BlockResult
from core.services.exercise import beside, progress, runs
from core.services.exercise.beside import TaskScore
from pages.patient.parts.beside_words import score_in_a_sentence
from pages.patient.parts.felt_lately import ask_felt_lately
from pages.patient.parts.hard import ask_whether_hard
from pages.shared.emotions import label
from pages.shared.flash import show_flash
from pages.shared.quiet import quiet
from pages.shared.recognise.result_words import how_sure, in_a_sentence, mixed_up, show_agreement, show_emotions
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()


def show_mixed_up(block: Block, summary: BlockResult) -> None:
    """The confusions in words; in practice also the two faces side by side. Faces of a check stay unseen."""
    if not summary.confusions:
        return
    st.header(_("What got mixed up"))
    for confusion in summary.confusions:
        st.markdown(mixed_up(confusion))
        if block.kind is Kind.CHECK or confusion.contrast is None:
            continue
        pair = {confusion.target: confusion.trial, confusion.response: confusion.contrast}
        with st.container(horizontal=True):
            for emotion, number in pair.items():
                face = runs.picture(store(), app.token, block.id, number)
                with st.container(width=160):
                    st.image(face[1], width="stretch", alt=label(emotion))
                    quiet(label(emotion))


def show_score(score: TaskScore) -> None:
    """What came of a task that the plan does not ask for."""
    st.title(_("Your result"))
    show_flash()
    ask_whether_hard(score.id, score.hard)
    st.divider()
    st.markdown(score_in_a_sentence(score))
    st.page_link("pages/patient/learn.py", label=_("Learn"))
    st.page_link("pages/patient/home.py", label=_("Back to today"))


score = beside.score(store(), app.token, app.over) if app.over else None
if score is not None:
    show_score(score)
    st.stop()
result = progress.result(store(), app.token, app.over) if app.over else progress.last_result(store(), app.token)
if result is None:
    st.switch_page("pages/patient/home.py")
else:
    st.title(_("Your result"))
    show_flash()
    ask_whether_hard(result.block.id, result.hard)
    st.divider()
    st.markdown(in_a_sentence(result.summary))
    if result.summary.shown:
        st.markdown(how_sure(result.summary))
        show_emotions(result.summary)
        show_mixed_up(result.block, result.summary)
        show_agreement(result.summary)
    st.header(_("What next"))
    if result.summary.confusions:
        hardest = result.summary.confusions[0].target
        st.markdown(_("You could look at **{emotion}** more closely.").format(emotion=label(hardest)))
        st.page_link(
            "pages/patient/learn.py", label=_("Learn about an emotion"), query_params={"emotion": hardest.word}
        )
        ask_felt_lately(hardest)
    st.page_link("pages/patient/home.py", label=_("Back to today"))
