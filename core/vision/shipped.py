"""The networks that ship with this version, and which one compares where nobody chose. Light to import."""

from collections.abc import Mapping
from pathlib import Path

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.vision.card import NETWORKS, read_cards

DEFAULT = NETWORKS / "compact"
_SEVEN = tuple(emotion.word for emotion in Emotion)


def can_compare(cards: Mapping[str, Card], folder: Path = NETWORKS) -> dict[str, Card]:
    """Of `cards` by key those whose network is in `folder` and answers with the seven emotions, DEFAULT's first.

    Studies of what the papers left for later stay out: one of them reads faces that nobody aligns for it here.
    """
    able = {
        key: card
        for key, card in cards.items()
        if card.kind != "future" and card.main.names == _SEVEN and (folder / key / "network.tflite").exists()
    }
    return dict(sorted(able.items(), key=lambda item: item[0] != DEFAULT.name))


def to_choose_from(folder: Path = NETWORKS) -> dict[str, Card]:
    """The networks in `folder` that can compare, by key; raises ValueError naming a card that cannot be read."""
    return can_compare(read_cards(folder), folder)
