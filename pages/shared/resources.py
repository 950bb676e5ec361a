"""What is made once per server and shared by all its pages."""

from core.vision.rater import load_default as rater
from core.web.server import store

__all__ = ["rater", "store"]
