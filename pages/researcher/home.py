"""Overview for a researcher: what there is of people who agreed, and which faces people see here."""

import streamlit as st

from core.services.faces import stimulus_sets
from core.services.research import studies
from core.services.research.overview import overview
from pages.researcher.parts.overview_view import show_overview
from pages.shared.format import number, plain
from pages.shared.resources import store
from pages.shared.set_names import set_title, title_in_text
from pages.shared.state import state
from pages.shared.words import _, ngettext

app = state()
known = {one.id: one.name for one in studies.studies(store(), app.token)}
sets = stimulus_sets.list_sets(store(), app.token)
titles = {one.name: set_title(one.title) for one in reversed(sets)}
st.title(_("Overview"))
whom, what = st.columns(2)
study = whom.selectbox(
    _("Whose answers"),
    [None, *known],
    format_func=lambda id_: known[id_] if id_ else _("Everybody who agreed to research"),
)
set_name = what.selectbox(
    _("Faces"), [None, *titles], format_func=lambda name: titles[name] if name else _("All sets of faces")
)
with st.spinner(_("Counting…"), show_time=False):
    figures = overview(store(), app.token, study, set_name)
show_overview(figures)

st.header(_("Sets of faces"))
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
            _("Faces"): title_in_text(one.title),
            _("Version"): plain(one.version),
            _("How many"): number(one.faces),
        }
        for one in sets
    ]
)
st.page_link("pages/staff/faces.py", label=_("More about the faces: source, licence, notes"))
