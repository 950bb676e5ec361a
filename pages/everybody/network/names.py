"""Names of networks in the language of the tab: ours, or the paper and which of its networks."""

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from pages.shared.words import _

TINY = "PrivateTest at 14×19 pixels"


def short_name(card: Card) -> str:
    """The paper and which of its networks; of ours, what it is."""
    if not card.paper:
        return _made_of(card)
    _paper, several, which = card.key.rpartition("_")
    return f"{card.paper}, {_SPELT.get(which, which)}" if several else card.paper


def name(card: Card) -> str:
    """The short name, and of a paper's network what it is made of."""
    return f"{short_name(card)}: {_made_of(card)}" if card.paper else short_name(card)


def photographs(split: str) -> str:
    """A card's name of a set of photographs; FER-2013's own names of its parts stay as they are."""
    names = {
        "a random tenth": _("a random tenth"),
        "PrivateTest without images of Training": _("PrivateTest without images of Training"),
        TINY: _("PrivateTest at 14×19 pixels"),
    }
    return names.get(split, split)


def measured_on(card: Card) -> str:
    """The photographs that its share is of, and of how many emotions where they are not all seven."""
    return ", ".join(filter(None, [photographs(card.split), fewer_emotions(card)]))


def fewer_emotions(card: Card) -> str:
    """How many emotions it tells apart; empty where they are all seven."""
    classes = len(card.setup.classes)
    return "" if classes == len(Emotion) else _("{count} emotions").format(count=classes)


_SPELT = {"alexnet": "AlexNet", "lenet": "LeNet", "manuelnet": "ManuelNet"}


def _made_of(card: Card) -> str:
    names = {
        "compact": _("Ours"),
        "quick": _("Ours, smaller still"),
        "compact_plain": _("Ours, without computer-made faces"),
        "compact_balanced": _("Ours, each emotion learnt equally often"),
        "compact_aligned": _("Ours, faces turned until the eyes are level"),
        "compact_transfer": _("Ours, begun with what an earlier one had learnt"),
        "trejo2022_1": _("one convolution, linear dense layers"),
        "trejo2022_2": _("three convolutions"),
        "surya2023": _("three blocks of two convolutions"),
        "jaramillo2023_1": _("three normalised convolutions"),
        "jaramillo2023_2": _("four convolutions, one pooling, dense layer of 256"),
        "jaramillo2023_3": _("as 2, dense layer of 512, dropout 0.25"),
        "jaramillo2023_4": _("as 3, learnt from altered copies of the faces"),
        "jaramillo2023_5": _("as 3, with L2; the authors’ choice"),
        "jaramillo2023_6": _("as 5, with RMSprop"),
        "neamtiu2023": _("four convolutions, dense layer of 1024"),
        "sharmila2023_alexnet": _("AlexNet’s layout, four emotions, in colour"),
        "sharmila2023_lenet": _("LeNet-5’s layout, four emotions, in colour"),
        "sharmila2023_manuelnet": _("the authors’ own, four emotions, in colour"),
    }
    return names.get(card.key, card.title)
