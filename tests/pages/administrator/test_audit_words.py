"""What the audit log adds to an entry, in words."""

from core.domain.exercise.selection import Selection
from core.services.research.export import _in_words
from core.storage.tables import EXPRESSION, RECOGNITION
from pages.administrator.parts.audit_words import facts_in_words


def test_what_was_asked_of_an_export_is_said_in_the_words_of_the_page() -> None:
    """The log keeps English words for good; each of them goes through the translations."""
    choice = _in_words(Selection(tasks=(RECOGNITION, EXPRESSION)), None)
    assert facts_in_words({"people": 3, "choice": choice}).replace("\\", "") == (
        "people: 3; choice: study any or none, from the person’s day any, to the person’s day any, "
        "exercises Recognising faces, Showing emotions, sets of faces all, people who agreed to research"
    )
