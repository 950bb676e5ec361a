"""Names of sets of faces: the built-in one in the person's language, any other as it came."""

from pages.shared.format import plain
from pages.shared.words import _

BUILTIN = "Computer-made faces"  # as core.stimuli.builtin writes it into the database


def set_title(title: str) -> str:
    """The title as it is shown where nothing in it is read as a sign."""
    return _("Computer-made faces") if title == BUILTIN else title


def title_in_text(title: str) -> str:
    """The title for a text that is read as Markdown."""
    return set_title(title) if title == BUILTIN else plain(title)
