"""Every setting is documented, with the default that it has."""

import os

import pytest

from core.config import ROOT, Settings, settings
from tests.docs.reading import rows

DOCUMENTED = {cells[0]: cells[1] for cells in rows(ROOT / "docs/servers.md", "variable")}


class RecordedEnvironment(dict[str, str]):
    """An environment that remembers what was asked of it."""

    def __init__(self, **values: str) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> tuple[Settings, set[str]]:
    """The settings in an environment of `values` alone, and the names that were read."""
    environment = RecordedEnvironment(**values)
    monkeypatch.setattr(os, "environ", environment)
    return settings.__wrapped__(), environment.asked


def test_the_documented_settings_are_those_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    _, asked = read(monkeypatch)
    assert set(DOCUMENTED) == asked


@pytest.mark.parametrize(
    ("name", "default"), [(name, default) for name, default in DOCUMENTED.items() if " " not in default]
)
def test_a_documented_default_changes_nothing(monkeypatch: pytest.MonkeyPatch, name: str, default: str) -> None:
    monkeypatch.chdir(ROOT)
    if default != "none":
        assert read(monkeypatch, **{name: default})[0] == read(monkeypatch)[0]
    else:
        assert read(monkeypatch, **{name: "something"})[0] != read(monkeypatch)[0]
