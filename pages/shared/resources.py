"""What is made once per server and shared by all its pages."""

from core.domain.rating import Rater
from core.web.server import store

__all__ = ["rater", "store"]


def rater() -> Rater:
    """The shipped network; loaded when first needed, which few pages do."""
    from core.vision.rater import load_default

    return load_default()
