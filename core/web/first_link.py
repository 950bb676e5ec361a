"""The link to the first account: printed where the server was started, and opened there where there is a desktop.

The browser is handed a file that leads to the link, not the link: what programs are started with, all on a machine
can read.
"""

import html
import os
import sys
import webbrowser
from functools import partial
from pathlib import Path
from threading import Timer

from core.config import settings

_UNTIL_IT_LISTENS = 2.0
_KEPT = 60.0
"""Seconds that the file is there; a browser that takes longer is led by what was printed."""


def print_link(link: str) -> None:
    """Say where the first account is made, and open it in a browser at a desktop."""
    print(f"Nobody has an account yet. Make the first one at\n{link}")
    if at_desktop():
        page = _leading_to(link)
        opening, forgetting = partial(webbrowser.open, page.as_uri()), partial(page.unlink, missing_ok=True)
        for seconds, act in ((_UNTIL_IT_LISTENS, opening), (_KEPT, forgetting)):
            timer = Timer(seconds, act)
            timer.daemon = True
            timer.start()


def at_desktop() -> bool:
    """Whether somebody sits at a terminal of a desktop here: not in a container, not in CI, not over SSH."""
    if not sys.stdout.isatty() or os.environ.keys() & {"CI", "SSH_CONNECTION", "container"}:
        return False
    if any(Path(sign).exists() for sign in ("/.dockerenv", "/run/.containerenv")):
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _leading_to(link: str) -> Path:
    """A page that only its owner can read; one that a server left that was killed is replaced."""
    page = settings().local / "first-account.html"
    page.unlink(missing_ok=True)
    with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f'<!doctype html><meta http-equiv="refresh" content="0; url={html.escape(link)}">\n')
    return page
