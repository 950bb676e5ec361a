"""Exports in words: how much is in one, how to fetch, check and load it."""

import streamlit as st

from core.services.research.choice import ChoiceCounts
from core.services.research.export_files import FinishedExport
from core.tasks import tasks
from core.translations import say
from core.web.files.exports import PATH
from pages.shared.format import moment, number
from pages.shared.quiet import quiet
from pages.shared.words import _, language, ngettext

LOAD = """\
# Python                                      # R, in the folder of the export
import pandas as pd                           trials <- read.csv(
trials = pd.read_parquet("trials.parquet")      "data/study-lexithymia_data.csv", na.strings = "n/a")
"""


def task_names() -> dict[str, str]:
    """Every exercise, by the name under which it is stored."""
    return {name: say(language(), task.title) for name, task in tasks().items()}


def counts_in_words(preview: ChoiceCounts) -> str:
    """How much an export will hold."""
    people = ngettext("{number} person", "{number} people", preview.people).format(number=number(preview.people))
    sessions = ngettext("{number} sitting", "{number} sittings", preview.sessions).format(
        number=number(preview.sessions)
    )
    trials = ngettext("about {number} answer", "about {number} answers", preview.trials).format(
        number=number(preview.trials)
    )
    return f"{people}, {sessions}, {trials}."


def show_finished(export: FinishedExport) -> None:
    """What it holds, the way to fetch it, its checksum, and how to load it."""
    with st.container(border=True):
        sentence = _("{people} people, {trials} answers, {megabytes} MB").format(
            people=number(export.counts.people),
            trials=number(export.counts.trials),
            megabytes=number(export.bytes / 1000000.0, 1),
        )
        words, act = st.columns((3, 1), vertical_alignment="center")
        words.markdown(f"**{sentence}**")
        act.link_button(_("Save the file"), f"{PATH}/{export.name}", width="stretch")
        quiet(
            _("Made {when}. It is deleted here {until}.").format(
                when=moment(export.made_at), until=moment(export.until)
            )
        )
        with st.expander(_("Is it whole, and how is it loaded?")):
            st.markdown(_("SHA-256 of the file; those of all files in it are in manifest.json."))
            st.code(export.sha256, language=None, wrap_lines=True)
            st.markdown(_("Unpack it. README.md says what is in it; analysis/ has whole loaders."))
            st.code(LOAD, language=None)
