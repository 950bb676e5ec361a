"""A made-up questionnaire with made-up items: the Invented Scale of four items, two subscales, answers from 1 to 5."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.config import settings
from core.domain.patient.questionnaires import Questionnaire, from_json
from core.services.clinic import filling_in, items_files, questionnaires

PUBLISHED: dict[str, Any] = {
    "name": "INV",
    "title": {"en": "Invented Scale", "es": "Escala inventada"},
    "rater": "self",
    "items": 4,
    "range": [4, 20],
    "better": "lower",
    "bands": [],
    "retest": None,
    "note": {"en": "Made up for tests.", "es": "Inventada para pruebas."},
    "source": "Nobody, never",
}
ITEMS: dict[str, Any] = {
    "licence": "Made up, for everybody",
    "instruction": {"en": "How often is that so?", "es": "¿Con qué frecuencia ocurre?"},
    "answers": [
        {"value": value, "label": {"en": english, "es": spanish}}
        for value, english, spanish in (
            (1, "never", "nunca"),
            (2, "seldom", "rara vez"),
            (3, "at times", "a veces"),
            (4, "often", "a menudo"),
            (5, "always", "siempre"),
        )
    ],
    "subscales": {"SEA": {"en": "the sea", "es": "el mar"}, "SKY": {"en": "the sky", "es": "el cielo"}},
    "most_left_out": 1,
    "items": [
        {"text": {"en": "I count the waves.", "es": "Cuento las olas."}, "subscale": "SEA"},
        {"text": {"en": "I forget the tide.", "es": "Olvido la marea."}, "subscale": "SEA", "reversed": True},
        {"text": {"en": "I greet the clouds.", "es": "Saludo a las nubes."}, "subscale": "SKY"},
        {"text": {"en": "I look down.", "es": "Miro al suelo."}, "subscale": "SKY", "reversed": True},
    ],
}


def published(**other: Any) -> Questionnaire:
    """What would be published of it."""
    return from_json("inv", PUBLISHED | other)


def write_items(folder: Path, key: str = "inv", **other: Any) -> None:
    """The file of its items, with some of its fields otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}.json").write_text(json.dumps(ITEMS | other), encoding="utf-8")


@contextmanager
def licensed(folder: Path) -> Iterator[Path]:
    """This process knows the Invented Scale, and looks for items in `folder`."""
    here = replace(settings(), questionnaire_items=folder)
    shipped = questionnaires.known()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(items_files, "settings", lambda: here)
        for module in (filling_in, items_files, questionnaires):
            patch.setattr(module, "known", lambda: {**shipped, "inv": published()})
        write_items(folder)
        yield folder
