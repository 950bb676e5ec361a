"""The line that says that all is invented, on every page of a demonstration."""

from core.services.accounts.demonstration import invented
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.words import _


def show_banner() -> None:
    """On every page of a demonstration, and nowhere else."""
    if invented(store()):
        quiet(_("This is a demonstration. Every person and every answer in it is invented."))
