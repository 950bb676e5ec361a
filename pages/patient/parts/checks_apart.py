"""Checks that are compared with none: why the number of today's did not go on."""

from pages.shared.quiet import quiet
from pages.shared.words import ngettext


def show_apart(checks: int) -> None:
    """`checks`: so many of the part that goes on were made in another language or on another kind of device."""
    if checks:
        quiet(
            ngettext(
                "One look in another language or on another kind of device is kept, and is not compared with these.",
                "{checks} looks in another language or on another kind of device are kept, and are not compared with "
                "these.",
                checks,
            ).format(checks=checks)
        )
