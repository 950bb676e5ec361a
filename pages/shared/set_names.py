"""Names of sets of faces: the built-in one in the person's language, any other as it came."""

from pages.shared.words import _

BUILTIN = "Computer-made faces"  # as core.stimuli.builtin writes it into the database


def set_title(title: str) -> str:
    """The title as it is shown."""
    return _("Computer-made faces") if title == BUILTIN else title
