"""Background rating thread: the network that shall compare rates all faces, beside the people who use the server."""

import logging
from threading import Thread

from core.domain.network.rating import Rater
from core.services.faces import networks
from core.services.faces.stimulus_sets import update_faces
from core.storage.database import Store
from core.web import metrics

_log = logging.getLogger(__name__)


def rater_in_charge(store: Store) -> Rater:
    """The network that shall compare, at work; raises ValueError when its files are not as shipped."""
    from core.vision.rater import load_shipped  # 50 MB that no page needs
    from core.vision.shipped import to_choose_from

    cards = to_choose_from()
    wanted = networks.wanted(store, [card.network for card in cards.values()])
    return load_shipped(wanted.name)


def look_at_faces(store: Store) -> None:
    """Let it answer to every face it has not seen. What goes wrong is logged: it goes on at the next start."""
    try:
        with metrics.job("look at faces"):
            update_faces(store, rater_in_charge(store))
    except Exception:
        _log.exception("the network could not look at all faces; it goes on at the next start")


def look_beside(store: Store) -> None:
    """The same in a thread that ends with the server."""
    Thread(target=look_at_faces, args=[store], name="network-looks", daemon=True).start()
