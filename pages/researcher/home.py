"""Overview for a researcher: which faces people see here, in which versions."""

import streamlit as st

from core.services import faces
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _, ngettext

sets = faces.list_sets(store(), state().token)
st.title(_("Overview"))
st.markdown(
    ngettext(
        "There is one set of faces on this server. Every answer is kept with the version of the set it was given to.",
        "There are {number} sets of faces on this server. Every answer is kept with the version of the set it was "
        "given to.",
        len(sets),
    ).format(number=len(sets))
)
st.table(
    [
        {
            _("Faces"): one.title,
            _("Version"): one.version,
            _("How many"): f"{one.faces:,}",
            _("Serves"): _("practice and checks") if one.measures else _("practice"),
            _("Votes of people"): _("yes") if one.has_votes else _("no"),
        }
        for one in sets
    ]
)
st.page_link("pages/clinician/faces.py", label=_("More about the faces: source, licence, notes"))
