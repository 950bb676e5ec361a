"""The Chromium that browser tests drive: an installed one, else apt's, else Playwright's own.

`python -m tests.browser` prints where it is, and installs one first if there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SHELL = "chromium-headless-shell"
"""The same Chromium without windows, Debian's: it takes half the processor time, and finds no camera."""
FIREFOX = ("firefox-esr", "firefox")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
REMEDY = "no Chromium found: install one (Debian, Ubuntu: apt install chromium) or run: playwright install chromium"
# In a process of its own: a test may already be inside Playwright, which cannot be started twice.
OWN = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"


def find_browser(*, camera: bool = True) -> str:
    """The path of a Chromium that starts; raises RuntimeError with the remedy if there is none."""
    for name in NAMES if camera else (SHELL, *NAMES):
        path = shutil.which(name)
        if path and _starts(path):
            return path
    own = subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True, check=True).stdout.strip()
    if os.access(own, os.X_OK) and _starts(own):
        return own
    raise RuntimeError(REMEDY)


def _starts(path: str) -> bool:
    # Ubuntu ships a `chromium-browser` that only says where to get the real one.
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """A running headless Chromium, started with `arguments` too."""
    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *arguments])
        yield browser
        browser.close()


def install() -> None:
    """Try apt where that is possible, then Playwright's own download."""
    _by_apt("chromium", SHELL)  # Ubuntu has not got the shell
    try:
        find_browser()
    except RuntimeError:
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)


def find_firefox() -> str:
    """The path of a Firefox; raises RuntimeError with the remedy if there is none."""
    found = next((path for name in FIREFOX if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("no Firefox found: install one (Debian: apt install firefox-esr)")
    return found


def _by_apt(*packages: str) -> None:
    """Where that is possible."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "--quiet"], check=False)
        for package in packages:
            subprocess.run(["apt-get", "install", "--yes", "--quiet", package], check=False)


def main() -> None:
    try:
        found = find_browser()
    except RuntimeError:
        install()
        found = find_browser()
    print(found)
    if os.environ.get("CI") and not any(map(shutil.which, FIREFOX)):  # its tests are slow ones
        _by_apt("firefox-esr")


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(str(error))
