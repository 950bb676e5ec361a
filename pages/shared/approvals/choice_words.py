"""What is asked of an export or an un-blinding, in words."""

from core.tasks import tasks
from core.translations import say
from pages.shared.words import _, language

_UNLIMITED = {"any or none", "any", "the beginning", "now", "all", "who agreed to research"}
"""What `core.services.research.choice.choice_in_words` says where nothing was chosen; "now" and "the beginning" stand
in old entries of the audit log."""


def choice_in_words(choice: dict[str, str]) -> str:
    """Whose answers, and by what they are limited."""
    names = {
        "study": _("study"),
        "from": _("from"),
        "to": _("to"),
        "first day": _("from the person’s day"),
        "last day": _("to the person’s day"),
        "series": _("series"),
        "tasks": _("exercises"),
        "sets": _("sets of faces"),
        "people": _("people"),
    }
    known = {name: say(language(), task.title) for name, task in tasks().items()}
    limits = {what: value for what, value in choice.items() if value not in _UNLIMITED}
    if set(limits.get("tasks", "").split(", ")) == set(known):
        del limits["tasks"]
    said = {what: ", ".join(known.get(one, one) for one in value.split(", ")) for what, value in limits.items()}
    whose = _("all people who agreed to research")
    return "; ".join([whose, *(f"{names.get(what, what)}: {value}" for what, value in said.items())])
