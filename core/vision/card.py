"""Reader of network cards, and of how people read the same faces."""

from pathlib import Path

from core.config import DATA
from core.domain.network.card import KINDS, Card
from core.domain.network.crowd import People

NETWORKS = DATA / "networks"
PEOPLE = NETWORKS / "people.json"


def read_card(folder: Path) -> Card:
    """The card of the network in `folder`; raises ValueError naming the file and what is wrong with it."""
    path = folder / "card.json"
    try:
        return Card.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} cannot be used ({error}): restore the network's folder or export it again") from error


def read_cards(folder: Path = NETWORKS) -> dict[str, Card]:
    """Every card below `folder` by its key: ours, then the papers' by year, then future work; ValueError as above."""
    cards = [read_card(path.parent) for path in folder.glob("*/card.json")]
    ordered = sorted(cards, key=lambda card: (KINDS.index(card.kind), card.paper[-4:], card.key))
    return {card.key: card for card in ordered}


def read_people(path: Path = PEOPLE) -> People:
    """How people read the faces of FER-2013; raises ValueError naming the file and what is wrong with it."""
    try:
        return People.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} cannot be used ({error}): restore it or run python -m core people again") from error
