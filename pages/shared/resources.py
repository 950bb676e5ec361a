"""Resources made once per server and shared by all its pages."""

from core.domain.network.rating import Rater
from core.web.looking import rater_in_charge
from core.web.server import store

__all__ = ["rater", "store"]


def rater() -> Rater:
    """The network that shall compare; loaded when first needed, which few pages do."""
    return rater_in_charge(store())
