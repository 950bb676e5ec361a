"""Names of sets of faces: our own in the person's language, any other as it came."""

from core.translations import say
from pages.shared.format import plain
from pages.shared.words import _, language

BUILTIN = "Computer-made faces"  # as core.stimuli.builtin writes it into the database
FER2013 = "FER-2013 photographs"  # as core.stimuli.fer2013.curate does


def set_title(title: str) -> str:
    """The title as it is shown where nothing in it is read as a sign."""
    return _ours().get(title, title)


def title_in_text(title: str) -> str:
    """The title for a text that is read as Markdown."""
    return _ours().get(title) or plain(title)


def about_in_text(text: str) -> str:
    """A source or a licence for such a text: in this tab's language where a reader of sets wrote it, for what people
    wrote is in no catalogue."""
    return plain(say(language(), text)) if text else ""


def _ours() -> dict[str, str]:
    return {BUILTIN: _("Computer-made faces"), FER2013: _("FER-2013 photographs")}
