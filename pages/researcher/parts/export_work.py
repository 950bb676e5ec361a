"""Progress of a running export, a way to stop it, and what came of it."""

import streamlit as st

from core.domain.exercise.selection import Selection
from core.web.files.exports import ExportJob, job_of, start
from pages.researcher.parts.export_words import show_finished
from pages.shared.flash import flash_refusals
from pages.shared.format import number, refusal_in_text
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

_EVERY = 0.5


def begin(selection: Selection, expected: int) -> None:
    with flash_refusals():
        start(store(), state().token, selection, expected)


def show_work() -> None:
    """The export that was begun last. What moves asks no service, so that it does not keep anybody signed in."""
    job = job_of(store(), state().token)
    if job is not None:
        st.fragment(_show, run_every=_EVERY if job.running else None)(job, job.running)


def _show(job: ExportJob, begun: bool) -> None:
    if job.running:
        sentence = _("{rows} of about {expected} answers are written").format(
            rows=number(job.rows), expected=number(job.expected)
        )
        st.progress(job.share, text=sentence if job.share < 1 else _("All answers are written. Now they are packed."))
        st.button(_("Stop"), on_click=job.cancel)
    elif begun or not job.told:
        job.told = True
        _show_end(job, begun)


def _show_end(job: ExportJob, begun: bool) -> None:
    """What came of it. `begun`: it was still on its way when the page was run, which therefore does not list it."""
    if job.refusal is not None:
        st.warning(refusal_in_text(job.refusal))
    elif job.done is None:
        st.info(_("The export was stopped. Nothing of it was kept."))
    else:
        st.success(_("The export is ready."))
        if begun:
            show_finished(job.done)
