"""Recognition as a task: which answers there are to a face, and which none."""

from dataclasses import replace

import pytest

from core.domain.exercise.events import Given, NotUnderstood
from core.domain.exercise.trials import Response
from core.tasks.recognition.task import answer_of
from tests.support import answered, says

GIVEN = answered(1, says(Response.NOT_SURE)).given


@pytest.mark.parametrize(
    ("given", "field"),
    [
        *((replace(GIVEN, response=response), "response") for response in ("joy", "left", "nobody", "_")),
        *((replace(GIVEN, best_guess=guess), "best_guess") for guess in ("not_sure", "cannot_see", "joy")),
        (replace(GIVEN, response="fear", best_guess="fear"), "best_guess"),
        (replace(GIVEN, more={"chosen": "left"}), "more"),
    ],
)
def test_what_is_no_answer_to_a_face_is_refused_by_its_name(given: Given, field: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        answer_of(given)
    assert refusal.value.values["what"] == field
