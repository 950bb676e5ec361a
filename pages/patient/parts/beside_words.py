"""What is said of a run of a task that the plan does not ask for."""

from core.services.exercise.beside import TaskScore
from core.tasks.task import Task
from core.translations import say
from pages.shared.words import _, language


def title_of(task: Task) -> str:
    """What it is called."""
    return say(language(), task.title)


def score_in_a_sentence(score: TaskScore) -> str:
    """What came of it."""
    if score.shown == 0:
        return _("Everything you answered is kept.")
    return say(language(), score.task.words["result"]).format(right=score.right, shown=score.shown)
