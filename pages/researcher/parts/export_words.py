"""Exports in words: how much is in one, how to fetch, check and load it."""

import streamlit as st

from core.services.research.export import Preview
from core.services.research.export_files import Finished
from core.web.exports import PATH
from pages.shared.format import moment
from pages.shared.quiet import quiet
from pages.shared.words import _, ngettext

LOAD = """\
# Python                                      # R, in the folder of the export
import pandas as pd                           trials <- read.csv(
trials = pd.read_parquet("trials.parquet")      "data/study-lexithymia_data.csv", na.strings = "n/a")
"""


def task_name(task: str) -> str:
    return {"recognition": _("Recognising faces"), "expression": _("Showing emotions")}[task]


def counts_in_words(found: Preview) -> str:
    """How much an export will hold."""
    people = ngettext("{number} person", "{number} people", found.people).format(number=f"{found.people:,}")
    sessions = ngettext("{number} sitting", "{number} sittings", found.sessions).format(number=f"{found.sessions:,}")
    trials = ngettext("about {number} answer", "about {number} answers", found.trials).format(
        number=f"{found.trials:,}"
    )
    return f"{people}, {sessions}, {trials}."


def show_finished(one: Finished) -> None:
    """What it holds, the way to fetch it, its checksum, and how to load it."""
    with st.container(border=True):
        told = _("{people} people, {trials} answers, {megabytes} MB").format(
            people=f"{one.counts.people:,}", trials=f"{one.counts.trials:,}", megabytes=f"{one.bytes / 1e6:.1f}"
        )
        words, act = st.columns((3, 1), vertical_alignment="center")
        words.markdown(f"**{told}**")
        act.link_button(_("Save the file"), f"{PATH}/{one.name}", width="stretch")
        quiet(_("Made {when}. It is deleted here {until}.").format(when=moment(one.made_at), until=moment(one.until)))
        with st.expander(_("Is it whole, and how is it loaded?")):
            st.markdown(_("SHA-256 of the file; those of all files in it are in manifest.json."))
            st.code(one.sha256, language=None, wrap_lines=True)
            st.markdown(_("Unpack it. README.md says what is in it; analysis/ has whole loaders."))
            st.code(LOAD, language=None)
