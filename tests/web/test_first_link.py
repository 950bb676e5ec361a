"""The link to the first account opens by itself at a desktop only, and no other program's list shows it."""

import sys
import webbrowser
from pathlib import Path

import pytest

from core.config import settings
from core.web import first_link

LINK = "http://localhost:8501/set-up?secret=abc"


@pytest.fixture(autouse=True)
def _desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A terminal of a desktop under Linux."""
    for name in ("CI", "SSH_CONNECTION", "container", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(Path, "exists", lambda self: False)
    monkeypatch.setattr(first_link, "_UNTIL_IT_LISTENS", 0.0)
    settings.cache_clear()


def test_at_a_desktop_the_browser_gets_a_file_of_its_owner_that_leads_to_the_link(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(first_link, "at_desktop", lambda: True)
    first_link.print_link(LINK)
    while not opened:
        pass
    page = tmp_path / "first-account.html"
    assert LINK in capsys.readouterr().out
    assert opened == [page.as_uri()]
    assert LINK in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o777 == 0o600


def test_a_terminal_of_a_desktop_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_link.at_desktop()
    monkeypatch.delenv("DISPLAY")
    assert not first_link.at_desktop()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert first_link.at_desktop()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert first_link.at_desktop()


@pytest.mark.parametrize("name", ["CI", "SSH_CONNECTION", "container"])
def test_elsewhere_nothing_opens(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert not first_link.at_desktop()


def test_in_a_container_or_without_a_terminal_nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda self: str(self) == "/.dockerenv")
    assert not first_link.at_desktop()
    monkeypatch.setattr(Path, "exists", lambda self: False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not first_link.at_desktop()
