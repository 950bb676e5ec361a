"""Files of questionnaires' items, where this installation holds a licence: in a folder of its own, never shipped."""

import hashlib
import json

from core.config import settings
from core.domain.patient.questionnaire_items import ItemsNotUnderstood, QuestionnaireItems, read_items
from core.domain.people import Refusal
from core.services.clinic.questionnaires import known


def available() -> tuple[dict[str, QuestionnaireItems], list[ItemsNotUnderstood]]:
    """The questionnaires that can be filled in here, by key, and what is the matter with the other files."""
    usable, wrong = {}, []
    for path in sorted(settings().questionnaire_items.glob("*.json")):
        try:
            usable[path.stem] = items_of(path.stem)
        except ItemsNotUnderstood as refusal:
            wrong.append(refusal)
    return usable, wrong


def items_of(key: str, digest: str | None = None) -> QuestionnaireItems:
    """The items of a questionnaire, as they are in the file now. `digest`: of the file that they must still be in.

    Raises Refusal where there is none, or another one; ItemsNotUnderstood where it cannot be used.
    """
    path = settings().questionnaire_items / f"{key}.json"
    questionnaire = known().get(key)
    if path.name != f"{key}.json" or not path.is_file():
        raise Refusal(
            "The items of this questionnaire are not here. Your answers are kept. Please tell your clinician."
        )
    if questionnaire is None:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: no questionnaire is called that; expected one of {known}. Please "
            "rename the file, or add what is published of it.",
            file=path.name,
            known=", ".join(known()),
        )
    content = path.read_bytes()
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: it is no JSON ({error}). Please correct the file.",
            file=path.name,
            error=str(error)[:120],
        ) from error
    items = read_items(questionnaire, said, hashlib.sha256(content).hexdigest())
    if questionnaire.rater != "self":
        raise ItemsNotUnderstood(
            "The items in {file} cannot be used: {name} is filled in by others, not by patients. Please take the file "
            "away.",
            file=path.name,
            name=questionnaire.name,
        )
    if digest not in (None, items.digest):
        raise Refusal(
            "The items of this questionnaire were changed meanwhile. Your answers are kept. Please tell your clinician."
        )
    return items
