"""After a run: one sentence, what got mixed up, what comes next, and at the end whether it was hard."""

from contextlib import suppress

import streamlit as st

from core.domain.exercise.trials import Block, Kind
from core.domain.people import NotAllowed
from core.domain.statistics.result import BlockResult, Confusion
from core.services.exercise import beside, progress, runs
from core.services.exercise.beside import TaskScore
from pages.patient.parts.beside_words import score_in_a_sentence
from pages.patient.parts.day_steps import lead_on
from pages.patient.parts.felt_lately import ask_felt_lately
from pages.shared.emotions import label
from pages.shared.flash import show_flash
from pages.shared.quiet import quiet
from pages.shared.recognise.hard import ask_whether_hard
from pages.shared.recognise.result_words import in_a_sentence, mixed_up, part_beside
from pages.shared.recognise.view import capital
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()


def show_mixed_up(block: Block, summary: BlockResult) -> None:
    """The confusions in words; in practice also as two faces side by side. Faces of a check stay unseen."""
    if not summary.confusions:
        return
    st.header(_("What got mixed up"))
    for confusion in summary.confusions:
        st.markdown(mixed_up(confusion))
        if block.kind is Kind.CHECK:
            continue
        faces = {confusion.target: picture(block, confusion.trial), confusion.response: other_face(block, confusion)}
        with st.container(horizontal=True):
            for emotion, face in faces.items():
                if face is not None:
                    with st.container(width=160):
                        st.image(face, width="stretch", alt=_("A face: {emotion}").format(emotion=label(emotion)))
                        quiet(capital(label(emotion)))
    if block.kind is Kind.PRACTICE:
        st.markdown(_("They come back in your next practice."))


def other_face(block: Block, confusion: Confusion) -> bytes | None:
    """The same person showing what was answered; else another face of it from the same run; None without either."""
    with suppress(NotAllowed):
        return picture(block, confusion.trial, part_beside(confusion))
    return None if confusion.contrast is None else picture(block, confusion.contrast)


def picture(block: Block, number: int, part: int | None = None) -> bytes:
    return runs.picture(store(), app.token, block.id, number, part)[1]


def show_score(score: TaskScore) -> None:
    """What came of a task that the plan does not ask for."""
    st.title(_("Your result"))
    show_flash()
    st.markdown(score_in_a_sentence(score))
    if not lead_on():
        st.page_link("pages/patient/learn.py", label=_("Learn"))
    if score.hardest is not None:
        ask_felt_lately(score.hardest)
    st.page_link("pages/patient/home.py", label=_("Back to today"))
    st.divider()
    ask_whether_hard(score.id, score.hard)


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
    st.markdown(in_a_sentence(result.summary))
    lead_on()
    show_mixed_up(result.block, result.summary)
    st.header(_("What next"))
    if result.summary.confusions:
        hardest = result.summary.confusions[0].target
        st.markdown(_("You could look at **{emotion}** more closely.").format(emotion=label(hardest)))
        st.page_link(
            "pages/patient/learn.py", label=_("Learn about an emotion"), query_params={"emotion": hardest.word}
        )
        if app.over:  # and not where the result is read again later
            ask_felt_lately(hardest)
    st.page_link("pages/patient/home.py", label=_("Back to today"))
    st.divider()
    ask_whether_hard(result.block.id, result.hard)
