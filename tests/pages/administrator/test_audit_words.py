"""What the audit log adds to an entry, in words."""

from core.domain.exercise.selection import Selection
from core.services.research.choice import choice_in_words
from core.storage.database import Store
from core.storage.tables import EXPRESSION, RECOGNITION
from core.tasks import tasks
from pages.administrator.parts.audit_words import facts_in_words


def said_of(store: Store, selection: Selection) -> str:
    with store.begin() as db:
        return facts_in_words({"people": 3, "choice": choice_in_words(db, selection)}).replace("\\", "")


def test_what_was_asked_of_an_export_is_said_in_the_words_of_the_page(store: Store) -> None:
    """The log keeps English words for good; each of them goes through the translations."""
    everything = "people: 3; choice: all people who agreed to research"
    assert said_of(store, Selection()) == said_of(store, Selection(tasks=tuple(tasks()))) == everything
    limited = Selection(first_day=2, last_day=30, tasks=(RECOGNITION, EXPRESSION), sets=("builtin",), series="second")
    assert said_of(store, limited) == (
        f"{everything}; from the person’s day: 2; to the person’s day: 30; "
        "exercises: Recognising faces, Showing emotions; sets of faces: builtin; series: second"
    )


def test_an_old_entry_is_said_so_too() -> None:
    old = {"study": "Brief or clear", "from": "the beginning", "to": "2026-01-02", "tasks": "recognition"}
    assert facts_in_words({"choice": old}).replace("\\", "") == (
        "choice: all people who agreed to research; study: Brief or clear; to: 2026-01-02; exercises: Recognising faces"
    )
