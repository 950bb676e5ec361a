"""The sets of faces on this server, and for an administrator the way to bring in FER-2013 or an own set."""

from pathlib import Path

import streamlit as st

from core.services.faces import stimulus_sets
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import number, plain, told_in_text
from pages.shared.resources import rater, store
from pages.shared.set_names import about_in_text, title_in_text
from pages.shared.state import state
from pages.shared.words import _
from pages.staff.own_set import show_own_set

app = state()


def show_sets() -> None:
    for face_set in stimulus_sets.list_sets(store(), app.token):
        with st.expander(f"{title_in_text(face_set.title)} · {plain(face_set.version)} · {number(face_set.faces)}"):
            st.markdown(
                _("For practice and checks.") if face_set.measures else _("For practice only: the set has no roles.")
            )
            if not face_set.has_votes:
                st.markdown(_("Nobody’s votes came with this set."))
            st.markdown(about_in_text(face_set.source))
            st.markdown(about_in_text(face_set.licence))
            for note in face_set.notes:
                st.markdown(f"- {told_in_text(note)}")


def kind_name(kind: str) -> str:
    return _("FER-2013 (any of its files or folders)") if kind == "fer2013" else _("A folder with a manifest.csv")


def bring_in() -> None:
    """Ask for a place on the server's machine and import what is there, with progress."""
    with st.form("import"):
        st.markdown(
            _(
                "Give the place of the file or folder on the machine that runs this server. The pictures are copied "
                "into its database; nothing is sent anywhere."
            )
        )
        kind = st.radio(_("What is it?"), ["fer2013", "manifest"], format_func=kind_name)
        place = st.text_input(_("File or folder"))
        votes = st.text_input(_("For FER-2013: the file with ten people’s votes (fer2013new.csv), if you have it"))
        words = st.text_area(
            _("If you were asked about a word for an emotion: what it means, a line each, for example contempt=disgust")
        ).splitlines()
        if not st.form_submit_button(_("Bring in"), type="primary"):
            return
    if not place.strip():
        st.warning(_("Please give the place of a file or folder first."))
        return
    bar = st.progress(0.0, text=_("This takes about a minute. Please leave the page open."))

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=_("{done} of {total} pictures").format(done=done, total=total))

    answers = [line for line in words if line.strip()]
    with flash_refusals():
        if kind == "fer2013":
            beside = Path(votes) if votes else None
            stimulus_sets.import_fer2013(store(), app.token, Path(place), beside, rater(), tell, answers)
        else:
            stimulus_sets.import_folder(store(), app.token, Path(place), rater(), tell, answers)
        st.success(_("The faces are here. Choose them in a patient’s plan."))
    bar.empty()
    show_flash()


st.title(_("Faces"))
show_sets()
if app.administrator:
    st.header(_("Bring in more faces"))
    st.subheader(_("A zip from this device"))
    show_own_set()
    st.subheader(_("Something on the server’s machine"))
    bring_in()
