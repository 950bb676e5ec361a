"""Menu of every page: links in a row, or on a phone a bar with words and the rest behind one button."""

from pathlib import Path

from core.domain.people import Person
from core.translations import say
from pages.shared.component import ELEMENTS, as_data, component, source
from pages.shared.frame import audience_of
from pages.shared.frame.entries import PageEntry
from pages.shared.words import _, language

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_menu",
    html='<nav class="menu"></nav>',
    css=source(_HERE / "menu.css"),
    js=source(ELEMENTS, _HERE / "menu.js"),
)


def show_menu(entries: list[PageEntry], person: Person, here: str) -> None:
    """The listed ones of a person's pages; `here`: the address of the one that is shown, empty at home."""
    audience = audience_of(person)
    links = [
        {
            "path": entry.path,
            "address": "" if entry is entries[0] else entry.path,
            "title": _(entry.title),
            "short": say(language(), entry.on_bar) if entry.on_bar else "",
        }
        for entry in entries
        if entry.in_menu_of(audience)
    ]
    data = {"links": links, "here": here, "menu": _("Menu"), "name": _("Pages")}
    _component(key="menu", data=as_data(data), on_go_change=lambda: None)
