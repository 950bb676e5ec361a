"""The face on the welcome screen: one built-in person from neutral to a smile, decoration without words."""

from functools import cache
from pathlib import Path

from core.stimuli.builtin import FOLDER
from pages.shared.component import as_data, component, source
from pages.shared.pictures import data_url

FILES = ("neutral_000", "happy_020", "happy_040", "happy_060", "happy_080", "happy_100")
IDENTITY = "310"  # of the role "practice": nobody meets this face in a check

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_welcome_face",
    html='<div class="frame"></div>',
    css=source(_HERE / "welcome_face.css"),
    js=source(_HERE / "welcome_face.js"),
)


@cache
def _pictures() -> list[str]:
    return [data_url((FOLDER / IDENTITY / f"{file}.webp").read_bytes()) for file in FILES]


def show_welcome_face() -> None:
    """Show it. It moves once, for five seconds, and not at all where a person wants less motion."""
    _component(key="welcome_face", data=as_data({"pictures": _pictures()}))
