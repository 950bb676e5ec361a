"""Reading as a task: a short page about alexithymia. A page of its own shows it; what is kept is that it was read."""

from core.domain.exercise.events import Given, not_understood
from core.domain.exercise.items import PlannedItem, RunItem
from core.domain.language import SOURCE
from core.domain.people import Refusal
from core.tasks.reading.pages import page_names, reading_page
from core.tasks.task import Drawing, Drawn, Task
from core.translations import N_

READING = "reading"
READ = "read"
OWN_WORDS = "own_words"
"""The page that is made of a person's own check-ins."""


class ReadingTask(Task):
    """One page to a run."""

    name = READING
    title = N_("What is alexithymia?")
    about = "The person reads a short page about alexithymia. Nothing is asked of it."
    instructions = "Read this page."
    kinds = {  # noqa: RUF012  (a class of constants)
        **{name: f"reading: {reading_page(name, SOURCE).title.lower()}" for name in page_names()},
        OWN_WORDS: "reading: the summary of one's own check-ins",
    }
    responses = {READ: "went on after reading"}  # noqa: RUF012

    def draw(self, drawing: Drawing) -> Drawn:
        kind = drawing.kind or page_names()[0]
        if kind not in self.kinds:
            raise Refusal("There is no such page to read.")
        return Drawn(kind, [PlannedItem()], 1, {})

    def answer(self, kind: str, item: RunItem, given: Given) -> dict[str, object]:
        """Neither right nor not."""
        if given.response != READ:
            raise not_understood("response", given.response)
        return {"response": READ}


TASK = ReadingTask()
