"""The cards of all networks and how people read the same faces, read once; the one whose network compares now."""

from functools import cache

from core.domain.network.card import Card
from core.domain.network.crowd import People
from core.domain.network.rating import NetworkId
from core.services.faces import networks
from core.vision.card import read_cards, read_people
from core.vision.shipped import can_compare
from pages.shared.resources import store


@cache
def cards() -> dict[str, Card]:
    """Every card by key, ours first; raises ValueError naming the file that cannot be read."""
    return read_cards()


@cache
def people() -> People:
    """How people read FER-2013; raises ValueError naming the file that cannot be read."""
    return read_people()


@cache
def to_choose_from() -> dict[str, Card]:
    """The cards of the networks that can compare, the usual one first."""
    return can_compare(cards())


def shipped() -> list[NetworkId]:
    return [card.network for card in to_choose_from().values()]


def in_use() -> Card:
    """The card of the network that compares now; of the usual one while none does, or it came with another version."""
    active = networks.active(store())
    able = to_choose_from()
    return next((card for card in able.values() if active and card.sha256 == active.hash), next(iter(able.values())))
