"""Body and grid of many check-ins as two calm pictures, each with a table behind it."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from core.domain.feelings.check_in import CheckIn, Zone
from core.domain.feelings.diary import body_counts, grid_counts
from core.domain.feelings.words import CELLS
from pages.shared.component import ELEMENTS, THEME, as_data, component, source
from pages.shared.feelings.words import energy_names, pleasant_names, zone_name
from pages.shared.palette import css_variables
from pages.shared.words import _

_HERE = Path(__file__).parent
OUTLINE = _HERE / "outline.js"
"""Draws the body."""
_component = component(
    "lexithymia_feelings_maps",
    html='<div class="maps themed"></div>',
    css=css_variables() + source(_HERE / "maps.css"),
    js=source(ELEMENTS, THEME, OUTLINE, _HERE / "maps.js"),
)


def show_maps(entries: Sequence[CheckIn], key: str) -> None:
    """Of at least one check-in. `key`: unlike that of other maps on the page."""
    body, grid = body_counts(entries), grid_counts(entries)
    pleasant, energy = pleasant_names(), energy_names()
    cells = [[grid.get((p, e), 0) for p in CELLS] for e in reversed(CELLS)]
    data = {
        "body": dict(body),
        "names": {zone: zone_name(zone) for zone in Zone},
        "cells": cells,
        "words": {
            "body": _("Where in the body"),
            "grid": _("Pleasant and energy"),
            "top": energy[-1],
            "bottom": energy[0],
            "left": pleasant[0],
            "right": pleasant[-1],
        },
    }
    _component(key=key, data=as_data(data))
    with st.expander(_("The two pictures as tables")):
        st.table(
            {_("Where in the body"): [zone_name(z) for z in body], _("Check-ins"): [str(n) for n in body.values()]}
        )
        columns = {pleasant[p + 2]: [str(row[p + 2]) for row in cells] for p in CELLS}
        st.table({_("Pleasant and energy"): [energy[e + 2] for e in reversed(CELLS)], **columns})
