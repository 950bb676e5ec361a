"""Reads the card beside a network's file."""

from pathlib import Path

from core.domain.card import Card


def read_card(folder: Path) -> Card:
    """The card of the network in `folder`; raises ValueError naming the file and what is wrong with it."""
    path = folder / "card.json"
    try:
        return Card.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} cannot be used ({error}): restore the network's folder or export it again") from error
